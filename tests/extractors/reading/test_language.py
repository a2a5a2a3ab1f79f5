"""Language is judged by letters: neighbours that share the script are told apart."""

import pytest

from extractors.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("هطلت أمطار غزيرة على المدينة الساحلية وأغلقت الطرق المؤدية إليها", "ar"),
        (
            "وصل اللاعب پاتريك إلى المدينة مع فريقه للمشاركة في البطولة التي تبدأ مساء غد الجمعة في ملعب المدينة الكبير",
            "ar",
        ),
        ("باران شدید در شهر ساحلی باعث بسته شدن جاده‌ها شد و مدارس تعطیل گردید", "fa"),
        ("شہر میں شدید بارش کے باعث سڑکیں بند ہو گئیں اور اسکولوں میں چھٹی دے دی گئی", "ur"),
        ("بارانێکی زۆر لە شارەکە باری و ڕێگاکان داخران و قوتابخانەکان پشوو دران", "ku"),
        ("גשם כבד ירד בעיר החוף וכבישים רבים נחסמו לתנועה", "he"),
        ("Heavy rain closed the coastal road this morning", None),
        ("مطر", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    """Arabic is told from Persian, Urdu and Kurdish, a foreign name does not turn it, and few letters say nothing."""
    assert language_of(text) == language

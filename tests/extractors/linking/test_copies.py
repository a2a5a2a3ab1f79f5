"""Printings of one text: what still is one, and what is another text in the same phrases."""

import pytest

from extractors.linking.copies import bands, bands_around, likeness, signature, telling

WIRE = (
    "أعلنت مديرية الدفاع المدني في محافظة البقاع أن فرقها أخمدت صباح اليوم حريقا واسعا اندلع في مستودع للمواد البلاستيكية "
    "عند مدخل بلدة شتورة، وأن أربعة عمال نقلوا إلى مستشفى قريب بعد إصابتهم بضيق في التنفس. وقال رئيس المركز إن النيران امتدت "
    "إلى ورشة مجاورة قبل أن تتمكن ثماني سيارات إطفاء من محاصرتها، وإن خبراء الأدلة الجنائية بدؤوا الكشف على الموقع لتحديد "
    "سبب الحريق. وأضاف أن الطريق الدولية أقفلت نحو ساعتين ثم أعيد فتحها أمام السيارات."
)
OTHER = (
    WIRE.replace("البقاع", "عكار")
    .replace("شتورة", "القبيات")
    .replace("البلاستيكية", "الكيماوية")
    .replace("أربعة", "ستة")
    .replace("مستودع", "معمل")
    .replace("بضيق في التنفس", "بحروق متفاوتة")
    .replace("ثماني", "خمس")
)
DAY = 739_000


def found(one: str, other: str, apart: int = 0) -> bool:
    marks = set(bands(signature(telling(one)), DAY))
    return bool(marks & set(bands_around(signature(telling(other)), DAY + apart)))


@pytest.mark.parametrize(
    "printed",
    [
        WIRE,
        WIRE.replace("صباح اليوم", "فجر اليوم"),
        "بيروت - خاص: " + WIRE,
        WIRE.replace("أعلنت", "أعلـنت").replace("مستشفى", "مستشفي"),
        WIRE[: WIRE.index("وأضاف")],
        WIRE.split(" وأضاف", maxsplit=1)[0].split("، وإن خبراء", maxsplit=1)[0],
        WIRE + " ولم تسجل أضرار في المنازل القريبة من المستودع.",
    ],
    ids=["same", "one word", "dateline", "spelling", "cut", "cut short", "a sentence more"],
)
def test_printings_of_one_text(printed: str) -> None:
    """A small edit, another spelling or a cut tail leaves a text what it was, and it is found by its marks."""
    alike = likeness(telling(WIRE), telling(printed))

    assert alike is not None
    assert alike > 0.6
    assert likeness(telling(printed), telling(WIRE)) == alike
    assert found(WIRE, printed)


def test_another_incident_in_the_same_phrases() -> None:
    """Agencies use one form of words for many incidents: other names make another text."""
    assert likeness(telling(WIRE), telling(OTHER)) is None


def test_a_retelling_is_no_copy() -> None:
    """The same facts in other words are a source of their own."""
    retold = "أصيب أربعة عمال بالاختناق في حريق شب بمستودع بلاستيك على مدخل شتورة، وتولت إخماده سيارات الدفاع المدني."

    assert likeness(telling(WIRE), telling(retold)) is None


def test_short_texts_are_copies_only_word_for_word() -> None:
    """A flash of a few words looks like every other flash."""
    flash, other = "انفجار يهز العاصمة", "انفجار يهز المدينة"

    assert likeness(telling(flash), telling(flash)) == 1
    assert likeness(telling(flash), telling(other)) is None
    assert likeness(telling(""), telling("")) == 1
    assert found(flash, flash)


def test_marks_are_of_their_time() -> None:
    """Copies are looked for some days around, so that the search costs the same in ten years."""
    assert found(WIRE, WIRE, 10)
    assert found(WIRE, WIRE, -10)
    assert not found(WIRE, WIRE, 40)

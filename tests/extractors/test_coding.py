"""The one entry point: what a coding always holds to, whatever the text."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.arabic.lexicon import read_lexicon
from extractors.coding import code_article, extractor_version
from extractors.explain import explain_article
from extractors.records import PAIRED_FIGURES, Coding, NewsText
from extractors.rules.knowledge import LEXICONS
from extractors.taxonomy import types

DAY = date(2024, 5, 14)
TEXT = NewsText(
    "مقتل أربعة بانفجار في حلب",
    "قتل أربعة أشخاص بانفجار عبوة ناسفة في مدينة حلب أمس الاثنين، وفق الدفاع المدني.\n"
    "ونفت الشرطة وقوع انفجار آخر. وكان تفجير قد هز المدينة في مارس 2019.\n"
    "كما تظاهر مئات الطلاب في مدينة حماة أمس للمطالبة بالأمن.",
    DAY,
    "SY",
)


def _holds(text: NewsText, coding: Coding, at_least: float) -> None:
    """The law of a coding."""
    assert bool(coding.reports) == (coding.reason is None)
    for report in coding.reports:
        assert report.event_type == types()[report.sub_event_type].event_type
        assert report.confidence >= at_least
        assert report.date_start <= report.date_end
        assert 0 <= report.evidence_start < report.evidence_end <= len(text.body) or not text.body.strip()
        assert len(report.location.country) == 2
        assert (report.location.latitude is None) == (report.location.longitude is None)
        assert len({total.kind for total in report.totals}) == len(report.totals)
        assert {total.kind for total in report.totals} <= set(PAIRED_FIGURES)
        assert report.rules
        for total in report.totals:
            assert total.min is None or total.max is None or total.min <= total.max
        for figure in report.figures:
            assert _field(text, figure.field)[figure.start : figure.end] == figure.quote
        for actor in report.actors:
            assert _field(text, actor.field)[actor.start : actor.end] == actor.name
    for mention in coding.mentions:
        assert _field(text, mention.field)[mention.start : mention.end] == mention.quote
        assert mention.reason


def _field(text: NewsText, field: str) -> str:
    return text.title.replace("\n", " ") if field == "title" else text.body


def test_evidence_is_a_slice_of_the_body() -> None:
    """The passage that a row rests on can be shown from the stored text."""
    first, second = code_article(TEXT).reports
    assert TEXT.body[first.evidence_start : first.evidence_end].startswith("قتل أربعة أشخاص")
    assert "تظاهر مئات الطلاب" in TEXT.body[second.evidence_start : second.evidence_end]
    _holds(TEXT, code_article(TEXT, at_least=0.0), 0.0)


def test_the_same_text_gives_the_same_rows() -> None:
    """Nothing but the text, and the version of the rules, decides."""
    assert code_article(TEXT) == code_article(TEXT)
    assert extractor_version() == extractor_version()
    assert len(extractor_version()) == 12


def test_what_made_no_row_is_kept_with_its_reason() -> None:
    """The denied blast and the old one are left, each for a reason of its own."""
    left = {mention.reality: mention.reason for mention in code_article(TEXT).mentions}
    assert {"denied", "historical"} <= left.keys()


def test_a_day_later_yesterday_is_a_day_later() -> None:
    """Relative days are of the publication day, given by the caller."""
    later = NewsText(TEXT.title, TEXT.body, DAY + timedelta(7), "SY")
    days = [code_article(text, at_least=0.0).reports[0].date_start for text in (TEXT, later)]
    assert days[1] - days[0] == timedelta(7)


def test_a_threshold_of_one_leaves_everything_with_its_confidence() -> None:
    """What is told too weakly is a mention that says how weakly."""
    coding = code_article(TEXT, at_least=1.1)
    assert coding.reports == ()
    assert coding.reason == "tells of an event too weakly"
    assert any("confidence" in mention.reason for mention in coding.mentions)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", ""),
        ("\n", "\n\n\n"),
        ("؟", "."),
        ("", "\u202b\u200f\ufeff\u0000"),
        ("", "قتل"),
        ("قتل", ""),
        ("مقتل ثلاثة في حلب", ""),
        ("", "A plain text in English with 3 killed in Paris."),
        ("", "😀 قتل 😀 ثلاثة 😀 في 😀 حلب"),
        ("", "\ufdfa قُتِلَ ثَلاثَةٌ فِي حَلَب"),
        ("", "قـــتـــل ٣٫٥ و٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩ شخصا في ١٤٤٤/١٣/٤٥"),
        ("", "((((((««««»»»»))))))،،،،،،؛؛؛؛....----"),
        ("", "قتل " * 3000),
        ("", "مدينة حلب " * 1500),
        ("", "قتل ثلاثة في حلب أمس. " * 400),
        ("", "قتل\nثلاثة\nفي\nحلب\n" * 300),
        ("قتل ثلاثة في حلب " * 300, "قتل."),
    ],
)
@pytest.mark.parametrize(("published", "country"), [(DAY, "SY"), (None, None), (date.min, None), (date.max, "XX")])
def test_odd_texts_are_coded_without_a_fuss(title: str, body: str, published: date | None, country: str | None) -> None:
    """Nothing, very little, very much, other scripts, broken marks, days at the ends of time: never an exception."""
    text = NewsText(title, body, published, country)
    _holds(text, code_article(text, at_least=0.0), 0.0)


def _words() -> list[str]:
    """Forms of all lexicons, as they are written."""
    forms = [form for name in LEXICONS for table in read_lexicon(name)["entry"] for form in table["forms"]]
    people = [form for table in read_lexicon("persons")["entry"] for form in (*table["one"], *table["many"])]
    places = ["حلب", "مدينة حماة", "في غزة", "الرقة", "طرابلس", "قرب بيروت", "محافظة المنيا", "تونس"]
    days = ["أمس", "اليوم", "الثلاثاء الماضي", "في مارس 2019", "غدا", "قبل يومين", "14 مايو", "منذ 2011"]
    numbers = ["3", "١٢", "ثلاثة", "أكثر من", "نحو", "عشرات", "مئة وعشرين", "بين 3 و5", "1,200", "ألفي"]
    marks = [".", "،", "\n", "؟", "(", ")", "«", "»", ":", "-", "…", "و", "ال", "ب", "ـ", "\u064b", "\u200f"]
    return forms + 40 * places + 40 * days + 40 * numbers + people + 40 * marks


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(_words()), max_size=90),
    st.integers(0, 8),
    st.sampled_from([DAY, date(2016, 2, 29), None]),
    st.sampled_from(["EG", "SY", "TN", None]),
)
def test_any_mixture_of_known_words_is_coded(
    words: list[str], headline: int, published: date | None, country: str | None
) -> None:
    """Whatever words come together, no exception escapes and every offset points at what it names."""
    text = NewsText(" ".join(words[:headline]), " ".join(words[headline:]), published, country)
    _holds(text, code_article(text, at_least=0.0), 0.0)
    assert all(isinstance(line, str) for line in explain_article(text))

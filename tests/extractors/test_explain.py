"""The explanation of a text names everything that its rows rest on."""

from datetime import date

from extractors.coding import code_article
from extractors.explain import explain_article
from extractors.records import NewsText

TEXT = NewsText(
    "مقتل أربعة بانفجار في حلب",
    "قتل أربعة أشخاص بينهم طفلان بانفجار عبوة ناسفة زرعها مسلحون في مدينة حلب أمس الاثنين، وفق الدفاع المدني.\n"
    "ونفت الشرطة وقوع هجوم آخر.",
    date(2024, 5, 14),
    "SY",
)


def _lines(text: NewsText = TEXT) -> list[str]:
    return list(explain_article(text))


def test_it_names_every_rule_of_a_row() -> None:
    """Each id in a report's `rules` stands in the explanation, with the words that it was found in."""
    (report,) = code_article(TEXT).reports
    told = "\n".join(_lines())
    for rule in report.rules:
        assert rule in told, rule


def test_it_shows_every_span() -> None:
    """Figures, sides, the evidence and what was left stand there with their field and offsets."""
    coding = code_article(TEXT)
    told = "\n".join(_lines())
    for report in coding.reports:
        assert f"evidence body[{report.evidence_start}:{report.evidence_end}]" in told
        for figure in report.figures:
            assert f"{figure.field}[{figure.start}:{figure.end}] {figure.quote!r} {figure.kind}" in told
        for actor in report.actors:
            assert f"side {actor.side} {actor.name}" in told
    for mention in coding.mentions:
        assert f"left: {mention.field}[{mention.start}:{mention.end}] {mention.reality}" in told


def test_it_shows_place_day_and_source() -> None:
    """Where, when and on whose word are derived before the reader's eyes."""
    told = "\n".join(_lines())
    for part in ("place   body[", "Aleppo, SY", "date    body[", "2024-05-13..2024-05-13 day", "source الدفاع المدني"):
        assert part in told, part


def test_signs_of_confidence_are_told_with_their_weights() -> None:
    """The confidence is made of the signs that are printed."""
    (report,) = code_article(TEXT).reports
    (line,) = [line for line in _lines() if line.startswith("    signs")]
    for name, _ in report.signs:
        assert name in line


def test_it_shows_what_only_hints_at_a_motive() -> None:
    """A word that tells no event but settles the type stands there with its frame."""
    body = "أوقفت الشرطة أمس رجلا محل تفتيش في مدينة سوسة."
    (line,) = [told for told in _lines(NewsText("", body, date(2024, 5, 14), "TN")) if told.startswith("    hint")]
    assert line.endswith("'محل تفتيش' wanted.for.crime: crime")


def test_no_row_has_its_reason() -> None:
    """A text without an incident says why there is none."""
    column = NewsText("رأي", "ما أجمل الصباح في المدينة.", date(2024, 5, 14), "SY")
    assert _lines(column)[-1] == "no report: tells of no event"


def test_an_empty_text_is_explained_too() -> None:
    """Nothing to read is told in one line."""
    assert _lines(NewsText("", "", None, None)) == ["no report: tells of no event"]

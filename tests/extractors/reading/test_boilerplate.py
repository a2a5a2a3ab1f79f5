"""Boilerplate: each phrase of the list drops its own examples and spares its rejects."""

import pytest

from extractors.reading.boilerplate import without_boilerplate, without_feed_tail
from extractors.reading.wordlists import wordlist

PHRASES = wordlist("boilerplate")["phrase"]
BODY = [
    "هطلت الأمطار على المدينة طوال الليل.",
    "وقال مسؤول إن الطرق ستفتح غدا.",
    "وتعمل الفرق منذ الصباح.",
    "وتوقفت الدراسة يومين.",
]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["id"])
def test_examples_and_rejects(phrase: dict[str, list[str]]) -> None:
    """A phrase drops its examples at the end of an article and keeps what only looks like it."""
    assert phrase["examples"]
    assert phrase["rejects"]
    for example in phrase["examples"]:
        assert without_boilerplate([*BODY, example]) == BODY, example
    for reject in phrase["rejects"]:
        assert without_boilerplate([*BODY, reject]) == [*BODY, reject], reject


def test_links_below_a_dropped_heading_go_with_it() -> None:
    """Link texts under "read also" are dropped; the article's next paragraph is not."""
    lines = [BODY[0], "اقرأ أيضا", "أسعار الخبز ترتفع", "معرض الكتاب يفتح أبوابه", BODY[1]]

    assert without_boilerplate(lines, links={"اسعار الخبز ترتفع", "معرض الكتاب يفتح ابوابه"}) == BODY[:2]
    assert without_boilerplate(lines) == [BODY[0], *lines[2:4], BODY[1]]


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("مطر على الساحل. The post مطر appeared first on جريدة.", "مطر على الساحل."),
        ("مطر على الساحل. ظهرت المقالة مطر أولاً على جريدة.", "مطر على الساحل."),
        ("مطر على الساحل [\u2026]", "مطر على الساحل\u2026"),
        ("مطر على الساحل [...]", "مطر على الساحل\u2026"),
        ("مطر على الساحل", "مطر على الساحل"),
        ("The post office appeared.", "The post office appeared."),
        (None, None),
    ],
)
def test_feed_tails(summary: str | None, expected: str | None) -> None:
    """What publishing systems add behind a summary is cut off."""
    assert without_feed_tail(summary) == expected

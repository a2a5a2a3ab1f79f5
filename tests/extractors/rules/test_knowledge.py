"""All lexicons as one body of knowledge: what stands in a text, once each."""

from datetime import date

import pytest

from extractors.records import NewsText
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import make_scene


def _found(text: str, dimension: str) -> list[tuple[str, str]]:
    scene = make_scene(NewsText("", text, date(2024, 5, 6)), knowledge())
    return [(m.entry.id, scene.quote(m.first, m.last)) for m in scene.found[dimension]]


@pytest.mark.parametrize("text", ["القصف", "والقصف", "قصف"])
def test_an_entry_stands_once_where_a_word_can_be_read_twice(text: str) -> None:
    """A form that is listed with its article and without must not count double."""
    assert _found(f"استمر {text} على التلال", "events") == [("shell", text)]


def test_the_longest_form_wins() -> None:
    """Of forms that overlap the longest is meant: gas shells disperse, they do not bomb."""
    assert _found("أطلقوا قنابل الغاز على الحشد", "events") == [("disperse", "قنابل الغاز")]


def test_a_shadow_keeps_shorter_forms_away_and_tells_nothing() -> None:
    """«ضبط النفس» is no arrest, and no event of its own."""
    assert _found("دعا الوسيط إلى ضبط النفس", "events") == []


@pytest.mark.parametrize(
    ("word", "number"),
    [("جندي", "one"), ("جنديا", "one-or-two"), ("جنديان", "two"), ("جنديين", "two"), ("جنود", "many")],
)
def test_nouns_of_people_know_their_number(word: str, number: str) -> None:
    """The dual and the accusative are made from the singular; «جنديا» may be either of them."""
    assert _found(f"شاهد {word} عند البوابة", "persons") == [(f"soldier.{number}", word)]


def test_a_shadow_wins_over_what_is_as_long() -> None:
    """«في الحال» (at once) is not «في حال» (in case), though the article can be peeled."""
    assert _found("وصل المسعفون في الحال", "cues") == []

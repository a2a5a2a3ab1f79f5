"""Clitics are peeled to known words, and to known words alone."""

import tomllib
from importlib.resources import files

import pytest

from extractors.arabic.clitics import MEANING, Peeler
from extractors.arabic.fold import fold_form

CASES = tomllib.loads(files("extractors").joinpath("language/ar/clitics.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["example"], ids=lambda case: case["word"])
def test_example(case: dict[str, str]) -> None:
    """A known stem is found under what is written on to it."""
    stem = fold_form(case["stem"])

    assert stem in {reading.stem for reading in Peeler({stem}).readings(fold_form(case["word"]))}


@pytest.mark.parametrize("case", CASES["reject"], ids=lambda case: case["word"])
def test_reject(case: dict[str, str]) -> None:
    """A first letter that belongs to the word is not peeled where the word itself is known."""
    word = fold_form(case["word"])

    assert [reading.stem for reading in Peeler({word}).readings(word)] == [word]


def test_unknown() -> None:
    """A word without a known stem has no reading."""
    assert Peeler({"قتل"}).readings("وبيروت") == ()


def test_whole_word_first() -> None:
    """The whole word comes before any peeling of it."""
    readings = Peeler({"وفد", "فد"}).readings("وفد")

    assert [reading.before for reading in readings] == ["", "و"]


def test_pronoun() -> None:
    """A feminine ending opens before a pronoun and is closed again in the stem."""
    (reading,) = Peeler({fold_form("إصابة")}).readings(fold_form("وإصابتهم"))

    assert (reading.before, reading.stem, reading.after) == ("و", "اصابه", "هم")


def test_meanings() -> None:
    """Every clitic says what it adds, in words of a closed list."""
    known = {"conj", "prep", "to", "as", "the", "future"}

    assert all(means and means <= known for means in MEANING.values())

"""Folding: the table's own cases, and the way back to the original."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arabic.fold import Folded, fold, fold_form, fold_letters
from extractors.arabic.tokens import tokenize

CASES = tomllib.loads(files("extractors").joinpath("language/ar/fold.toml").read_text("utf-8"))
LETTERS = st.text(alphabet="اأإآبتثىيئيةهكک٠١٢ـًَُِّ ﻻﷲﻗﺘﻴﻞ«»،.\n\u200f\u202b\u00a0abÉ", max_size=40)


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["forms"][0])
def test_same(case: dict[str, list[str]]) -> None:
    """Spellings of one word fold to one form."""
    assert len({fold_form(form) for form in case["forms"]}) == 1


@pytest.mark.parametrize("case", CASES["differ"], ids=lambda case: case["forms"][0])
def test_differ(case: dict[str, list[str]]) -> None:
    """Different words stay different."""
    assert len({fold_form(form) for form in case["forms"]}) == len(case["forms"])


def test_span() -> None:
    """What is found in the folded text is shown in the original, with the marks on its letters."""
    text = "خبر: مَقتـــلُ ثلاثةٍ"
    folded = fold(text)
    start = folded.text.index("مقتل")
    first, last = folded.span(start, start + 4)

    assert text[first:last] == "مَقتـــلُ "[:-1]


def test_empty_span() -> None:
    """A span of nothing is a place."""
    folded = fold("قَتل")

    assert folded.span(1, 1) == (2, 2)


def test_ligature() -> None:
    """A presentation form of several letters folds to all of them, each pointing at the one it came from."""
    folded = fold("ﻻ")

    assert (folded.text, list(folded.offsets)) == ("لا", [0, 0, 1])


@given(LETTERS)
def test_offsets(text: str) -> None:
    """Each folded character knows where it stood; offsets never fall, and end at the length of the original."""
    folded = fold(text)
    offsets = list(folded.offsets)

    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(offset <= len(text) for offset in offsets)


@given(LETTERS)
def test_idempotent(text: str) -> None:
    """What is folded stays as it is."""
    once = fold(text).text

    assert fold(once).text == once


@pytest.mark.parametrize("letter", sorted({letter for entry in CASES["map"].values() for letter in entry["from"]}))
def test_letters_keep_their_kind(letter: str) -> None:
    """Folding turns a letter into one letter, a digit into one digit: tokens may be cut before it or after."""
    folded = fold_letters(letter)

    assert len(folded) == 1
    assert tokenize(Folded(letter, range(2))).kinds == tokenize(Folded(folded, range(2))).kinds


def test_long_texts() -> None:
    """A long text is folded as its words are one by one."""
    words = [f"{letter}كلمة{letter}" for entry in CASES["map"].values() for letter in entry["from"]]

    assert fold_letters(" ".join(words)).split(" ") == [fold_letters(word) for word in words]

"""Words by which texts are compared."""

import tomllib
from importlib.resources import files

import pytest

from extractors.arabic.fold import fold_form
from extractors.linking.words import length_of, likeness, rare_names, stem, weights, words_of

DATA = tomllib.loads(files("extractors").joinpath("language/ar/stems.toml").read_text("utf-8"))


def alike(one: str, other: str) -> float:
    words, others = words_of(one), words_of(other)
    return likeness(words & others, length_of(words), length_of(others))


@pytest.mark.parametrize("case", DATA["same"], ids=lambda case: case["forms"][0])
def test_forms_of_one_word_share_a_stem(case: dict[str, list[str]]) -> None:
    """What is written on to a word does not make it another."""
    assert len({stem(fold_form(form)) for form in case["forms"]}) == 1


@pytest.mark.parametrize("case", DATA["differ"], ids=lambda case: case["forms"][0])
def test_other_words_keep_apart(case: dict[str, list[str]]) -> None:
    """Words that only look alike have stems of their own."""
    assert len({stem(fold_form(form)) for form in case["forms"]}) == len(case["forms"])


def test_common_words_weigh_nothing_and_rare_ones_most() -> None:
    """A shared name tells more than a shared preposition."""
    assert words_of("في من على") == frozenset()
    assert min(weights().values()) == 0
    assert alike("حريق في سيدي بوزيد", "حريق في صفاقس") < 0.5
    assert alike("انفجار بعقوبة", "الانفجار في بعقوبه") == pytest.approx(1)
    assert alike("", "انفجار") == 0


def test_spellings_of_a_foreign_name_are_one() -> None:
    """Names differ in long vowels from paper to paper."""
    assert rare_names(["ريونيون"], 0.7) == rare_names(["اريونون"], 0.7)
    assert rare_names(["123"], 0.7) == frozenset()

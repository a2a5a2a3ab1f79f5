"""Words as full-text search stores them."""

import tomllib
from importlib.resources import files

from extractors.arabic.fold import fold_form
from extractors.arabic.search import LONGEST_TEXT, search_vector, stored_forms

DATA = tomllib.loads(files("extractors").joinpath("language/ar/search.toml").read_text("utf-8"))


def test_every_inflected_form_keeps_its_stem() -> None:
    """A word is stored under its stem whatever is written on to it and however it ends."""
    for written in ("المتظاهرين", "ومتظاهرون", "بالمتظاهرين", "للمتظاهرات", "متظاهرًا"):
        assert "متظاهر" in stored_forms(fold_form(written)), written


def test_a_word_is_kept_beside_what_is_cut_off_it() -> None:
    """Without a list of words nobody knows whether a letter belongs to a word, so that both are kept."""
    assert {"وزاره", "وزار"} <= set(stored_forms(fold_form("وزارة")))
    assert "بيروت" in stored_forms("بيروت")


def test_short_words_are_left_whole() -> None:
    """Three letters are left of a word, or it is not cut."""
    assert stored_forms("ولد") == ("ولد",)
    assert stored_forms("الف") == ("الف",)


def test_places_and_weights() -> None:
    """Words know their place in the text, which phrases and ranks need, and the weight that they are given."""
    assert search_vector("Kazakh 37", "A") == "'kazakh':1A '37':2A"


def test_endless_texts_and_words_are_cut() -> None:
    """Neither a giant text nor a giant word breaks what PostgreSQL can hold."""
    assert search_vector("ا" * 61) == ""
    assert len(search_vector("كلمة " * LONGEST_TEXT)) < 1 << 20


def test_endings_are_listed_longest_first() -> None:
    """The longest ending that fits is the one that is cut."""
    lengths = [len(ending) for ending in DATA["endings"]]
    assert lengths == sorted(lengths, reverse=True)

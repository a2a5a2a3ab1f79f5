"""Dates: the corpus of examples, the lexicon's own examples, and rules that hold on any text."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arabic.fold import fold
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.tokens import Tokens, tokenize
from extractors.rules.dates import DateMention, find_dates
from extractors.rules.wordtable import LookBack, WordTable

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus/dates.toml").read_text("utf-8"))
PUBLISHED: date = CORPUS["published"]
ENTRIES = read_lexicon("dates")["entry"]


def read(text: str, published: date | None = PUBLISHED) -> tuple[Tokens, list[DateMention]]:
    tokens = tokenize(fold(text))
    return tokens, find_dates(tokens, published)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"), CORPUS["value"], ids=[case[0] for case in CORPUS["value"]]
)
def test_value(text: str, start: date, end: date, precision: str) -> None:
    """An example has one reading, over the whole text, with the right days."""
    tokens, found = read(text)

    assert [(mention.start, mention.end, mention.precision) for mention in found] == [(start, end, precision)]
    assert (found[0].first, found[0].last) == (0, len(tokens))


@pytest.mark.parametrize("text", CORPUS["history"])
def test_history(text: str) -> None:
    """What ended more than 30 days before, or is told as long past, is history."""
    assert [mention.history for mention in read(text)[1]] == [True]


@pytest.mark.parametrize("text", CORPUS["future"])
def test_future(text: str) -> None:
    """What is to come is marked."""
    assert [mention.future for mention in read(text)[1]] == [True]


@pytest.mark.parametrize("text", CORPUS["nothing"])
def test_nothing(text: str) -> None:
    """What only looks like a date gives none."""
    assert not read(text)[1]


def _stands(table: dict[str, Any], text: str) -> bool:
    forms = tokenize(fold(text)).forms
    words, back = WordTable("dates", [table]), LookBack("dates", [table])
    return any(words.read(forms, at) or back.read(forms[: at + 1]) for at in range(len(forms)))


@pytest.mark.parametrize("table", ENTRIES, ids=lambda table: table["id"])
def test_examples(table: dict[str, Any]) -> None:
    """Every entry of the lexicon has examples, stands in each of them, and there makes a date or keeps one away."""
    away = table["role"] == "none" or table.get("value") in ("name", "born")

    assert table["examples"]
    for text in table["examples"]:
        assert _stands(table, text), text
        assert bool(read(text)[1]) != away or table.get("value") == "memory", text


REJECTED = [(table["id"], text) for table in ENTRIES for text in table.get("rejects", ())]


@pytest.mark.parametrize(("entry", "text"), REJECTED)
def test_rejects(entry: str, text: str) -> None:
    """No entry makes a date of its rejects."""
    assert not read(text)[1], entry


def test_ids_are_unique() -> None:
    """An id names one entry."""
    assert len({table["id"] for table in ENTRIES}) == len(ENTRIES)


def test_without_publication_day() -> None:
    """Without a publication day only a date with its year is known."""
    assert read("أمس ويوم الجمعة و12 مارس والشهر الماضي", None)[1] == []
    assert [mention.start for mention in read("الجمعة 12 مارس 2014", None)[1]] == [date(2014, 3, 12)]


PIECES = st.sampled_from(
    [
        *(form for table in ENTRIES for form in table["forms"]),
        "شخصا",
        "12",
        "31",
        "2013",
        "1436",
        "-",
        "/",
        "،",
        "(",
        ")",
    ]
)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1))


@given(st.lists(PIECES, max_size=12), DAYS | st.none())
def test_order(pieces: list[str], published: date | None) -> None:
    """On any run of date words the dates come in order, do not overlap, and start no later than they end."""
    tokens, found = read(" ".join(pieces), published)

    assert all(one.last <= two.first for one, two in pairwise(found))
    assert all(0 <= mention.first < mention.last <= len(tokens) for mention in found)
    assert all(mention.start <= mention.end for mention in found)


@given(DAYS)
def test_weekday(published: date) -> None:
    """A bare weekday is the last one on or before publication, and "last" is one before it."""
    bare, past = read("الجمعة", published)[1][0], read("الجمعة الماضي", published)[1][0]

    assert timedelta(0) <= published - bare.start < timedelta(days=7)
    assert timedelta(0) < published - past.start <= timedelta(days=7)
    assert bare.start.weekday() == past.start.weekday() == 4


def test_a_city_written_like_a_month_is_no_date() -> None:
    """«في إب» is the city; the month of that spelling has a day, a year or a word like "last" with it."""
    texts = ("دارت مواجهات في إب بين الطرفين", "دارت مواجهات في آب الماضي بين الطرفين")
    assert [len(find_dates(tokenize(fold(text)), date(2024, 9, 14))) for text in texts] == [0, 1]

"""Quantities: the corpus of examples, the lexicon's own examples, and rules that hold on any text."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arabic.fold import fold
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.tokens import Tokens, tokenize
from extractors.rules.numbers import Quantity, find_quantities
from extractors.rules.wordtable import WordTable

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus/numbers.toml").read_text("utf-8"))
ENTRIES = read_lexicon("numbers")["entry"]
WORDS = {table["id"]: WordTable("numbers", [table]) for table in ENTRIES}


def read(text: str) -> tuple[Tokens, list[Quantity]]:
    tokens = tokenize(fold(text))
    return tokens, find_quantities(tokens)


def shown(quantity: Quantity) -> str:
    low, high = ("" if bound is None else bound for bound in (quantity.min, quantity.max))
    return f"{low}..{high} {quantity.qualifier}"


def counts(text: str) -> list[Quantity]:
    return [quantity for quantity in read(text)[1] if quantity.kind == "cardinal" and quantity.unit is None]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"), CORPUS["value"], ids=[case[0] for case in CORPUS["value"]]
)
def test_value(text: str, low: int, high: int, qualifier: str) -> None:
    """An example has one reading, over the whole text, with the right value."""
    tokens, found = read(text)

    assert [shown(quantity) for quantity in found] == [f"{low}..{'' if high < 0 else high} {qualifier}"]
    assert len(tokens) == found[0].last
    assert found[0].first <= tokens.kinds.find("n") or found[0].first == 0


@pytest.mark.parametrize(("text", "quantities"), CORPUS["several"], ids=[case[0] for case in CORPUS["several"]])
def test_several(text: str, quantities: list[str]) -> None:
    """Numbers that stand near each other stay apart."""
    assert [shown(quantity) for quantity in counts(text)] == quantities


@pytest.mark.parametrize(("text", "kind", "unit"), CORPUS["marked"], ids=[case[0] for case in CORPUS["marked"]])
def test_marked(text: str, kind: str, unit: str) -> None:
    """What counts no people is marked, and nothing beside it is left to be counted."""
    found = read(text)[1]

    assert (found[0].kind, found[0].unit or "") == (kind, unit)
    assert not counts(text)


@pytest.mark.parametrize("text", CORPUS["nothing"])
def test_nothing(text: str) -> None:
    """What only looks like a number gives no count."""
    assert not counts(text)


def _stands(table: WordTable, text: str) -> bool:
    forms = tokenize(fold(text)).forms
    return any(table.read(forms, at) for at in range(len(forms)))


@pytest.mark.parametrize("table", ENTRIES, ids=lambda table: table["id"])
def test_examples(table: dict[str, Any]) -> None:
    """Every entry of the lexicon has examples, stands in each of them, and takes part in a quantity there."""
    assert table["examples"]
    for text in table["examples"]:
        assert read(text)[1], text
        assert _stands(WORDS[table["id"]], text) or table["role"] in ("qualifier", "cue", "filler", "range-open"), text


REJECTED = [(table["id"], text) for table in ENTRIES for text in table.get("rejects", ())]


@pytest.mark.parametrize(("entry", "text"), REJECTED)
def test_rejects(entry: str, text: str) -> None:
    """No entry makes a count of its rejects, or no qualified one where the entry qualifies."""
    table = next(table for table in ENTRIES if table["id"] == entry)
    found = counts(text)
    if table["role"] in ("qualifier", "cue"):
        found = [quantity for quantity in found if quantity.qualifier == table["value"]]

    assert not found


def test_ids_are_unique() -> None:
    """An id names one entry."""
    assert len({table["id"] for table in ENTRIES}) == len(ENTRIES)


PIECES = st.sampled_from(
    [*(form for table in ENTRIES for form in table["forms"]), "شخصا", "12", "3,5", "2013", "-", "/", "،", "(", "\n"]
)


@given(st.lists(PIECES, max_size=12))
def test_order(pieces: list[str]) -> None:
    """On any run of number words quantities come in order, do not overlap, and keep min at or under max."""
    tokens, found = read(" ".join(pieces))

    assert all(one.last <= two.first for one, two in pairwise(found))
    assert all(0 <= quantity.first < quantity.last <= len(tokens) for quantity in found)
    assert all(q.min is None or q.max is None or q.min <= q.max for q in found)


@given(st.integers(min_value=0, max_value=10**7))
def test_digits(number: int) -> None:
    """Any plain number is read as itself, in all three ways of grouping it."""
    for text in (f"{number} شخصا", f"{number:,} شخصا", f"{number:,} شخصا".replace(",", ".")):
        assert [(q.min, q.max) for q in read(text)[1]] == [(number, number)]

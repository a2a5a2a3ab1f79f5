"""Tokens -> the quantities written in them, with the least and the most that each may mean.

A quantity is read by the words of the number itself (number_words), then by what stands around it (number_context):
a range, a qualifier, or a sign that it is no count at all. What it counts is left to the rules of figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from extractors.arabic.clitics import AND
from extractors.arabic.tokens import Tokens
from extractors.records import Qualifier
from extractors.rules.number_context import (
    Opening,
    are_years,
    close_range,
    closed,
    digit_run,
    kind_of,
    look_back,
    qualifier_after,
    unit_after,
)
from extractors.rules.number_words import Said, number_words, read_number
from extractors.rules.wordtable import Word

NumberKind = Literal[
    "cardinal",  # a count, perhaps of a unit
    "ordinal",
    "percent",
    "decimal",
    "year",
    "date",
    "clock",
    "age",
    "score",
    "reference",  # the number of a thing: a law, a road, a telephone, a weapon's calibre
    "name",  # part of a name: the Group of Twenty
]
Unit = Literal["time", "money", "length", "area", "weight", "volume", "grade", "times"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in tokens first..last (last excluded), its qualifier included; kind "cardinal" alone can count people.

    `unit` is set where a unit of measure follows (25 عاما: "time"), so that the number counts no person or thing.
    `definite` is set where the number bears the article (الثلاثة): it speaks of what was told before.
    """

    first: int
    last: int
    min: int | None
    max: int | None
    qualifier: Qualifier
    noun_last: int
    kind: NumberKind = "cardinal"
    unit: Unit | None = None
    definite: bool = False


def find_quantities(tokens: Tokens) -> list[Quantity]:
    """All quantities in order; no two overlap. Numbers that count nothing are marked by their kind."""
    words = number_words(tokens)
    found: list[Quantity] = []
    done = 0
    digits = [at for at, kind in enumerate(tokens.kinds) if kind == "n"]
    for at in sorted({*words, *digits}):
        if at < done:
            continue
        quantity = _quantity(tokens, words, at, done)
        if quantity is not None:
            found.append(quantity)
            done = quantity.last
    return found


def _quantity(tokens: Tokens, words: Mapping[int, Word], at: int, floor: int) -> Quantity | None:
    run = digit_run(tokens, at)
    if run is not None:
        last, kind = run
        return Quantity(at, last, None, None, "exact", last, cast("NumberKind", kind))
    said = read_number(tokens, words, at)
    if said is None:
        return None
    opening = look_back(tokens, at, floor)
    if opening.qualifier and _is_joined(tokens, words, at):  # «... على الأقل و17»: it was said of the number before
        opening = replace(opening, first=at, qualifier=None)
    closing = None if said.ordinal else close_range(tokens, words, said, opening)
    if closing is not None:
        return _ranged(tokens, words, said, closing, opening)
    return _single(tokens, words, said, opening)


def _is_joined(tokens: Tokens, words: Mapping[int, Word], at: int) -> bool:
    """Whether "and" stands right before a number."""
    word = words.get(at)
    return tokens.forms[at - 1] == AND if word is None else "conj" in word.means


def _ranged(
    tokens: Tokens, words: Mapping[int, Word], said: Said, closing: tuple[Said, float], opening: Opening
) -> Quantity:
    upper, least = closing
    kind = "year" if are_years(tokens, said, upper) else kind_of(tokens, upper, opening)
    unit, last = unit_after(tokens, closed(tokens, upper))
    return Quantity(
        opening.range_first if opening.range_by else opening.first,
        last,
        _whole(least),
        _whole(upper.value),
        "range",
        last,
        cast("NumberKind", kind),
        cast("Unit | None", unit or opening.unit),
        _definite(words, said.first),
    )


def _single(tokens: Tokens, words: Mapping[int, Word], said: Said, opening: Opening) -> Quantity:
    kind = kind_of(tokens, said, opening)
    unit, last = unit_after(tokens, closed(tokens, said))
    if kind in ("year", "date"):
        unit = None
    qualifier = opening.qualifier
    if kind in ("cardinal", "percent"):
        after, last = qualifier_after(tokens, last)
        qualifier = qualifier or after
    name, low, high = _bounds(said, qualifier)
    return Quantity(
        opening.first if opening.qualifier or kind == "cardinal" else said.first,
        last,
        low,
        high,
        name,
        last,
        cast("NumberKind", kind),
        cast("Unit | None", unit or opening.unit),
        _definite(words, said.first) or opening.definite,
    )


def _bounds(said: Said, qualifier: str | None) -> tuple[Qualifier, int | None, int | None]:
    """The qualifier of the record, and the least and most that are meant by it."""
    value = _whole(said.value)
    if said.vague:
        return cast("Qualifier", said.vague), value, None
    if qualifier in ("more than", "at least"):
        return cast("Qualifier", qualifier), value, None
    if qualifier == "at most":
        return "at most", None if value is None else 0, value
    return ("about" if qualifier == "about" else "exact"), value, value


def _whole(value: float) -> int | None:
    return int(value) if value == int(value) else None


def _definite(words: Mapping[int, Word], at: int) -> bool:
    word = words.get(at)
    return word is not None and "the" in word.means

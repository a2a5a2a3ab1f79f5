"""A text -> the words that it can be compared by: light stems as numbers, each with its weight in the language."""

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import xxhash

from extractors.arabic.fold import fold

_LEAST_LETTERS = 2
_FORM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{2,}")


def stems_of(text: str) -> list[str]:
    """The stems of a text's words and its numbers, in their order."""
    return [stem(form) for form in _FORM.findall(fold(text).text)]


def words_of(*texts: str) -> frozenset[int]:
    """The words of these texts as a set of numbers (signed, 32 bits); the commonest words of the language left out."""
    return frozenset(
        number for text in texts for form in _FORM.findall(fold(text).text) if (number := _telling(form)) is not None
    )


@lru_cache(maxsize=262_144)
def _telling(form: str) -> int | None:
    """The number of a folded word's stem; None where it stands everywhere and tells nothing."""
    number = number_of(stem(form))
    return number if weights().get(number, 1.0) > 0 else None


@lru_cache(maxsize=65_536)
def number_of(word: str) -> int:
    """A word as a number that stays the same everywhere and forever."""
    return xxhash.xxh32_intdigest(word.encode()) - 2**31


@lru_cache(maxsize=65_536)
def stem(folded: str) -> str:
    """A folded word without what is written on to it. Nothing is left out that would leave it too short."""
    if folded[0].isdigit():
        return folded
    before, after, least = _affixes()
    rest = next((folded[len(a) :] for a in before if folded.startswith(a) and len(folded) - len(a) >= least), folded)
    return next((rest[: -len(z)] for z in after if rest.endswith(z) and len(rest) - len(z) >= least), rest)


def rare_names(forms: Iterable[str], least: float) -> frozenset[str]:
    """The rare words among folded ones, bare of the letters by which spellings of a name differ; numbers are none."""
    listed, weak = weights(), str.maketrans("", "", _data()["weak"])
    stems = {stem(form) for form in forms if len(form) >= _LEAST_LETTERS and not form.isdigit()}
    return frozenset(one.translate(weak) for one in stems if listed.get(number_of(one), 1.0) >= least)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("extractors").joinpath("language/ar/stems.toml").read_text("utf-8"))


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...], int]:
    data = _data()
    longest = [tuple(sorted(data[side], key=len, reverse=True)) for side in ("before", "after")]
    return longest[0], longest[1], data["least"]


@cache
def weights() -> Mapping[int, float]:
    """How much a shared word tells, from 0 (everywhere) to 1 (a rare one); words that are not listed weigh 1."""
    lines = files("extractors").joinpath("language/ar/word_shares.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    shares = {number_of(form): float(share) for form, share in rows}
    rarest = min(shares.values())
    return {number: _weight(share, rarest) for number, share in shares.items()}


def _weight(share: float, rarest: float) -> float:
    """Nothing for a word in every fifth text or more, 1 for the rarest listed."""
    return max(0.0, math.log(0.2 / share) / math.log(0.2 / rarest))


@cache
def _squares() -> Mapping[int, float]:
    return {number: weight * weight for number, weight in weights().items()}


def length_of(words: Collection[int]) -> float:
    """The length of a set of words as a vector: the root of what their squared weights come to."""
    squares = _squares()
    return math.sqrt(sum([squares.get(word, 1.0) for word in words]))


def likeness(shared: Collection[int], one: float, other: float) -> float:
    """How alike two sets of words are, 0 to 1: by the words that they share, and the lengths of both."""
    if not shared:
        return 0.0
    squares = _squares()
    return sum([squares.get(word, 1.0) for word in shared]) / (one * other)

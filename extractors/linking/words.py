"""A text -> the words that it can be compared by: light stems as numbers, each with its weight in the language."""

import math
import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import xxhash

from extractors.arabic.fold import fold
from extractors.arabic.tokens import tokenize

_LEAST_LETTERS = 2


def stems_of(text: str) -> list[str]:
    """The stems of a text's words and its numbers, in their order."""
    tokens = tokenize(fold(text))
    return [
        stem(form) if kind == "w" else form
        for form, kind in zip(tokens.forms, tokens.kinds, strict=True)
        if kind == "n" or (kind == "w" and len(form) >= _LEAST_LETTERS)
    ]


def words_of(*texts: str) -> frozenset[int]:
    """The words of these texts as a set of numbers (signed, 32 bits); the commonest words of the language left out."""
    rare = weights()
    numbers = (number_of(form) for text in texts for form in stems_of(text))
    return frozenset(number for number in numbers if rare.get(number, 1.0) > 0)


@lru_cache(maxsize=65_536)
def number_of(word: str) -> int:
    """A word as a number that stays the same everywhere and forever."""
    return xxhash.xxh32_intdigest(word.encode()) - 2**31


@lru_cache(maxsize=65_536)
def stem(folded: str) -> str:
    """A folded word without what is written on to it. Nothing is left out that would leave it too short."""
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


def total_weight(words: Iterable[int]) -> float:
    """What these words weigh together."""
    listed = weights()
    return sum(listed.get(word, 1.0) for word in words)


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """How much of the weight of two sets of words is shared, 0 to 1."""
    shared = total_weight(set(one) & set(other))
    if not shared:
        return 0.0
    listed = weights()
    squares = [math.sqrt(sum(listed.get(word, 1.0) ** 2 for word in words)) for words in (one, other)]
    shared_squares = sum(listed.get(word, 1.0) ** 2 for word in set(one) & set(other))
    return shared_squares / (squares[0] * squares[1])

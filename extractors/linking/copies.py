"""Which articles are printings of one text: fingerprints that find likely pairs, and the judgement over a pair."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import xxhash
from datasketch import MinHash

from extractors.arabic.fold import fold
from extractors.linking.marks import mark_in
from extractors.linking.words import rare_names

WINDOW_DAYS = 10
"""Printings of one text lie at most so many days apart."""

_WORD = re.compile(r"\w+")
_SPAN_DAYS = 3 * WINDOW_DAYS  # longer ones hold more that is looked at in vain, shorter ones are more to look into
_SHINGLE = 3  # words
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_LEAST_SHINGLES = 12  # shorter texts are copies only where they are the same word for word
_LEAD_SHINGLES = 58
_ROWS = 4
_WHOLE_BANDS, _LEAD_BANDS = 16, 8
_LIKE, _CONTAINED = 0.6, 0.9
_SURE = 0.92  # two that are so much alike are copies whatever names they hold
_RARE, _LEAST_SWAPPED, _SWAPPED = 0.7, 3, 0.16  # names that stand in one alone, as a share of all
_SHORTEST_PART = 0.25  # of the longer text, for one that is contained in it


@dataclass(frozen=True, slots=True)
class Telling:
    """A text as its copies are found: folded words, and their overlapping triples as numbers, those of the lead too."""

    words: tuple[str, ...]
    shingles: frozenset[int]
    lead: frozenset[int]


def telling(body: str) -> Telling:
    """The text of an article, without its headline: other papers print another one."""
    words = tuple(_WORD.findall(fold(body).text))
    shingles = _shingles(words)
    return Telling(words, frozenset(shingles), frozenset(shingles[:_LEAD_SHINGLES]))


def _shingles(words: Sequence[str]) -> list[int]:
    """Triples of neighbours as numbers of 32 bits, in their order."""
    numbers = np.fromiter(map(_number_of, words), np.uint64, len(words))
    if len(words) < _SHINGLE:
        short: list[int] = (numbers >> np.uint64(32)).tolist()
        return short
    mixed = numbers[:-2] * _MIX[0] + numbers[1:-1] * _MIX[1] + numbers[2:] * _MIX[2]
    triples: list[int] = (mixed >> np.uint64(32)).tolist()
    return triples


@lru_cache(maxsize=65_536)
def _number_of(word: str) -> int:
    return xxhash.xxh64_intdigest(word.encode())


def bands(signature: Sequence[bytes], day: int) -> list[int]:
    """The marks by which likely copies find each other: two texts that share one may be copies.

    `day` is the ordinal of the day of printing. Texts are marked for their span of days, so that a mark is never
    shared by all texts of all years.
    """
    return [_mark(band, _span(day)) for band in signature]


def bands_around(signature: Sequence[bytes], day: int) -> list[int]:
    """The marks of likely copies printed up to WINDOW_DAYS before or after."""
    spans = range(_span(day - WINDOW_DAYS), _span(day + WINDOW_DAYS) + 1)
    return [_mark(band, span) for span in spans for band in signature]


def _span(day: int) -> int:
    return day // _SPAN_DAYS


def _mark(band: bytes, span: int) -> int:
    return mark_in(span, xxhash.xxh64_intdigest(band, seed=span % 2**32))


def signature(text: Telling) -> list[bytes]:
    """The bands of the whole text, and of its lead: a cut tail leaves that as it was."""
    if len(text.shingles) < _LEAST_SHINGLES:
        return [" ".join(text.words).encode()]
    whole = _bands(text.shingles, _WHOLE_BANDS)
    return whole + [b"lead" + band for band in _bands(text.lead, _LEAD_BANDS)]


def _bands(shingles: frozenset[int], count: int) -> list[bytes]:
    hashed = MinHash(num_perm=count * _ROWS, hashfunc=int, scheme="affine32", permutations=_permutations(count * _ROWS))
    hashed.update_batch(list(shingles))
    values = hashed.hashvalues.astype(">u4").reshape(count, _ROWS)
    return [bytes([number]) + row.tobytes() for number, row in enumerate(values)]


@cache
def _permutations(count: int) -> np.ndarray:
    return np.array(MinHash(num_perm=count, scheme="affine32").permutations)


def likeness(one: Telling, other: Telling) -> float | None:
    """How alike two printings are, 0 to 1; None where they are not of one text."""
    shared = len(one.shingles & other.shingles)
    short, long = sorted((len(one.shingles), len(other.shingles)))
    if short < _LEAST_SHINGLES:
        return 1.0 if one.words == other.words else None
    alike, contained = shared / (short + long - shared), shared / short
    if alike < _LIKE and not (contained >= _CONTAINED and short >= long * _SHORTEST_PART):
        return None
    return None if alike < _SURE and _other_names(one, other) else max(alike, contained if alike < _LIKE else 0.0)


def _other_names(one: Telling, other: Telling) -> bool:
    """Are these two uses of one form of words: the same phrases about other people and places?"""
    mine, theirs = (rare_names(text.words, _RARE) for text in (one, other))
    swapped = min(len(mine - theirs), len(theirs - mine))
    return swapped >= _LEAST_SWAPPED and swapped >= _SWAPPED * (len(mine & theirs) + swapped)

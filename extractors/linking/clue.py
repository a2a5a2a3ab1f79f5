"""What linking compares of a report: small, and made from the report and its article alone."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.linking.words import length_of, weights, words_of

LEAD_WORDS = 80
REMEMBERED = 24_000  # sets of words: those of two weeks in which five hundred incidents a day are told
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Clue:
    """One report as others are compared with it.

    `tie` orders reports the same way wherever and whenever they arrive. Days are ordinals, `published` too. `alone`:
    its article tells no other incident. Words are numbers (extractors/linking/words.py).
    """

    article: int
    report_id: int
    tie: int
    country: str
    sub_event_type: str
    first_day: int
    last_day: int
    time_precision: str
    latitude: float | None
    longitude: float | None
    geo_precision: str
    alone: bool
    words: frozenset[int]
    article_words: frozenset[int]
    place_words: frozenset[int]
    figures: tuple[Pair, ...]
    length: float = field(init=False)  # of `words` as a vector, and of `article_words`: asked for at every comparison
    article_length: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", _length(self.words))
        object.__setattr__(self, "article_length", _length(self.article_words))

    @property
    def assumed(self) -> bool:
        """Does the article leave the day open?"""
        return self.time_precision == "assumed"


@lru_cache(maxsize=REMEMBERED)
def _length(words: frozenset[int]) -> float:
    """As length_of: reports of one great incident are compared again and again."""
    return length_of(words)


def report_words(passage: str, place: str, title: str | None) -> frozenset[int]:
    """The words of a report: its passage and place, with the headline where it is the article's first."""
    return words_of(passage, place, title or "")


def article_words(title: str | None, body: str) -> frozenset[int]:
    """The words of headline and lead."""
    return words_of(title or "", " ".join(body.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS]))


def rarest(words: Collection[int], count: int) -> list[int]:
    """The words of these that tell most, in an order that depends on nothing else."""
    listed = weights()
    return sorted(words, key=lambda word: (-listed.get(word, 1.0), word))[:count]

"""A count of people as a record, and what is asked of the words it is made of."""

from dataclasses import dataclass, replace

from extractors.arabic.clitics import MEANING, PRONOUN_NUMBER
from extractors.arabic.lexicon import LexicalEntry, Match
from extractors.records import Qualifier


@dataclass(frozen=True, slots=True)
class Count:
    """How many, in tokens first..last; `noun` is the word for whom, where one stands there.

    implied: the noun counts by itself; definite: it speaks of somebody known; bare: a number without a noun.
    """

    first: int
    last: int
    min: int | None
    max: int | None
    qualifier: Qualifier
    noun: LexicalEntry | None = None
    side: str | None = None  # an actor category that something else than the noun says
    implied: bool = False
    definite: bool = False
    unknown: bool = False  # a number before a word that no lexicon knows
    sides: frozenset[str] = frozenset()  # the actor categories of all whom it adds up

    @property
    def category(self) -> str | None:
        """The actor category of the noun, or what stands beside it."""
        return self.side if self.side or self.noun is None else self.noun.get("category")


def by_first(matches: list[Match]) -> dict[int, Match]:
    """Matches by their first token, the first of equals."""
    return {match.first: match for match in reversed(matches)}


def is_definite(match: Match) -> bool:
    """Whether a word bears the article."""
    return "the" in MEANING.get(match.before, ())


def pronoun_count(match: Match) -> Count | None:
    """«مقتله»: one; «مقتلهم» does not say how many."""
    number = PRONOUN_NUMBER.get(match.after)
    if number is None:
        return None
    return Count(match.first, match.last, number, number, "exact", implied=True, definite=True)


def sides_of(count: Count) -> frozenset[str]:
    """The actor categories that a count speaks of."""
    return count.sides or (frozenset() if count.category is None else frozenset({count.category}))


def added(one: Count, other: Count) -> Count:
    """Two counts as one that spans both."""
    low = None if one.min is None or other.min is None else one.min + other.min
    high = None if one.max is None or other.max is None else one.max + other.max
    qualifier = one.qualifier if one.qualifier != "exact" else other.qualifier
    return replace(
        one,
        sides=sides_of(one) | sides_of(other),
        first=min(one.first, other.first),
        last=max(one.last, other.last),
        min=low,
        max=high,
        qualifier=qualifier,
    )

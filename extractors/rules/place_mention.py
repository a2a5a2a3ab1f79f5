"""A place as an article names it, and how strongly an article speaks of each country."""

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from extractors.places.gazetteer import Place
from extractors.records import GeoPrecision


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in tokens first..last (`written_first` includes the word for its sort)."""

    first: int
    last: int
    written_first: int
    place: Place | None  # None: a name after a word for places that the table does not know
    role: str  # see locate.py and language/ar/place_cues.toml
    precision: GeoPrecision
    joined: bool = False  # listed beside the place named before it («في رفح وخان يونس»)
    again: bool = False  # with its preposition told anew («في رفح وفي خان يونس»)
    clitics: int = 0  # letters written on to its first word that are no part of the name


@dataclass(frozen=True, slots=True)
class Countries:
    """How strongly a text speaks of each country."""

    weights: Counter[str]

    def best(self) -> str | None:
        """The country spoken of most; None where none is."""
        return max(self.weights, key=lambda code: (self.weights[code], code)) if self.weights else None


def uncontradicted(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """«مديرية الوادي في محافظة مأرب»: a place is not in another country than the province told right behind it."""
    kept = []
    for mention, behind in zip_longest(mentions, mentions[1:]):
        if behind is None or not (_holds(behind, mention) and _apart(behind.place, mention.place)):
            kept.append(mention)
    return kept


def _apart(one: Place | None, other: Place | None) -> bool:
    """Whether two places lie in two countries."""
    if one is None or other is None or other.precision == "country":
        return False
    return one.country != other.country


def _holds(behind: PlaceMention, mention: PlaceMention) -> bool:
    """«مديرية … في محافظة …», «منطقة … من معتمدية …»: whether the place behind another is told as the one around it."""
    if behind.joined or behind.written_first - mention.last > 1:
        return False
    sorted_out = behind.written_first < behind.first and behind.role in ("in", "out")
    return sorted_out or (behind.precision == "admin" and behind.role == "in")

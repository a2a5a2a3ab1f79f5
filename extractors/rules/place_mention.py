"""A place as an article names it, and how strongly an article speaks of each country."""

from collections import Counter
from dataclasses import dataclass

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

"""A scene -> the places it names, each settled to one place of the table, with what the words before say of it.

A name that many places bear is settled by the article's other places, the adjectives of nations in it, and the
publisher's country. A name that is a word too counts only after a word that speaks of places.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.places.gazetteer import Gazetteer, Place, gazetteer
from extractors.records import GeoPrecision
from extractors.rules.distance import kilometres
from extractors.rules.knowledge import knowledge
from extractors.rules.place_names import ARTICLE, PlaceName, find_names, heads
from extractors.rules.scene import Scene

_LOCATIVE = frozenset(form for form, means in MEANING.items() if "prep" in means)
_NAMED_WEIGHT = 2
_GREAT = 200_000  # people: a city known without its country
_LOOK_BACK = 4
_LARGE = frozenset({"country"})
_PARTS = frozenset({"quarter"})
_TOWN_KM = 40.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in tokens first..last (`written_first` includes the word for its sort)."""

    first: int
    last: int
    written_first: int
    place: Place | None  # None: a name after a word for places that the table does not know
    role: str  # in, cue, from, to, office, care, border, or plain
    precision: GeoPrecision
    joined: bool = False  # listed beside the place named before it («في رفح وخان يونس»)
    clitics: int = 0  # letters written on to its first word that are no part of the name


@dataclass(frozen=True, slots=True)
class Countries:
    """How strongly a text speaks of each country."""

    weights: Counter[str]

    def best(self) -> str | None:
        """The country spoken of most; None where none is."""
        return max(self.weights, key=lambda code: (self.weights[code], code)) if self.weights else None


class PlaceReader:
    """Finds and settles the places of one scene."""

    def __init__(self, scene: Scene, table: Gazetteer | None = None) -> None:
        self.scene = scene
        self.table = table or gazetteer()
        self.words = knowledge()
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.openers = {m.first for m in scene.found["place_roles"]} | {m.first for m in scene.found["grammar"]}
        self.roles: dict[int, list[Match]] = {}
        for match in scene.found["place_roles"]:
            self.roles.setdefault(match.last, []).append(match)

    def read(self) -> tuple[list[PlaceMention], Countries]:
        """All place mentions in order, and the weight of each country in the text."""
        named = find_names(self.scene.tokens, self.table, self._counts)
        countries = self._countries(named)
        towns = self._towns(named, countries)
        mentions = [mention for name in named if (mention := self._settled(name, countries, towns)) is not None]
        known = {token for mention in mentions for token in range(mention.first, mention.last)}
        mentions.extend(self._unknown(known))
        return sorted(mentions, key=lambda mention: mention.first), countries

    def _counts(self, name: PlaceName) -> bool:
        """Whether a name may be a place here: one that is a word too only behind a word for its sort."""
        if name.phrase not in self.table.words and not self._is_word(name):
            return True
        return self._cue(name.first) is not None

    def _is_word(self, name: PlaceName) -> bool:
        known = self.words.peeler.readings(name.phrase)
        return any(not reading.before and not reading.after for reading in known) and not any(
            place.kind in _LARGE for place in name.options
        )

    # ------------------------------------------------------------ settling which place is meant

    def _countries(self, named: list[PlaceName]) -> Countries:
        """Countries by what surely speaks of them: names, provinces, great cities, adjectives, the publisher."""
        weights: Counter[str] = Counter()
        for name in named:
            codes = {place.country for place in name.options if place.country and _is_large(place)}
            if len(codes) == 1:
                weights[codes.pop()] += _NAMED_WEIGHT if name.options[0].kind == "country" else 1
        for form, kind in zip(self.forms, self.kinds, strict=True):
            if kind == "w":
                for code in _adjective(form):
                    weights[code] += 1
        if self.scene.text.country:
            weights[self.scene.text.country] += 1
        return Countries(weights)

    def _towns(self, named: list[PlaceName], countries: Countries) -> list[Place]:
        """The towns and provinces of the text, by which its quarters and sites are told from their namesakes."""
        found = []
        for name in named:
            cue = self._cue(name.first)
            place = max(name.options, key=lambda option: self._likelihood(option, name, cue, countries))
            if place.precision in ("city", "admin") and place.country in countries.weights:
                found.append(place)
        return found

    def _settled(self, name: PlaceName, countries: Countries, towns: list[Place]) -> PlaceMention | None:
        """The place meant; None for a small one of a country or a town that nothing else in the text speaks of."""
        cue = self._cue(name.first)
        place = max(name.options, key=lambda o: self._likelihood(o, name, cue, countries) + _support(o, towns))
        if not _is_large(place) and place.country not in countries.weights:
            return None
        if place.kind in _PARTS and _support(place, towns) < 0:
            return None
        role = self._role(name)
        first = cue.first if cue is not None else name.first
        before = cue.before if cue is not None else name.before
        joined = "conj" in MEANING.get(before, ()) or self._listed(first)
        return PlaceMention(name.first, name.last, first, place, role, place.precision, joined, _letters(before))

    def _listed(self, first: int) -> bool:
        """Whether a mark or a word of adding stands before a place."""
        return first > 0 and (
            self.kinds[first - 1] == "p" or any(m.entry.get("role") == "also" for m in self.roles.get(first, ()))
        )

    def _likelihood(self, place: Place, name: PlaceName, cue: Match | None, countries: Countries) -> float:
        weight = 3.0 * min(countries.weights.get(place.country or "", 0.0), 4.0)
        weight += math.log10(max(place.population or 100, 100)) / 2
        if "minor" in place.flags:
            weight -= 6.0
        if place.country in self._neighbours(name):
            weight += 8.0
        if place.kind == "country":
            weight += 1.5
        if cue is not None:
            weight += 3.0 if cue.entry.get("precision") == place.precision else -1.0
        elif place.precision == "admin" and place.kind == "admin1":
            weight -= 0.5
        return weight

    def _neighbours(self, name: PlaceName) -> set[str]:
        """Countries named just behind: «طرابلس الليبية», «صور في جنوب لبنان»."""
        codes: set[str] = set()
        for token in range(name.last, min(name.last + 4, len(self.forms))):
            if self.kinds[token] != "w":
                break
            codes.update(_adjective(self.forms[token]))
            for _, head in heads(self.forms[token]):
                for key in self.table.names.get(head, ()):
                    place = self.table.places[key]
                    if place.kind == "country" and place.country:
                        codes.add(place.country)
        return codes

    # ------------------------------------------------------------ what the words before say

    def _cue(self, first: int) -> Match | None:
        cues = [match for match in self.roles.get(first, ()) if match.entry.get("role") == "cue"]
        return cues[0] if cues else None

    def _role(self, name: PlaceName) -> str:
        start = name.first
        if any(match.first == start and match.entry.get("role") == "care" for match in self.scene.found["place_roles"]):
            return "care"
        if self._heads_title(name):
            return "headline"
        cue = self._cue(start)
        if cue is not None:
            start = cue.first
        nearest = self._word_role(start)
        if nearest is not None:
            return nearest
        if cue is None and "to" in MEANING.get(name.before, ()):
            return "for"
        if name.before in _LOCATIVE or (cue is not None and cue.before in _LOCATIVE):
            return "in"
        return "cue" if cue is not None else "plain"

    def _heads_title(self, name: PlaceName) -> bool:
        """«صفاقس : …»: a place that a headline begins with, set off by a mark."""
        return (
            name.first == 0
            and self.scene.tokens.starts[0] < self.scene.body_at
            and name.last < len(self.forms)
            and self.kinds[name.last] == "p"
        )

    def _word_role(self, start: int) -> str | None:
        """The role that a word gives, up to a few tokens before; a nearer word outweighs."""
        for back in range(_LOOK_BACK):
            at = start - back
            roles = [m.entry.get("role") for m in self.roles.get(at, ()) if m.entry.get("role") not in ("cue", "also")]
            if roles and (back == 0 or roles[0] in ("from", "care", "office", "to")):
                return str(min(roles, key=_ROLE_ORDER.index))
            if at - 1 < 0 or self.kinds[at - 1] != "w":
                return None
        return None

    # ------------------------------------------------------------ places that the table does not know

    def _unknown(self, known: set[int]) -> list[PlaceMention]:
        found: list[PlaceMention] = []
        for matches in self.roles.values():
            for match in matches:
                if match.entry.get("role") != "cue" or match.last >= len(self.forms):
                    continue
                if match.last in known or self.kinds[match.last] != "w" or match.after:
                    continue
                if "the" in MEANING.get(match.before, ()) or match.last in self.openers:
                    continue
                found.append(
                    PlaceMention(
                        match.last,
                        match.last + 1,
                        match.first,
                        None,
                        self._unknown_role(match),
                        match.entry.attributes["precision"],
                        clitics=_letters(match.before),
                    )
                )
        return found

    def _unknown_role(self, cue: Match) -> str:
        if any(m.first == cue.first and m.entry.get("role") == "care" for m in self.roles.get(cue.last, ())):
            return "care"
        nearest = self._word_role(cue.first)
        return nearest or ("in" if cue.before in _LOCATIVE else "cue")


@lru_cache(maxsize=65536)
def _adjective(form: str) -> tuple[str, ...]:
    """The country that an adjective speaks of, where it is one alone."""
    adjectives = gazetteer().adjectives
    codes = adjectives.get(form) or adjectives.get(form.removeprefix(ARTICLE), ())
    return codes if len(codes) == 1 else ()


def _letters(before: str) -> int:
    """How many letters of a clitic are no part of the name: the article stays."""
    if "the" not in MEANING.get(before, ()):
        return len(before)
    return len(before) - len(ARTICLE) if before.endswith(ARTICLE) else 0


def _support(place: Place, towns: list[Place]) -> float:
    """What the towns of a text say for a quarter or a site: that it is one of theirs, or another's."""
    if place.precision != "exact" or not any(town.country == place.country for town in towns):
        return 0.0
    for town in towns:
        apart = kilometres(place, town)
        if apart is not None and apart < (_TOWN_KM if town.precision == "city" else 2 * _TOWN_KM):
            return 5.0
        if town.admin1 and town.admin1 == place.admin1:
            return 4.0
    return -5.0


def _is_large(place: Place) -> bool:
    return place.kind in ("country", "admin1", "region", "sea") or (place.population or 0) >= _GREAT


_ROLE_ORDER = ["from", "care", "border", "to", "office", "in", "near"]

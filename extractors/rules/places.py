"""A scene -> the places it names, each settled to one place of the table, with what the words before say of it.

A name that many places bear is settled by the article's other places, the adjectives of nations in it, and the
publisher's country. A name that is a word too counts only after a word that speaks of places, and where something else
speaks for its country.
"""

import math
from collections import Counter
from dataclasses import replace

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.places.gazetteer import Place, gazetteer
from extractors.rules.bearings import part_of
from extractors.rules.capitals import Capitals
from extractors.rules.distance import kilometres
from extractors.rules.place_mention import Countries, PlaceMention, uncontradicted
from extractors.rules.place_names import PlaceName, find_names
from extractors.rules.place_words import ARE_WORDS, NATIONS, PlaceWords, adjectives, letters
from extractors.rules.scene import Scene
from extractors.rules.unknown_places import UnknownPlaces

_NAMED_WEIGHT = 2
_GREAT = 200_000  # people: a city known without its country
_KNOWN_HERE = 100_000  # people: a city that a paper of its country means though its name is a word
_METROPOLIS = 500_000  # people: a city that is meant though its name stands for a government too
_ELSEWHERE = frozenset({"from", "care", "to", "border", "road"})
_PARTS = frozenset({"quarter"})
_WIDE = ("admin1", "region")
_TOWN_KM = 40.0
_QUARTER_KM = 20.0  # from the middle of a great city to its last quarter
_NEXT = 14  # tokens within which a town is next to a quarter


class PlaceReader:
    """Finds and settles the places of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.table = gazetteer()
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.words = PlaceWords(scene)
        self.cues: dict[int, Match] = {}
        self._beside: dict[int, set[str]] = {}

    def read(self) -> tuple[list[PlaceMention], Countries]:
        """All place mentions in order, and the weight of each country in the text."""
        named = find_names(self.scene.tokens, self.table, self._counts)
        self.cues = self._cues(named)
        countries = self._countries(named)
        towns = self._towns(named, countries)
        mentions = [mention for name in named if (mention := self._settled(name, countries, towns)) is not None]
        mentions = uncontradicted(mentions)
        unknown = UnknownPlaces(self.scene, self.words, self.table, mentions).read(countries)
        capitals = Capitals(self.scene, self.words, self.table, mentions).read(countries)
        told = self._chained(sorted((*mentions, *unknown, *capitals), key=lambda m: m.first))
        return [self.words.caused(mention) for mention in told], countries

    def _cues(self, named: list[PlaceName]) -> dict[int, Match]:
        """The word for the sort of each name, by its first token; of names joined by "and" the first one's holds."""
        cues: dict[int, Match] = {}
        for before, name in zip([None, *named], named, strict=False):
            cue = self.words.cue(name.first)
            if cue is None and "conj" in MEANING.get(name.before, ()):
                known = before is not None and before.last == name.first
                cue = cues.get(before.first) if before and known else self.words.cue_of_several(name.first - 1)
            if cue is not None:
                cues[name.first] = cue
        return cues

    def _counts(self, name: PlaceName) -> bool:
        """Whether a name may be a place here: one that is a word too only behind a word that speaks of places."""
        if name.first in self.words.outlets:
            return False
        if not ARE_WORDS[name.phrase] or self.words.heads_title(name):
            return True
        cue = self.words.cue(name.first)
        if cue is not None:
            if name.phrase not in self.table.strict:
                return True
            return self.words.adjoins(cue, name.first) and any(_introduces(cue, place) for place in name.options)
        return self.words.located(name)

    def _doubtful(self, name: PlaceName) -> bool:
        """Whether only a preposition makes a name a place: its country must be spoken for by something else."""
        if not ARE_WORDS[name.phrase] or self.words.cue(name.first) is not None:
            return False
        great = any((place.population or 0) >= _METROPOLIS for place in name.options)
        return not (great and name.phrase not in self.table.words and self.words.located(name))

    # ------------------------------------------------------------ settling which place is meant

    def _countries(self, named: list[PlaceName]) -> Countries:
        """Countries by what surely speaks of them: names, provinces, great cities, adjectives, the publisher."""
        weights: Counter[str] = Counter(filter(None, [self.scene.text.country]))
        disputed: dict[str, tuple[PlaceName, str, set[str]]] = {}  # a name of several countries speaks for one once
        for name in named:
            large = {place.country for place in name.options if place.country and _is_large(place)}
            if len(large) != 1 or self._doubtful(name) or name.phrase in self.table.strict:
                continue
            others = {place.country for place in name.options if place.country and "minor" not in place.flags} - large
            if others:
                disputed[name.phrase] = (name, large.pop(), others)
            else:
                weights[large.pop()] += _NAMED_WEIGHT if name.options[0].kind == "country" else 1
        for name, code, others in disputed.values():
            if not any(weights[other] > weights[code] for other in others):
                weights[code] += _NAMED_WEIGHT if name.options[0].kind == "country" else 1
        known = adjectives()
        for form in self.forms:
            if form in known:
                weights.update(known[form])
        return Countries(weights)

    def _towns(self, named: list[PlaceName], countries: Countries) -> list[tuple[int, Place]]:
        """The towns and provinces of the text, by which its quarters and sites are told from their namesakes."""
        found = []
        for name in named:
            cue = self.cues.get(name.first)
            place = max(name.options, key=lambda option: self._likelihood(option, name, cue, countries))
            if place.precision in ("city", "admin") and place.country in countries.weights:
                found.append((name.first, place))
        return found

    def _settled(self, name: PlaceName, countries: Countries, towns: list[tuple[int, Place]]) -> PlaceMention | None:
        """The place meant; None for a small one of a country or a town that nothing else in the text speaks of."""
        cue = self.words.cue(name.first)
        place = max(
            name.options,
            key=lambda o: (
                self._likelihood(o, name, self.cues.get(name.first), countries) + self._support(o, name, towns)
            ),
        )
        if not self._supported(place, name, countries) or _is_namesake(place, self.cues.get(name.first)):
            return None
        if place.kind in _PARTS and self._support(place, name, towns) < 0:
            return None
        first = cue.first if cue is not None else name.first
        before = cue.before if cue is not None else name.before
        joined = "conj" in MEANING.get(before, ()) or self.words.listed(first)
        again, role, clitics = self.words.told_anew(first), self.words.role(name), letters(before)
        return self._directed(
            PlaceMention(name.first, name.last, first, place, role, place.precision, joined, again, clitics)
        )

    def _supported(self, place: Place, name: PlaceName, countries: Countries) -> bool:
        """Whether the text speaks of a place's country strongly enough for what kind of name this is."""
        strict = name.phrase in self.table.strict
        if not self._doubtful(name):
            return (_is_large(place) and not strict) or place.country in countries.weights
        if place.country not in countries.weights:
            return False
        known_here = place.kind == "admin1" or (place.population or 0) >= _KNOWN_HERE
        return not strict or (known_here and place.country == countries.best())

    def _directed(self, mention: PlaceMention) -> PlaceMention:
        """«شمال العراق»: a part of a country is a region of its own."""
        bearing = self.words.bearing(mention.written_first)
        if bearing is None or mention.place is None or mention.place.kind != "country":
            return mention
        part = part_of(mention.place, bearing.entry.attributes["bearing"], bearing.entry.attributes["name_en"])
        if part is None:
            return mention
        role = self.words.word_role(bearing.first) or "in"
        return replace(
            mention,
            written_first=bearing.first,
            place=part,
            precision=part.precision,
            role=role,
            clitics=letters(bearing.before),
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
        elif not _sorts(cue, place) and place.precision != "exact" and _is_countrys_name(place, name):
            weight -= 3.0
        if cue is not None:
            weight += _fit(cue, place)
        elif place.precision == "admin" and place.kind == "admin1":
            weight -= 0.5
        return weight

    def _neighbours(self, name: PlaceName) -> set[str]:
        """Countries named just behind: «طرابلس الليبية», «صور في جنوب لبنان»."""
        known = self._beside.get(name.last)
        if known is not None:
            return known
        codes = self._beside[name.last] = set()
        for token in range(name.last, min(name.last + 4, len(self.forms))):
            if self.kinds[token] != "w":
                break
            codes.update(NATIONS[self.forms[token]])
        return codes

    def _support(self, place: Place, name: PlaceName, towns: list[tuple[int, Place]]) -> float:
        """What the towns of a text say for a quarter or a site: that it is one of theirs, or another's."""
        if place.precision != "exact":
            return 0.0
        others = [
            (at, town) for at, town in towns if town.country == place.country and not name.first <= at < name.last
        ]
        if not others:
            return 0.0
        beside = [(abs(at - name.first), town) for at, town in others if abs(at - name.first) <= _NEXT]
        if beside and place.kind in _PARTS:
            others = [min(beside, key=lambda pair: pair[0])]
        reach = _QUARTER_KM if beside and place.kind in _PARTS else _TOWN_KM
        support = max(_kinship(place, town, reach) for _, town in others)
        return max(support, 0.0) if self._bears_its_town(place, name) else support

    def _bears_its_town(self, place: Place, name: PlaceName) -> bool:
        """«مخيم جنين»: a name that says itself where it is."""
        towns = (self.table.places[key] for key in self.table.names.get(name.phrase.partition(" ")[2], ()))
        return any(town.kind == "city" and _kinship(place, town, _TOWN_KM) > 0 for town in towns)

    def _chained(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """«مقيم بالقناطر الخيرية - القليوبية»: what holds of a place holds of the one told right behind it."""
        chained: list[PlaceMention] = []
        for mention in mentions:
            before = chained[-1] if chained else None
            if before is not None and mention.role == "out" and mention.written_first - before.last == 1:
                mention = replace(mention, role=before.role)  # noqa: PLW2901 («المرسى من ولاية تونس»)
            if mention.role == "belongs":
                whole = before is not None and self.words.lies_in(before, mention)
                mention = replace(mention, role=before.role if before and whole else "from")  # noqa: PLW2901
            if before is not None and before.role in _ELSEWHERE and before.precision != "country":
                between = range(before.last, mention.written_first)
                marked = len(between) == 1 and self.kinds[between[0]] == "p" and mention.role == "plain"
                within = before.role == "road" and mention.role == "in"  # «بطريق … بمحافظة …»: where the road is
                if marked or (not between and mention.role in ("in", "plain", "cue") and not within):
                    chained.append(replace(mention, role=before.role))
                    continue
            chained.append(mention)
        return chained


def _kinship(place: Place, town: Place, reach: float) -> float:
    """Whether a quarter or a site is one of a town's or a province's; `reach` is how far a town's may lie, in km."""
    apart = kilometres(place, town)
    if apart is not None and apart < (reach if town.precision == "city" else 2 * reach):
        return 5.0
    same = town.admin1 and town.admin1 == place.admin1 and (town.precision != "city" or reach >= _TOWN_KM)
    return 4.0 if same else -5.0


def _introduces(cue: Match, place: Place) -> bool:
    kinds = cue.entry.get("kinds")
    return kinds is None or place.kind in kinds


def _sorts(cue: Match | None, place: Place) -> bool:
    """Whether a word for the sort of a place stands before it and is one for its kind: «سواحل الجزائر» is none."""
    return cue is not None and _introduces(cue, place)


def _is_namesake(place: Place, cue: Match | None) -> bool:
    """«حي الرياض», «شارع بغداد»: a quarter or a street is not the city whose name it has."""
    return cue is not None and bool(cue.entry.get("only")) and not _introduces(cue, place)


def _fit(cue: Match, place: Place) -> float:
    """How well the word for its sort fits a place."""
    if cue.entry.get("kind") == place.kind or cue.entry.get("precision") == place.precision:
        return 3.0
    kinds = cue.entry.get("kinds", ())
    return 2.0 - kinds.index(place.kind) / 2 if place.kind in kinds else -1.0


def _is_countrys_name(place: Place, name: PlaceName) -> bool:
    """Whether a city or a province bears its country's name: «في تونس» speaks of the country."""
    return any(option.kind == "country" and option.country == place.country for option in name.options)


def _is_large(place: Place) -> bool:
    return place.kind in ("country", "admin1", "region", "sea") or (place.population or 0) >= _GREAT

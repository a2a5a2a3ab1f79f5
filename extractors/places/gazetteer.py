"""The place table -> places by their folded names: what a name may mean, never which of its places is meant.

The table itself is places.tsv (made by deploy/make_places.py), with countries.tsv beside it for the adjectives and
words.tsv for names that are ordinary words or people's names too. It is read once and shared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from extractors.arabic.fold import fold, fold_form
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.memory import WordMemory
from extractors.records import GeoPrecision

PlaceKind = Literal["country", "admin1", "admin2", "region", "city", "town", "village", "quarter", "site", "sea"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table. Coordinates are degrees, None for a country and a sea; population is None where unknown.

    `admin1` is the English name of its province. `flags`: "minor" is a small far place that counts only where its
    country or province is named beside it.
    """

    id: str
    kind: PlaceKind
    precision: GeoPrecision
    country: str | None  # ISO 3166-1 alpha-2; None for a sea
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int | None
    flags: frozenset[str]
    name_en: str
    names: tuple[str, ...]  # as newspapers print them, the usual one first; none for a few provinces


class Places(Mapping[str, Place]):
    """The table by id. A line becomes a Place when it is asked for: few of them ever are, and the start is fast."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = {line.partition("\t")[0]: line for line in lines}
        self._made: dict[str, Place] = {}

    def __getitem__(self, key: str) -> Place:
        """The place of that id; KeyError where there is none."""
        place = self._made.get(key)
        if place is None:
            place = self._made[key] = _place(self._lines[key])
        return place

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The table by its keys. Every key is a folded name with single spaces."""

    places: Places
    names: dict[str, tuple[str, ...]]  # -> ids, the likeliest first: by kind, then by population
    named: WordMemory[tuple[Place, ...]]  # -> the places of those ids
    provinces: dict[tuple[str, str], str]  # -> ids, by country and English name
    adjectives: dict[str, tuple[str, ...]]  # -> country codes: weak evidence
    words: frozenset[str]  # names that are other words too: they need a cue (the city of, in, …) before they count
    strict: frozenset[str]  # those of them for which "in" is not enough: they need a word for their kind
    capitals: dict[str, Place]  # by country; a disputed one is not there
    common: frozenset[str]  # words that follow a word for places without being a name: a fuel station
    openers: frozenset[str]  # words that begin names of two words
    several: tuple[str, ...]  # words for the sort of more than one place
    describing: tuple[str, ...]  # endings of words that describe the place before them: a military base

    def find(self, name: str) -> tuple[Place, ...]:
        """The places that bear this name, as written or folded."""
        phrase = fold_form(name)
        return self.named[phrase] if phrase in self.names else ()

    def province(self, place: Place) -> Place | None:
        """The province that a place lies in; None where it is not known."""
        if place.admin1 is None:
            return None
        key = self.provinces.get((place.country or "", place.admin1))
        return None if key is None else self.places[key]


_EMPTY: frozenset[str] = frozenset()
_FLAGS: dict[str, frozenset[str]] = {"": _EMPTY}


def _lines(path: Traversable) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]


def _rows(path: Traversable) -> list[list[str]]:
    return [line.split("\t") for line in _lines(path)]


def _place(line: str) -> Place:
    key, kind, precision, country, admin1, lat, lon, people, flags, name_en, names = line.split("\t")
    known = _FLAGS.get(flags)
    if known is None:
        known = _FLAGS[flags] = frozenset(flags.split())
    return Place(
        key,
        kind,  # type: ignore[arg-type]
        precision,  # type: ignore[arg-type]
        country or None,
        admin1 or None,
        float(lat) if lat else None,
        float(lon) if lon else None,
        int(people) if people else None,
        known,
        name_en,
        tuple(filter(None, names.split(", "))),
    )


def _names(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Folded name -> ids in the table's order of likelihood. Folded in one piece: a third of the time of one by one."""
    cells = fold("\n".join(line.rpartition("\t")[2] for line in lines)).text.split("\n")
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for line, cell in zip(lines, cells, strict=True):
        for name in cell.split(", "):
            if first.setdefault(name, line) is not line:
                several.setdefault(name, [first[name]]).append(line)
    found: dict[str, tuple[str, ...]] = {name: (line.partition("\t")[0],) for name, line in first.items() if name}
    for name, many in several.items():
        if name:
            found[name] = tuple(line.partition("\t")[0] for line in sorted(many, key=_rank))
    return found


def _share(names: dict[str, tuple[str, ...]], places: Places, cue: dict[str, list[str]]) -> None:
    """«مدينة زنجبار» may be every city of the name that stands behind the word, whatever place is printed with it."""
    heads = tuple(fold_form(sort) + " " for sort in cue["forms"])  # each one word
    for name, ids in names.items():
        behind = name.partition(" ")[2] if name.startswith(heads) else ""
        if behind in names:
            more = (key for key in names[behind] if key not in ids and places[key].kind in cue["kinds"])
            names[name] = (*ids, *more)


_WIDE = {"country": 0, "sea": 1, "region": 1}


def _rank(line: str) -> tuple[bool, int, int]:
    """Likelier places first: no small far ones before others, countries first, then by population."""
    row = line.split("\t")
    return "minor" in row[8], _WIDE.get(row[1], 2), -int(row[7] or 0)


def _adjectives(rows: list[list[str]], endings: list[str]) -> dict[str, tuple[str, ...]]:
    """Every inflected form of the adjectives -> the countries it speaks of."""
    found: dict[str, dict[str, None]] = {}
    for code, _, adjectives, _ in rows:
        for adjective in filter(None, adjectives.split(", ")):
            for ending in endings:
                found.setdefault(fold_form(adjective + ending), {})[code] = None
    return {form: tuple(codes) for form, codes in found.items()}


@cache
def gazetteer() -> Gazetteer:
    """The place table, read once."""
    here = files(__package__)
    lines = _lines(here / "places.tsv")
    places = Places(lines)
    names = _names(lines)
    provinces = [line.split("\t", 5) for line in lines if "\tadmin1\t" in line]
    words = _rows(here / "words.tsv")
    cues = read_lexicon("place_cues")
    _share(names, places, next(entry for entry in cues["entry"] if entry["id"] == "cue.city"))
    return Gazetteer(
        places=places,
        names=names,
        named=WordMemory(lambda phrase: tuple(places[key] for key in names[phrase])),
        provinces={(row[3], row[4]): row[0] for row in provinces},
        adjectives=_adjectives(_rows(here / "countries.tsv"), cues["adjective"]["endings"]),
        words=frozenset(name for verdict, name in words if verdict in ("word", "strict")),
        strict=frozenset(name for verdict, name in words if verdict == "strict"),
        capitals={code: places[key] for code, key, _ in _rows(here / "capitals.tsv") if key in places},
        openers=frozenset(map(fold_form, cues["openers"]["forms"])),
        several=tuple(map(fold_form, cues["several"]["forms"])),
        describing=tuple(map(fold_form, cues["describing"]["endings"])),
        common=frozenset(name for verdict, name in words if verdict == "common"),
    )

"""Towns of the world by how they sound: names that the place table lacks, found by their Latin ones.

A newspaper writes a far town's name by ear. Its consonants, with those that ears confuse taken as one, are the key; of
the towns of a country with that key the one whose whole name looks most alike is meant. The table is towns.tsv, made by
deploy/make_towns.py; a country is read when it is first asked for.
"""

import re
import tomllib
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from extractors.places.gazetteer import Place

_ALIKE, _SURE = 0.62, 0.8  # of 1: how alike the whole names must be; of names with a short key
_SHORT = 3  # consonants
_VILLAGE_BELOW = 2_000  # people
_TEXT = "utf-8"
_OPEN = "aioh"  # vowels, and what sounds like none: a name begins with one or not


class Town(NamedTuple):
    """A town as its line tells it; degrees, and 0 people where their number is unknown."""

    latitude: float
    longitude: float
    people: int
    name_en: str


class Sounds(NamedTuple):
    """How Arabic letters sound: see language/ar/sounds.toml."""

    classes: dict[int, str]
    together: dict[str, str]
    latin: dict[int, str]

    def key(self, phrase: str) -> str:
        """The consonants of a folded phrase by their classes."""
        for pair, one in self.together.items():
            phrase = phrase.replace(pair, one)
        kept = "".join(self.classes.get(ord(letter), "") for letter in phrase)
        return re.sub(r"(.)\1+", r"\1", kept)

    def spelled(self, phrase: str) -> str:
        """A folded phrase in Latin letters, roughly."""
        return phrase.replace(" ", "").translate(self.latin)


@cache
def sounds() -> Sounds:
    """The sounds, read once."""
    data = tomllib.loads((files("extractors") / "language/ar/sounds.toml").read_text(_TEXT))
    classes = {ord(letter): name for name, letters in data["class"].items() for letter in letters}
    return Sounds(classes, data["together"], {ord(letter): latin for letter, latin in data["latin"].items()})


@cache
def _blocks() -> dict[str, str]:
    text = (files(__package__) / "towns.tsv").read_text(_TEXT)
    return {block[:2]: block[3:] for block in text.removeprefix("# ").split("\n# ")}


@cache
def _lines(country: str) -> dict[str, list[str]]:
    """The lines of a country's towns by how they sound. Few are ever asked for, so they stay lines."""
    found: dict[str, list[str]] = {}
    for line in _blocks().get(country, "").splitlines():
        for key in line.partition("\t")[0].split(" "):
            found.setdefault(key, []).append(line)
    return found


def _town(line: str) -> Town:
    _, latitude, longitude, people, name_en = line.split("\t")
    return Town(float(latitude), float(longitude), int(people or 0), name_en)


@lru_cache(maxsize=4096)
def towns_like(phrase: str, country: str) -> tuple[Place, ...]:
    """The towns of a country whose name sounds like a folded phrase, the likeliest first; few, and mostly none."""
    key = sounds().key(phrase)
    if len(key) < _SHORT - 1:
        return ()
    least = _SURE if len(key) < _SHORT else _ALIKE
    written = sounds().spelled(phrase)
    weighed = [(_likeness(written, town), town) for town in map(_town, _lines(country).get(key, ()))]
    alike = sorted(
        ((like, town) for like, town in weighed if like >= least), key=lambda p: (-round(p[0], 1), -p[1].people)
    )
    return tuple(_place(town, country) for _, town in alike)


_VOWELS = str.maketrans(
    {"e": "i", "y": "i", "u": "o", "w": "o", "z": "s", "v": "f", "p": "b", "c": "k", "q": "k", "j": "g"}
)


def _likeness(written: str, town: Town) -> float:
    name = re.sub("[^a-z]", "", town.name_en.lower()).translate(_VOWELS)
    if (written[:1] in _OPEN) != (name[:1] in _OPEN):
        return 0.0
    return SequenceMatcher(None, written, name, autojunk=False).ratio()


def _place(town: Town, country: str) -> Place:
    village = 0 < town.people < _VILLAGE_BELOW
    return Place(
        id=f"{country}:{town.name_en}:{town.latitude}:{town.longitude}",
        kind="village" if village else "town",
        precision="exact" if village else "city",
        country=country,
        admin1=None,
        latitude=town.latitude,
        longitude=town.longitude,
        population=town.people or None,
        flags=frozenset(),
        name_en=town.name_en,
        names=(),
    )

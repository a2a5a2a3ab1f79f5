"""A written word -> the known words it may be, with what is written on to them peeled off."""

import tomllib
from collections.abc import Callable, Collection, Iterator
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.arabic.fold import fold_form
from extractors.arabic.memory import WordMemory

_SHORTEST_STEM = 2


class Reading(NamedTuple):
    """One way to read a word: what stands before the known stem, the stem, what stands after it."""

    before: str
    stem: str
    after: str


def _data() -> dict[str, Any]:
    return tomllib.loads(files("extractors").joinpath("language/ar/clitics.toml").read_text("utf-8"))


def _load() -> tuple[frozenset[str], dict[str, frozenset[str]], str, str]:
    data = _data()
    enclitics = data["enclitics"]
    means = {fold_form(form): frozenset(meaning) for form, meaning in data["proclitics"].items()}
    after = frozenset(map(fold_form, enclitics["pronouns"]))
    return after, means, fold_form(enclitics["feminine"]), fold_form(enclitics["joined"])


def _numbers() -> tuple[dict[str, int], frozenset[str], tuple[str, ...]]:
    enclitics = _data()["enclitics"]
    numbers = {fold_form(form): 1 for form in enclitics["one"]} | {fold_form(form): 2 for form in enclitics["two"]}
    people = frozenset(map(fold_form, enclitics["people"]))
    return numbers, people, tuple(map(fold_form, enclitics["agreeing"]))


PRONOUN_NUMBER, THEM, AGREEING = _numbers()
_AFTER, MEANING, _FEMININE, _FEMININE_JOINED = _load()
AND, BY, TO, ARTICLE = (
    next(form for form, means in MEANING.items() if means == {meaning}) for meaning in ("conj", "prep", "to", "the")
)
_LONGEST_BEFORE, _LONGEST_AFTER = max(map(len, MEANING)), max(map(len, _AFTER))
_FIRST, _LAST = frozenset(form[0] for form in MEANING), frozenset(form[-1] for form in _AFTER)
_OWNED = frozenset(before for before, means in MEANING.items() if "the" in means)  # behind these no pronoun


class Peeler:
    """Reads words against a vocabulary of known folded words; remembers what it has read."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._known = frozenset(vocabulary)
        self._memory = WordMemory(self.read)
        self.readings: Callable[[str], tuple[Reading, ...]] = self._memory.__getitem__
        """All readings of a folded word whose stem is known: the whole word first, then the shortest peel."""

    def read(self, word: str) -> tuple[Reading, ...]:
        """All readings of a folded word, not remembered."""
        if word[:1] not in _FIRST and word[-1:] not in _LAST:
            return (Reading("", word, ""),) if word in self._known else ()
        return tuple(dict.fromkeys(self._read(word)))

    def _read(self, word: str) -> Iterator[Reading]:
        known = self._known
        if word in known:
            yield Reading("", word, "")
        pronoun = word[-1:] in _LAST
        for before in ("", *proclitics(word)):
            rest = word[len(before) :]
            if len(rest) < _SHORTEST_STEM:
                continue
            if before and rest in known:
                yield Reading(before, rest, "")
            if pronoun and before not in _OWNED:
                yield from self._without_pronoun(before, rest)

    def _without_pronoun(self, before: str, rest: str) -> Iterator[Reading]:
        for length in range(min(_LONGEST_AFTER, len(rest) - _SHORTEST_STEM - 1), 0, -1):
            after = rest[-length:]
            if after not in _AFTER:
                continue
            stem = rest[:-length]
            if stem in self._known:
                yield Reading(before, stem, after)
            if stem.endswith(_FEMININE_JOINED) and stem[:-1] + _FEMININE in self._known:
                yield Reading(before, stem[:-1] + _FEMININE, after)


def proclitics(word: str) -> list[str]:
    """The clitics that a written word may begin with, the longest first."""
    if word[:1] not in _FIRST:
        return []
    heads = [word[:length] for length in range(min(_LONGEST_BEFORE, len(word)), 0, -1)]
    return [head for head in heads if head in MEANING]

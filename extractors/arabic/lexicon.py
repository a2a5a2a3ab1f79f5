"""Lexicon files -> one phrase index; tokens -> the entries that stand in them.

An entry is a table in a TOML file: an `id`, its `forms` as newspapers print them, perhaps `inflect`, the name of a
paradigm, and attributes of its own dimension. Its `examples` must match and its `rejects` must not: they are tests.

In a form `…` stands for up to GAP words. A word with `=` before it must stand bare, without clitics.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.arabic.clitics import Peeler, Reading
from extractors.arabic.fold import fold_form
from extractors.arabic.memory import WordMemory
from extractors.arabic.tokens import Tokens, kind_of

GAP = 4
_GAP_SIGN = "\u2026"
_BARE_SIGN = "="


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: compared by identity
class LexicalEntry:
    """One entry of a lexicon: its dimension (the file's name), id and attributes."""

    dimension: str
    id: str
    attributes: Mapping[str, Any]
    shadow: bool = False  # it only keeps others from being read into it
    get: Callable[..., Any] = field(init=False, repr=False)  # an attribute, or the default: asked all the time

    def __post_init__(self) -> None:
        object.__setattr__(self, "get", self.attributes.get)


class Match(NamedTuple):
    """An entry found in tokens first..last (last excluded), with the clitics before and after it."""

    first: int
    last: int
    entry: LexicalEntry
    before: str
    after: str


_match: Callable[[tuple[int, int, LexicalEntry, str, str]], Match] = partial(tuple.__new__, Match)
"""Match(*columns) in half its time: an article has hundreds."""


@cache  # several readers take their part of one file
def _language_file(name: str) -> dict[str, Any]:
    return tomllib.loads(files("extractors").joinpath(f"language/ar/{name}.toml").read_text("utf-8"))


def _paradigms() -> dict[str, Any]:
    return {name: rules for name, rules in _language_file("paradigms").items() if name not in ("example", "pronoun")}


def inflect(form: str, paradigm: str, paradigms: Mapping[str, Any]) -> Iterator[str]:
    """All forms that a paradigm makes of a folded form; of a phrase its first word is inflected."""
    head, _, rest = form.partition(" ")
    tail = f" {rest}" if rest else ""
    rules = paradigms[paradigm]
    for ending, before, after in rules["steps"]:
        if head.endswith(ending):
            yield before + head[: len(head) - len(ending)] + after + tail
    stem = head[1:] if head.startswith(rules.get("present_drops", "\0")) else head
    for before in rules.get("present_before", ()):
        for after in rules["present_after"]:
            yield before + stem + after + tail


def read_lexicon(name: str) -> dict[str, Any]:
    """The lexicon file language/ar/NAME.toml as it stands: its `entry` tables and whatever else it holds."""
    return _language_file(name)


def entry_forms(table: Mapping[str, Any], paradigms: Mapping[str, Any]) -> Iterator[str]:
    """Every folded form of an entry's table."""
    for written in table["forms"]:
        form = _without_particle(fold_form(written))
        if "inflect" in table:
            yield from inflect(form, table["inflect"], paradigms)
        else:
            yield form


def _without_particle(form: str) -> str:
    """A preposition that a form ends in is for its reader: in a text it is written on to the next word."""
    head, _, last = form.rpartition(" ")
    return head if head and len(last) == 1 and last != _GAP_SIGN else form


class _Node:
    """Where a phrase has come to: the entries that may end here, and the words by which they may go on."""

    __slots__ = ("bare", "ends", "followers", "gap", "goes_on")

    def __init__(self) -> None:
        self.ends: list[LexicalEntry] = []
        self.followers: dict[str, _Node] = {}
        self.bare: dict[str, _Node] = {}  # the words that must stand without clitics
        self.gap: dict[str, _Node] = {}  # the words that may follow after others
        self.goes_on = False

    def grow(self, word: str, *, after_gap: bool) -> "_Node":
        """The node behind a word, made where it is new."""
        self.goes_on = True
        nodes = self.gap if after_gap else self.bare if word.startswith(_BARE_SIGN) else self.followers
        word = word if after_gap else word.removeprefix(_BARE_SIGN)
        node = nodes.get(word)
        if node is None:
            node = nodes[word] = _Node()
        return node

    def all_behind(self, reading: Reading) -> "Iterator[_Node]":
        """The nodes behind a first word; a form that bars clitics is entered by the bare word alone."""
        for nodes in (self.followers,) if reading.before else (self.followers, self.bare):
            if reading.stem in nodes:
                yield nodes[reading.stem]


class _Beginning(NamedTuple):
    """What a written word is by itself, the nodes that it leads to, and how it may be read inside a phrase."""

    alone: tuple[tuple[LexicalEntry, str, str], ...]  # each with the clitics before and after it
    onwards: tuple[tuple[_Node, Reading], ...]
    readings: tuple[Reading, ...]


_NOTHING = _Beginning((), (), ())


class PhraseIndex:
    """All phrases of all lexicons in one tree of words, walked once over an article."""

    def __init__(self) -> None:
        self._root = _Node()
        self._words: set[str] = set()
        self._peeler: Peeler | None = None
        self._starts = WordMemory(self._begin)

    def add(self, form: str, entry: LexicalEntry) -> None:
        """Enter a folded form; not after the first search."""
        node, after_gap = self._root, False
        for word in form.split():
            if word == _GAP_SIGN:
                after_gap = True
                continue
            node, after_gap = node.grow(word, after_gap=after_gap), False
            self._words.add(word.lstrip(_BARE_SIGN))
        node.ends.append(entry)

    def peeler(self) -> Peeler:
        """The reader of words over the vocabulary of all phrases."""
        if self._peeler is None:
            self._peeler = Peeler(self._words)
        return self._peeler

    def find(self, tokens: Tokens) -> list[Match]:
        """Every entry that stands in the tokens, once, in order of its first token; overlaps are left to the caller."""
        matches: list[Match] = []
        walk = _Walk(tokens, self._starts)
        for first, (alone, onwards, _) in enumerate(map(self._starts.__getitem__, tokens.forms)):
            for entry, before, after in alone:
                matches.append(_match((first, first + 1, entry, before, after)))
            for node, reading in onwards:
                walk.go(node, first, first + 1, reading)
            if onwards and walk.matches:
                matches.extend(_once(walk.matches))
                walk.matches.clear()
        return matches

    def _begin(self, form: str) -> _Beginning:
        """What a written word is by itself, and where the tree may be entered by it."""
        readings = self.peeler().read(form) if kind_of(form) == "w" else ()
        if not readings:
            return _NOTHING
        alone: dict[LexicalEntry, tuple[LexicalEntry, str, str]] = {}
        onwards: list[tuple[_Node, Reading]] = []
        for reading in readings:
            # A word may be read with its article peeled and with it: an entry stands once.
            for node in self._root.all_behind(reading):
                for entry in node.ends:
                    alone.setdefault(entry, (entry, reading.before, reading.after))
                if node.goes_on:
                    onwards.append((node, reading))
        return _Beginning(tuple(alone.values()), tuple(onwards), readings)


class _Walk:
    """The phrases of several words in a text, and which of them were found."""

    def __init__(self, tokens: Tokens, starts: WordMemory[_Beginning]) -> None:
        self.matches: list[Match] = []
        self._forms, self._kinds = tokens.forms, tokens.kinds
        self._starts = starts

    def go(self, node: _Node, first: int, at: int, head: Reading) -> None:
        """Go on from a node along the tokens from `at`."""
        if at >= len(self._forms):
            return
        followers, bare = node.followers, node.bare
        for reading in self._starts[self._forms[at]].readings:
            follower = followers.get(reading.stem)
            if follower is None and bare and not reading.before:
                follower = bare.get(reading.stem)
            if follower is not None:
                self._arrive(follower, first, at + 1, head, reading)
        if node.gap:
            self._go_over_gap(node.gap, first, at, head)

    def _arrive(self, node: _Node, first: int, at: int, head: Reading, tail: Reading) -> None:
        for entry in node.ends:
            self.matches.append(Match(first, at, entry, head.before, tail.after))
        if node.goes_on:
            self.go(node, first, at, head)

    def _go_over_gap(self, wanted: dict[str, _Node], first: int, at: int, head: Reading) -> None:
        for further in range(at, min(at + GAP + 1, len(self._forms))):
            kind = self._kinds[further]
            if kind in "bp" and self._forms[further] not in "\"'":
                return
            for reading in self._starts[self._forms[further]].readings:
                follower = wanted.get(reading.stem)
                if follower is not None:
                    self._arrive(follower, first, further + 1, head, reading)


def _once(matches: list[Match]) -> Iterable[Match]:
    """Matches, each entry once at its span."""
    if len(matches) == 1:
        return matches
    kept: dict[tuple[int, LexicalEntry], Match] = {}
    for match in matches:
        kept.setdefault((match.last, match.entry), match)
    return kept.values()


def load_lexicons(names: Iterable[str]) -> PhraseIndex:
    """The phrase index of the named lexicon files."""
    index, paradigms = PhraseIndex(), _paradigms()
    before_pronoun: dict[str, str] = _language_file("paradigms")["pronoun"]
    for name in names:
        for table in read_lexicon(name).get("entry", ()):
            attributes = {
                key: value for key, value in table.items() if key not in ("id", "forms", "examples", "rejects")
            }
            entry = LexicalEntry(name, table["id"], attributes, bool(table.get("shadow")))
            for form in dict.fromkeys(entry_forms(table, paradigms)):
                index.add(form, entry)
                if form.endswith(before_pronoun["plural"]) and " " not in form:
                    index.add(form.removesuffix(before_pronoun["plural"]) + before_pronoun["joined"], entry)
    return index

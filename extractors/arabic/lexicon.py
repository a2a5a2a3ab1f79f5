"""Lexicon files -> one phrase index; tokens -> the entries that stand in them.

An entry is a table in a TOML file: an `id`, its `forms` as newspapers print them, perhaps `inflect`, the name of a
paradigm, and attributes of its own dimension. Its `examples` must match and its `rejects` must not: they are tests.

In a form `…` stands for up to GAP words. A word with `=` before it must stand bare, without clitics.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from extractors.arabic.clitics import Peeler, Reading
from extractors.arabic.fold import fold_form
from extractors.arabic.tokens import Tokens

GAP = 4
_GAP_SIGN = "\u2026"
_BARE_SIGN = "="
_END = ""


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: compared by identity
class LexicalEntry:
    """One entry of a lexicon: its dimension (the file's name), id and attributes."""

    dimension: str
    id: str
    attributes: Mapping[str, Any]

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 (attributes are what the TOML holds)
        """An attribute, or the default where the entry does not have it."""
        return self.attributes.get(name, default)


class Match(NamedTuple):
    """An entry found in tokens first..last (last excluded), with the clitics before and after it."""

    first: int
    last: int
    entry: LexicalEntry
    before: str
    after: str


def _language_file(name: str) -> dict[str, Any]:
    return tomllib.loads(files("extractors").joinpath(f"language/ar/{name}.toml").read_text("utf-8"))


def _paradigms() -> dict[str, Any]:
    return {name: rules for name, rules in _language_file("paradigms").items() if name != "example"}


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


class PhraseIndex:
    """All phrases of all lexicons in one tree of words, walked once over an article."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}
        self._words: set[str] = set()
        self._starts: dict[str, tuple[tuple[dict[str, Any], Reading], ...]] = {}  # by written word, as they are met

    def add(self, form: str, entry: LexicalEntry) -> None:
        """Enter a folded form."""
        node = self._tree
        for word in form.split():
            node = node.setdefault(word, {})
            self._words.add(word.lstrip(_BARE_SIGN))
        node.setdefault(_END, []).append(entry)

    def peeler(self) -> Peeler:
        """A reader of words over the vocabulary of all phrases."""
        return Peeler(self._words)

    def find(self, tokens: Tokens, readings: list[tuple[Reading, ...]]) -> list[Match]:
        """Every entry that stands in the tokens, in order of its first token; overlaps are left to the caller."""
        matches: list[Match] = []
        starts = self._starts
        for first, form in enumerate(tokens.forms):
            heads = starts.get(form)
            if heads is None:
                heads = starts[form] = self._heads(readings[first])
            for node, reading in heads:
                self._walk(node, first, first + 1, reading, reading, tokens, readings, matches)
        return matches

    def _heads(self, readings: tuple[Reading, ...]) -> tuple[tuple[dict[str, Any], Reading], ...]:
        """Where the tree may be entered by a word read so; a form that bars clitics only by the bare word."""
        found: list[tuple[dict[str, Any], Reading]] = []
        for reading in readings:
            keys = (reading.stem,) if reading.before else (reading.stem, _BARE_SIGN + reading.stem)
            found.extend((self._tree[key], reading) for key in keys if key in self._tree)
        return tuple(found)

    def _walk(
        self,
        node: dict[str, Any],
        first: int,
        at: int,
        head: Reading,
        tail: Reading,
        tokens: Tokens,
        readings: list[tuple[Reading, ...]],
        matches: list[Match],
    ) -> None:
        matches.extend(Match(first, at, entry, head.before, tail.after) for entry in node.get(_END, ()))
        if len(node) == (_END in node) or at >= len(readings):
            return
        for reading in readings[at]:
            follower = node.get(reading.stem) or (not reading.before and node.get(_BARE_SIGN + reading.stem))
            if follower:
                self._walk(follower, first, at + 1, head, reading, tokens, readings, matches)
        gap = node.get(_GAP_SIGN)
        if gap is not None:
            for further in range(at, min(at + GAP + 1, len(readings))):
                if tokens.kinds[further] in "bp" and tokens.forms[further] not in "\"'":
                    break
                for reading in readings[further]:
                    follower = gap.get(reading.stem)
                    if follower:
                        self._walk(follower, first, further + 1, head, reading, tokens, readings, matches)


def load_lexicons(names: Iterable[str]) -> PhraseIndex:
    """The phrase index of the named lexicon files."""
    index, paradigms = PhraseIndex(), _paradigms()
    for name in names:
        for table in read_lexicon(name).get("entry", ()):
            attributes = {
                key: value for key, value in table.items() if key not in ("id", "forms", "examples", "rejects")
            }
            entry = LexicalEntry(name, table["id"], attributes)
            for form in dict.fromkeys(entry_forms(table, paradigms)):
                index.add(form, entry)
    return index

"""Lexicon entries -> a table from written words to readings, for dimensions that are read word by word.

Every form is entered with each clitic that may be written on to it, so that reading a token is one look-up.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from extractors.arabic.clitics import ARTICLE, MEANING, TO
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import LexicalEntry

_THE, _TO, _FUTURE = "the", "to", "future"
_SWALLOWS = TO  # the alef of the article falls after it


class Word(NamedTuple):
    """What stands at a token: the entry, the clitics before it, and the token after it."""

    entry: LexicalEntry
    role: str
    value: Any
    before: str
    last: int

    @property
    def means(self) -> frozenset[str]:
        """What the clitics before it add: "conj", "the" and the like."""
        return MEANING.get(self.before, frozenset())


class WordTable:
    """Forms of one or more words, found by their first word; the longest form at a token is its reading."""

    def __init__(self, dimension: str, tables: Iterable[Mapping[str, Any]]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], LexicalEntry, str]]] = {}
        for table in tables:
            entry = _entry(dimension, table)
            for written in table["forms"]:
                self._enter(fold_form(written), entry, articled=written.startswith(ARTICLE))
        for found in self._phrases.values():
            # The longest first; of equals the form that stands as entered comes before a peeled one.
            found.sort(key=lambda phrase: (-len(phrase[0]), len(phrase[2])))
        self.firsts = frozenset(self._phrases)

    def _enter(self, form: str, entry: LexicalEntry, *, articled: bool) -> None:
        head, *rest = form.split()
        spared = {fold_form(word) for word in entry.get("except", ())}
        shapes = [(head, "")] if entry.get("bare") or not head.isalpha() else clitic_forms(head, articled=articled)
        for surface, before in shapes:
            if surface not in spared:
                self._phrases.setdefault(surface, []).append((tuple(rest), entry, before))

    def read(self, forms: Sequence[str], at: int) -> Word | None:
        """The entry that stands at token `at`, or None."""
        phrases = self._phrases.get(forms[at])
        if phrases is None:
            return None
        for rest, entry, before in phrases:
            last = at + 1 + len(rest)
            if not rest or tuple(forms[at + 1 : last]) == rest:
                return Word(entry, entry.attributes["role"], entry.attributes.get("value"), before, last)
        return None


def _entry(dimension: str, table: Mapping[str, Any]) -> LexicalEntry:
    hidden = ("id", "forms", "examples", "rejects")
    return LexicalEntry(dimension, table["id"], {key: value for key, value in table.items() if key not in hidden})


def clitic_forms(word: str, *, articled: bool) -> list[tuple[str, str]]:
    """The folded word as it may be written, each with the clitics before it; `articled` where it has its article."""
    shapes = [(word, "")]
    for before, means in MEANING.items():
        if _FUTURE in means or (articled and _THE in means):
            continue
        swallowed = articled and before.endswith(_SWALLOWS)
        shapes.append((before + (_SWALLOWS + word[len(ARTICLE) :] if swallowed else word), before))
    return shapes


class LookBack:
    """Forms of one or more words, found by their last word: what stands just before a token."""

    def __init__(self, dimension: str, tables: Iterable[Mapping[str, Any]]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], LexicalEntry]]] = {}
        for table in tables:
            entry = _entry(dimension, table)
            for written in table["forms"]:
                self._enter(fold_form(written), entry, articled=written.startswith(ARTICLE))
        for found in self._phrases.values():
            found.sort(key=lambda phrase: -len(phrase[0]))
        self.lasts = frozenset(self._phrases)

    def _enter(self, form: str, entry: LexicalEntry, *, articled: bool) -> None:
        head, *rest = form.split()
        shapes = [(head, "")] if entry.get("bare") or not head.isalpha() else clitic_forms(head, articled=articled)
        if entry.get("annexed"):  # stands before its name, so never with the article
            shapes = [shape for shape in shapes if _THE not in MEANING.get(shape[1], ())]
        for surface, _ in shapes:
            *start, last = surface, *rest
            self._phrases.setdefault(last, []).append((tuple(start), entry))

    def read(self, before: Sequence[str]) -> tuple[LexicalEntry, int] | None:
        """The entry that ends the words `before`, and how many words it takes; the longest wins."""
        for start, entry in self._phrases.get(before[-1], ()) if before else ():
            size = len(start)
            if not start or tuple(before[-1 - size : -1]) == start:
                return entry, size + 1
        return None

"""Text -> folded text with its way back: the one normaliser, used on lexicons and articles alike.

Folding never merges words or moves them; it changes letters and drops marks. Each character of the folded text knows
the offset of the character it came from, so that what is found in it can be shown in the stored text.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from extractors.arabic.memory import WordMemory


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `offsets[i]` is where text[i] stood, and the last one is the length of the original."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that text[start:end] came from, marks on its last letter included."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end]


def _load() -> tuple[dict[int, str], re.Pattern[str]]:
    data = tomllib.loads(files("extractors").joinpath("language/ar/fold.toml").read_text("utf-8"))
    table = {ord(letter): entry["to"] for entry in data["map"].values() for letter in entry["from"]}
    table |= {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table[0xA0] = " "
    ranges = "".join(f"\\u{low}-\\u{high}" for low, high in data["drop"]["ranges"])
    return table, re.compile(f"[{ranges}]|[\\uFB50-\\uFDFF\\uFE70-\\uFEFC]")


_TABLE, _UNEVEN = _load()
_LETTERS = [(chr(letter), to) for letter, to in _TABLE.items()]
_LONG = 200  # characters, from which on to look for each letter in turn is quicker than to look each character up


def fold(text: str) -> Folded:
    """Fold `text`; offsets count characters of `text`."""
    even = _without_marks(text)
    return Folded(fold_letters(even.text), even.offsets)


def fold_letters(text: str) -> str:
    """A text without marks, its letters folded one by one: their number and their places stay."""
    if len(text) < _LONG:
        return text.translate(_TABLE)
    for letter, to in _LETTERS:
        text = text.replace(letter, to)
    return text


def _without_marks(text: str) -> Folded:
    """The first half of folding: what is dropped is gone, presentation forms are plain; letters are not folded yet."""
    if not _UNEVEN.search(text):
        return Folded(text, range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _UNEVEN.finditer(text):
        at = match.start()
        shown = _PRESENTED[match.group()]
        pieces += text[done:at], shown
        offsets.extend(range(done, at))
        offsets.extend([at] * len(shown))
        done = at + 1
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Folded("".join(pieces), offsets)


def _presented(mark: str) -> str:
    """A presentation form as its plain letters, folded; nothing for a dropped mark."""
    plain = unicodedata.normalize("NFKC", mark)
    return "" if plain == mark else "".join(part for part in plain.translate(_TABLE) if not _UNEVEN.match(part)).strip()


_PRESENTED = WordMemory(_presented)


def fold_form(form: str) -> str:
    """A lexicon's form as folded text alone, with single spaces."""
    return " ".join(fold(form).text.split())

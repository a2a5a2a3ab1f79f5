"""Text -> tokens: words, numbers and punctuation, folded, each with its span in the original text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.arabic.fold import Folded, fold_letters
from extractors.arabic.memory import WordMemory

# A number keeps its separators, of both scripts; digits glued to letters part from them.
_TOKEN = re.compile(r"(\d+(?:[.,\u066b\u066c]\d+)*|[^\W\d_]+|\n+|[^\w\s]|_)")
_KIND = re.compile(r"(?P<n>\d)|(?P<w>[^\W_])|(?P<b>\n)|(?P<p>.)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as parallel columns, which is faster to walk than objects.

    forms: the folded token (a line feed for a paragraph break)
    kinds: "w" word, "n" number, "p" punctuation, "b" paragraph break
    starts, ends: offsets into the original text
    """

    forms: Sequence[str]
    kinds: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets into the original of tokens first..last (last excluded)."""
        return self.starts[first], self.ends[last - 1]


def _form(written: str) -> str:
    return "\n" if written[0] == "\n" else fold_letters(written)


def _kind(form: str) -> str:
    match = _KIND.match(form)
    assert match is not None
    return str(match.lastgroup)


_FORMS = WordMemory(_form)
_KINDS = WordMemory(_kind)


def kind_of(form: str) -> str:
    """The kind of a token by its form."""
    return _KINDS[form]


def tokenize(text: Folded) -> Tokens:
    """Split a text into tokens, whether its letters are folded or its marks alone; spaces are not kept."""
    pieces = _TOKEN.split(text.text)  # what stands between tokens, and tokens, in turn
    forms = list(map(_FORMS.__getitem__, pieces[1::2]))
    kinds = "".join(map(_KINDS.__getitem__, forms))
    borders = list(accumulate(map(len, pieces)))
    starts: Sequence[int] = borders[:-1:2]
    ends: Sequence[int] = borders[1::2]
    if not isinstance(text.offsets, range):
        where = text.offsets
        starts, ends = [where[at] for at in starts], [where[at - 1] + 1 for at in ends]
    return Tokens(forms, kinds, starts, ends)

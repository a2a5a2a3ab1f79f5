"""Text -> tokens: words, numbers and punctuation, folded, each with its span in the original text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.arabic.fold import Folded
from extractors.arabic.memory import WordMemory

# A number keeps its separators; digits glued to letters part from them; of line feeds the first is a token.
# Words are Arabic nearly always: a range of letters is told sooner than letters of any script.
_TOKEN = re.compile(r"([\u0621-\u064a]+[^\W\d_]*|\d+(?:[.,]\d+)*|[^\W\d_]+|(?<!\n)\n|[^\w\s]|_)")


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


def _kind(form: str) -> str:
    if form[0].isdecimal():
        return "n"
    if form[0].isalnum():
        return "w"
    return "b" if form[0] == "\n" else "p"


_KINDS = WordMemory(_kind)


def kind_of(form: str) -> str:
    """The kind of a token by its form."""
    return _KINDS[form]


def tokenize(text: Folded) -> Tokens:
    """Split a folded text into tokens; spaces are not kept."""
    pieces = _TOKEN.split(text.text)  # what stands between tokens, and tokens, in turn
    forms = pieces[1::2]
    kinds = "".join(map(_KINDS.__getitem__, forms))
    borders = list(accumulate(map(len, pieces)))
    starts: Sequence[int] = borders[:-1:2]
    ends: Sequence[int] = borders[1::2]
    if not isinstance(text.offsets, range):
        where = text.offsets
        starts, ends = [where[at] for at in starts], [where[at - 1] + 1 for at in ends]
    return Tokens(forms, kinds, starts, ends)

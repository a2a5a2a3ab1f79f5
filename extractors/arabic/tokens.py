"""Folded text -> tokens: words, numbers and punctuation, each with its span in the original text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.arabic.fold import Folded

# A number keeps its separators; digits glued to letters part from them.
_TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+)|(?P<break>\n+)|(?P<punct>[^\w\s]|_)")


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


_KINDS = " nwbp"  # by the number of the pattern's group


def tokenize(folded: Folded) -> Tokens:
    """Split a folded text into tokens; spaces are not kept."""
    forms: list[str] = []
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offsets = folded.offsets
    for match in _TOKEN.finditer(folded.text):
        kind = _KINDS[match.lastindex or 0]
        start, end = match.span()
        forms.append(match.group() if kind != "b" else "\n")
        kinds.append(kind)
        starts.append(offsets[start])
        ends.append(offsets[end - 1] + 1)
    return Tokens(forms, "".join(kinds), starts, ends)

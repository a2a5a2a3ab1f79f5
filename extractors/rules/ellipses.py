"""Numbers whose word is left out because the one before them has it: «قتل 29 شخصا في درعا، و24 في حماة، و16 في حمص»."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.arabic.clitics import AND, BY
from extractors.arabic.sentences import Sentence
from extractors.records import FigureRole
from extractors.rules.count import Count
from extractors.rules.counts import CountReader

if TYPE_CHECKING:
    from extractors.rules.figures import FigureMention

_TOLLS = frozenset({"killed", "injured"})
_REACH = 14  # tokens of a place between a number and the next
_SHORT = 3  # letters


class EllipsisReader:
    """Reads the numbers of one scene that lean on a toll before them."""

    def __init__(self, counts: CountReader) -> None:
        self.counts = counts
        self.forms = counts.forms

    def read(self, told: "list[FigureMention]", sentence: Sentence, taken: set[int]) -> "Iterator[FigureMention]":
        """The numbers in a sentence that follow on a toll, each with its place; not in tokens that are `taken`."""
        tolls = [figure for figure in told if figure.kind in _TOLLS and figure.count.qualifier != "some"]
        starts = sorted(at for at in self.counts.quantity_at if sentence.first <= at < sentence.last) if tolls else []
        for first in starts:
            base = max((f for f in tolls if f.last <= first), key=lambda f: f.last, default=None)
            part = self._parts(first)
            leans = base is not None and first not in taken and (part or self._joined(first))
            if base is None or not leans or not self._follows(base, first):
                continue
            count = self._placed(first, sentence)
            if count is not None:
                role: FigureRole = "part" if part else "total"
                tolls.append(replace(base, count=count, first=count.first, last=count.last, role=role))
                yield tolls[-1]

    def _joined(self, token: int) -> bool:
        return self.forms[token].startswith(AND) or (token > 0 and self.forms[token - 1] == AND)

    def _parts(self, token: int) -> bool:
        """«بينهم 5 في البلدة»: the first part of the toll before it."""
        behind = (self.counts.role(at, "subset") for at in (token - 1, token - 2))
        return any(word is not None and word.last == token for word in behind)

    def _follows(self, base: "FigureMention", token: int) -> bool:
        """Whether only the toll's own place stands between it and the number."""
        between = range(base.last, token)
        return len(between) <= _REACH and any(map(self._tells_where, between)) and not any(map(self._breaks, between))

    def _breaks(self, token: int) -> bool:
        person = token in self.counts.person_at and self.counts.role(token, "unit") is None  # «محافظة» is no governor
        return self.counts.tolls(token) or person

    def _placed(self, first: int, sentence: Sentence) -> Count | None:
        count = self.counts.quantified(self.counts.quantity_at[first], sentence.last)
        if count is None or count.noun is not None or count.last + 1 >= sentence.last:
            return None
        from_there = self.counts.role(count.last, "of") is not None  # «8 من داخل القسم»
        return count if self._tells_where(count.last + from_there) else None

    def _tells_where(self, token: int) -> bool:
        """«في حلب», «أمام المجلس», «بطنطا»."""
        form = self.forms[token]
        known = token in self.counts.grammar or token in self.counts.harm_at
        by = form.startswith(BY) and len(form) > _SHORT and not known
        return by or self.counts.role(token, "there") is not None

"""People told as one, or by their names -> how many they are: a gang of five, each of three names, ages one by one."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.arabic.clitics import AND
from extractors.arabic.lexicon import Match
from extractors.rules.count import Count

if TYPE_CHECKING:
    from extractors.rules.counts import CountReader
    from extractors.rules.numbers import Quantity

_SIZE_REACH = 10  # tokens between a gang and the word for its size
_NAMES_REACH = 14
_LIST_REACH = 70  # a list of names with ages, homes and trades
_LEAST, _MOST = 10, 99  # the ages of those who are listed by name


class GroupReader:
    """Reads groups and lists in one scene."""

    def __init__(self, counts: "CountReader") -> None:
        self.counts = counts
        self.forms = counts.forms

    @cached_property
    def _ages(self) -> set[int]:
        return {q.first for q in self.counts.scene.quantities if self._is_age(q)}

    def sized(self, group: Match, end: int) -> Count | None:
        """«شبكة متكونة من أربعة أشخاص»: four; a gang without a number is some, a family nobody in particular."""
        for token in range(group.last, min(group.last + _SIZE_REACH, end)):
            made = self.counts.role(token, "made.of")
            if made is not None:
                members = self.counts.at(made.last, end) if made.last < end else None
                return None if members is None else replace(members, first=group.first)
            if self.counts.tolls(token):
                break
        if not group.entry.get("some"):
            return None
        return Count(group.first, group.last, 2, None, "some", group.entry, implied=True)

    def members(self, person: Match, end: int) -> Count | None:
        """«عناصر شبكة متكونة من أربعة»: its members are as many as it."""
        group = self.counts.role(person.last, "group") if person.last < end else None
        count = None if group is None or person.entry.get("number") != "many" else self.sized(group, end)
        return None if count is None or count.qualifier == "some" else replace(count, first=person.first)

    def each_of(self, each: Match, end: int) -> Count | None:
        """«إصابة كل من فلان وفلان»: as many as have an age, else as are joined by "and"; at least two."""
        if self.counts.role(each.last, "does") is not None:  # «كل من يقف وراءها» is nobody that is counted
            return None
        aged = self.aged(each.last, end)
        last, names = each.last, 1
        for token in range(each.last, min(each.last + _NAMES_REACH, end)):
            if self.counts.role(token, "circumstance") or self.counts.tolls(token):
                break
            if self.forms[token].startswith(AND) and len(self.forms[token]) > len(AND) + 2:
                names += 1
            last = token + 1
        count = max(names, aged, 2)
        return Count(each.first, last, count, count, "exact", implied=True)

    def aged(self, first: int, end: int) -> int:
        """How many of a list of names are told with their age: «أحمد 24 سنة وسمير 31 سنة»."""
        return sum(at in self._ages for at in range(first, min(first + _LIST_REACH, end)))

    def _is_age(self, quantity: "Quantity") -> bool:
        """A number of years that tells no length of time: nothing before it says since, after or for."""
        if quantity.kind not in ("cardinal", "age") or not _LEAST <= (quantity.min or 0) <= _MOST:
            return False
        before = range(max(0, quantity.first - 2), quantity.first)
        spans = any(self.counts.role(at, role) for at in before for role in ("since", "cause"))
        return self.counts.role(quantity.last, "years") is not None and not spans

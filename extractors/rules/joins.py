"""A count -> the count with all whom "and" joins to it: «ثلاثة جنود وخمسة مدنيين»."""

from typing import TYPE_CHECKING

from extractors.arabic.clitics import AND, MEANING
from extractors.rules.count import Count, added, is_definite

if TYPE_CHECKING:
    from extractors.rules.counts import CountReader

_JOIN_REACH = 6
_NAME_REACH = 9  # a person's name with titles and forefathers
_SUSPECT = "Criminals"
_OPENS, _CLOSES = "(", ")"
_PARTS = frozenset({"circumstance", "subset", "by", "none", "between"})  # what ends a list of people


class JoinReader:
    """Reads what "and" joins in one scene."""

    def __init__(self, counts: "CountReader") -> None:
        self.counts = counts
        self._posts = {at for m in counts.scene.found.of("grammar", "post") for at in range(m.first, m.last)}

    def joined(self, count: Count, end: int) -> Count:
        """«ثلاثة جنود وخمسة مدنيين»: two groups of one verb are added up."""
        total = count
        while total.noun is not None or total.implied:
            more = self._further(total, end)
            if more is None:
                break
            total = added(total, more)
        return total

    def _further(self, count: Count, end: int) -> Count | None:
        """The next group that "and" joins, behind names, ages and adjectives of the one before."""
        bracket, passed = False, 0
        reach = _NAME_REACH if count.unknown or (count.implied and count.max == 1) else _JOIN_REACH
        for token in range(count.last, end):
            passed += not bracket
            if passed > reach or (self.counts.kinds[token] == "p" and self._ends_list(token)):
                break
            if self.counts.kinds[token] == "p":
                bracket = (bracket or self.counts.forms[token] == _OPENS) and self.counts.forms[token] != _CLOSES
            elif not bracket and token not in self._posts:
                if (together := self.counts.role(token, "with")) is not None:
                    return self._with(together.last, end)
                if self._stops_join(token):
                    break
                if self.counts.forms[token].startswith(AND) and (more := self._also(token, count, end)) is not None:
                    return more
        return None

    def _ends_list(self, token: int) -> bool:
        """Whether a mark ends it: no quote, and nothing right behind it that goes on («، وثلاثة من العاملين»)."""
        if self.counts.is_shell(token) or self.counts.role(token + 1, "with") is not None:
            return False
        behind = token + 1
        return not (behind in self.counts.quantity_at and self.counts.forms[behind].startswith(AND))

    def _with(self, token: int, end: int) -> Count | None:
        """«اعتقاله مع تسعة آخرين», «قتل رفقة زوجته»: others whom the same befell."""
        more = self.counts.one_at(token, end) if token < end else None
        if more is None or more.noun is None or more.qualifier == "some" or more.category == _SUSPECT:
            return None
        return None if more.definite and self.counts.has_article(more.first) else more

    def _stops_join(self, token: int) -> bool:
        roles = self.counts.grammar.get(token)
        if roles is not None and not _PARTS.isdisjoint(roles):
            return True
        return self.counts.tolls(token) or (token in self.counts.harm_at and self.counts.forms[token].startswith(AND))

    def _also(self, token: int, count: Count, end: int) -> Count | None:
        quantity = self.counts.quantity_at.get(token) or (
            self.counts.quantity_at.get(token + 1) if self.counts.forms[token] == AND else None
        )
        if quantity is not None:
            more = self.counts.quantified(quantity, end)
            return more if more is not None and more.noun is not None and not self._verb_follows(more, end) else None
        person = self.counts.person_at.get(token)
        if person is None or person.entry.get("number") not in ("one", "two", "two-of"):
            return None
        if "conj" not in MEANING.get(person.before, ()) or (is_definite(person) and not count.definite):
            return None
        more = self.counts.implied(person)
        if more is None or self._verb_follows(more, end) or self._same_one(count, more):
            return None
        return more

    def _same_one(self, count: Count, more: Count) -> bool:
        """«الصحفية والناشطة فلانة»: two words with the article right beside each other, and one name behind them."""
        beside = count.definite and more.definite and count.max == more.max == 1 and more.first == count.last
        if not beside or more.last >= len(self.counts.forms) or self.counts.kinds[more.last] != "w":
            return False
        at = more.last
        known = at in self.counts.grammar or at in self.counts.harm_at or at in self.counts.person_at
        return not known and not self.counts.has_article(at) and not self.counts.forms[at].startswith(AND)

    def _verb_follows(self, count: Count, end: int) -> bool:
        """«جندي وآخران أصيبا»: the second group has a verb of its own."""
        harm = self.counts.harm_at.get(count.last) if count.last < end else None
        return harm is not None and harm.entry.get("role") == "verb" and "conj" not in MEANING.get(harm.before, ())

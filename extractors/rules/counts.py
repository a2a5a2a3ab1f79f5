"""Tokens -> how many people stand there: a number with its noun, a noun that counts by itself, or several joined.

The codebook's table of qualifiers decides min and max. What is only measured (ages, distances, money, days), what is a
date, and what numbers things, is no count of people.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.arabic.lexicon import LexicalEntry, Match, read_lexicon
from extractors.rules.count import Count, by_first, is_definite
from extractors.rules.groups import GroupReader
from extractors.rules.joins import JoinReader
from extractors.rules.numbers import Quantity
from extractors.rules.scene import Scene

_SHELLS = frozenset("\"'()[]")
VAGUE = frozenset({"dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands", "millions"})
_FIGHTER, _FORCES = "fighter", "State forces"
_OTHER = "other"
TOLLS = frozenset({"act", "verb", "one", "met", "state"})
_ENDINGS = read_lexicon("persons")["endings"]
SOUND_PLURAL: tuple[str, ...] = tuple(_ENDINGS["plural"])
MANY: tuple[str, ...] = tuple(_ENDINGS["many"])


class CountReader:
    """Reads the counts of one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.person_at = by_first(scene.found["persons"])
        self.grammar: dict[int, dict[str, Match]] = {}
        for match in scene.found["grammar"]:
            self.grammar.setdefault(match.first, {}).setdefault(match.entry.attributes["role"], match)
        self.harm_at = by_first(scene.found["harm"])
        self._persons_end = {match.last: match for match in scene.found["persons"]}
        self.groups = GroupReader(self)
        self.joins = JoinReader(self)
        self._pointers = {
            "group": self.groups.sized,
            "one": self._one_of,
            "each": self.groups.each_of,
            "few": self._few_of,
        }

    # Numbers are read when something is there that they may count.

    @cached_property
    def quantity_at(self) -> dict[int, Quantity]:
        """The numbers that may count people, by their first token."""
        return {q.first: q for q in self.scene.quantities if self._counts(q)}

    @cached_property
    def numbered(self) -> set[int]:
        """The tokens of all numbers."""
        return {at for q in self.scene.quantities for at in range(q.first, q.last)}

    @cached_property
    def _quantity_end(self) -> dict[int, Quantity]:
        return {q.last: q for q in self.quantity_at.values()}

    @cached_property
    def _known_numbers(self) -> dict[int, Quantity]:
        whole = (q for q in self.scene.quantities if q.definite and q.kind == "cardinal" and q.unit is None)
        return {q.first: q for q in whole if q.qualifier not in VAGUE}

    def _counts(self, quantity: Quantity) -> bool:
        """Whether a number can count people: no measure, date or ordinal, and nobody told before (الثلاثة)."""
        vague = quantity.qualifier in VAGUE
        if quantity.kind != "cardinal" or quantity.unit is not None or (quantity.definite and not vague):
            return False
        return not any(d.first <= quantity.first < d.last for d in self.scene.dates)

    # ------------------------------------------------------------ what stands at a token

    def role(self, token: int, role: str) -> Match | None:
        """The grammar word of a role that begins at a token."""
        roles = self.grammar.get(token)
        return None if roles is None else roles.get(role)

    def tolls(self, token: int) -> bool:
        """Whether a word of harm to people begins at a token."""
        match = self.harm_at.get(token)
        return match is not None and match.entry.get("role") in TOLLS

    def is_thing(self, token: int) -> bool:
        """Whether a word for a thing that may be damaged or seized begins at a token."""
        match = self.harm_at.get(token)
        return match is not None and match.entry.get("role") == "thing"

    def is_shell(self, token: int) -> bool:
        """A quote or a bracket, through which the rules look."""
        return self.kinds[token] == "p" and self.forms[token] in _SHELLS

    def person_before(self, token: int) -> Match | None:
        """The noun of people that ends right before a token."""
        return self._persons_end.get(token)

    def quantity_before(self, token: int) -> Quantity | None:
        """The number that ends right before a token."""
        return self._quantity_end.get(token)

    # ------------------------------------------------------------ one count

    def at(self, token: int, end: int) -> Count | None:
        """The count that begins at a token, with all that is joined to it."""
        count = self.one_at(token, end)
        return None if count is None else self.joins.joined(count, end)

    def one_at(self, token: int, end: int) -> Count | None:
        """The count that begins at a token: a quantity with its noun, or a noun that counts by itself."""
        quantity = self.quantity_at.get(token)
        if quantity is not None:
            return self.quantified(quantity, end)
        if token in self.numbered:
            return self._third(token)
        pointed = self.grammar.get(token, {})
        for role, reader in self._pointers.items():
            if role in pointed and ((count := reader(pointed[role], end)) is not None or role != "group"):
                return count
        person = self.person_at.get(token)
        if person is None or self._is_adjective(person) or self.quantity_before(token) is not None:
            return None
        if person.entry.get("group") == _OTHER and is_definite(person):  # «والثالث»: one told before
            return None
        return self.groups.members(person, end) or self.implied(person)

    def _third(self, token: int) -> Count | None:
        """«وإصابة ثالث»: an ordinal that stands for a person."""
        person = self.person_at.get(token)
        if person is None or person.entry.get("group") != _OTHER or is_definite(person):
            return None
        return self.implied(person)

    def quantified(self, quantity: Quantity, end: int) -> Count | None:
        """The count of a number; None where it numbers things or is measured."""
        at = quantity.last
        while at < end and self.is_shell(at):
            at += 1
        if at < end and (self._measures(quantity, at) or self._numbers_things(at)):
            return None
        if self._is_age(quantity):
            return None
        person = self.person_at.get(at) or self._partitive(at) if at < end else None
        last, noun = (person.last, person.entry) if person is not None else (quantity.last, None)
        unknown = noun is None and self._is_unknown(at, end)
        side = self._side(last, noun)
        return Count(quantity.first, last, quantity.min, quantity.max, quantity.qualifier, noun, side, unknown=unknown)

    def _measures(self, quantity: Quantity, token: int) -> bool:
        """Whether a word stands there that a number measures; «تظاهر المئات اليوم» tells when."""
        unit = self.role(token, "unit")
        return unit is not None and not (quantity.definite and is_definite(unit))

    def _side(self, last: int, noun: LexicalEntry | None) -> str | None:
        """«ثلاثة عناصر من قوات الأمن»: fighters of the forces are theirs, where the noun alone says nothing of it."""
        if noun is None or noun.get("group") != _FIGHTER or self.role(last, "of") is None:
            return None
        return _FORCES if self.role(last + 1, "forces") else None

    def _is_age(self, quantity: Quantity) -> bool:
        """«يبلغ من العمر 30»: a word of age stands before the number, and no toll between them."""
        for token in range(quantity.first - 1, max(0, quantity.first - 4) - 1, -1):
            if self.tolls(token):
                return False
            if self.role(token, "age"):
                return True
        return False

    def _numbers_things(self, token: int) -> bool:
        return self.is_thing(token + 1 if self.role(token, "of") is not None else token)

    def _is_unknown(self, token: int, end: int) -> bool:
        """Whether a noun stands there that no lexicon knows: not a particle, no verb of harm, no adverb."""
        if token >= end or self.kinds[token] != "w" or len(self.forms[token]) < 3:
            return False
        return token not in self.grammar and token not in self.harm_at

    def _partitive(self, token: int) -> Match | None:
        """«ثلاثة من رجال الأمن»: the noun behind "of"."""
        return self.person_at.get(token + 1) if self.role(token, "of") is not None else None

    def _few_of(self, few: Match, end: int) -> Count | None:
        """«مجموعة من الشبان»: some."""
        noun = self.person_at.get(few.last) if few.last < end else None
        return Count(few.first, few.last, 2, None, "some", noun.entry if noun else None)

    def _one_of(self, one: Match, end: int) -> Count | None:
        """«أحد المشتبه بهم»: one; «أي شخص»: nobody in particular; «الأحد» is a day."""
        if is_definite(one):
            return None
        noun = self.person_at.get(one.last)
        if noun is None and one.entry.get("of") and not self._names_people(one.last, end):
            return None
        return Count(one.first, min(one.last + 1, end), 1, 1, "exact", noun.entry if noun else None)

    def _names_people(self, token: int, end: int) -> bool:
        """Whether a word that no lexicon knows is a sound plural, so of people."""
        return token < end and self.forms[token].endswith(SOUND_PLURAL) and not self._numbers_things(token)

    def _is_adjective(self, person: Match) -> bool:
        """«قوات الاحتلال الإسرائيلي»: a word that can describe, right behind a noun, counts nobody."""
        if not person.entry.get("adjective") or "conj" in MEANING.get(person.before, ()):
            return False
        before = person.first - 1
        return not (before < 0 or self.kinds[before] != "w" or before in self.harm_at or self._ends_harm(before))

    def _ends_harm(self, token: int) -> bool:
        return (
            any(m.last == token + 1 for m in self.scene.found["harm"]) or self.role(token, "circumstance") is not None
        )

    def implied(self, person: Match) -> Count | None:
        """The count of a noun by itself: a singular one, a dual two, a plural without number some."""
        number = person.entry.get("number")
        definite = self.is_known(person)
        if number == "one-or-two":  # «شخصا», but «زميلاه» and «سفيرا البلدين»
            number = "two" if person.after or self.has_article(person.last) else "one"
        if (definite or person.after) and number in ("many", "two-or-many"):
            return self._of_known_number(person)
        if number == "two-of":  # «والديه»
            number = "two" if person.after else "many"
        if number == "one":
            return Count(person.first, person.last, 1, 1, "exact", person.entry, implied=True, definite=definite)
        if number == "two":
            return Count(person.first, person.last, 2, 2, "exact", person.entry, implied=True, definite=definite)
        if definite or person.after or self.has_article(person.last):
            return None
        if number == "two-or-many":
            return Count(person.first, person.last, 2, 2, "exact", person.entry, implied=True)
        return Count(person.first, person.last, 2, None, "some", person.entry, implied=True)

    def _of_known_number(self, person: Match) -> Count | None:
        """«ركابها السبعة عشر», «الجنود الثلاثة»: a number with the article behind people with it."""
        number = self._known_numbers.get(person.last)
        if number is None:
            return None
        again = Count(person.first, number.last, number.min, number.max, number.qualifier, person.entry)
        return replace(again, definite=True)

    def is_known(self, person: Match) -> bool:
        """Whether a noun, or the last word of a phrase, bears the article."""
        return is_definite(person) or (person.last - person.first > 1 and self.has_article(person.last - 1))

    def has_article(self, token: int) -> bool:
        """Whether a word with the article stands at a token."""
        return token < len(self.forms) and self.kinds[token] == "w" and self.forms[token].startswith(ARTICLE)

    def between(self, first: int, last: int) -> Iterator[Match]:
        """The grammar words that begin in tokens first..last."""
        for token in range(max(first, 0), last):
            yield from self.grammar.get(token, {}).values()

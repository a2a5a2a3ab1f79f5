"""A scene -> the counts it gives of people harmed, held or gathered: what is counted, how many, and in which words.

The codebook's table of qualifiers decides min and max. A word that counts by itself (a dual, a singular) is a count
too. What is only measured (ages, distances, money, days) is none.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors.arabic.clitics import AGREEING as _AGREEING
from extractors.arabic.clitics import MEANING, PRONOUN_NUMBER
from extractors.arabic.lexicon import LexicalEntry, Match
from extractors.arabic.sentences import Sentence
from extractors.records import FigureKind, FigureRole, Qualifier
from extractors.rules.numbers import Quantity
from extractors.rules.scene import Scene

_VERB_REACH = 12
_ACT_REACH = 5
_BACK_REACH = 9
_SUBSET_REACH = 4
_AND = next(form for form, means in MEANING.items() if means == {"conj"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many, in tokens first..last; `noun` is the word for whom, where one stands there."""

    first: int
    last: int
    min: int | None
    max: int | None
    qualifier: Qualifier
    noun: LexicalEntry | None = None


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure found in the text: tokens first..last hold the word that says what befell and the count."""

    kind: FigureKind
    count: Count
    first: int
    last: int
    sentence: int
    role: FigureRole
    trigger: Match
    revised: bool = False


class FigureReader:
    """Reads the figures of one scene, sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.quantity_at = {q.first: q for q in scene.quantities}
        self.quantity_end = {q.last: q for q in scene.quantities}
        self.person_at = _by_first(scene.found["persons"])
        self.grammar = _by_first(scene.found["grammar"])
        self.harm = scene.found["harm"]
        self.harm_at = _by_first(self.harm)
        self.things = {m.first: m for m in self.harm if m.entry.get("role") == "thing"}

    # ------------------------------------------------------------ what stands at a token

    def _role(self, token: int, role: str) -> Match | None:
        match = self.grammar.get(token)
        return match if match is not None and match.entry.get("role") == role else None

    def _role_covers(self, token: int, role: str) -> bool:
        return any(m.entry.get("role") == role and m.first < token < m.last for m in self.scene.found["grammar"])

    def count_at(self, token: int, end: int) -> Count | None:
        """The count that begins at a token: a quantity with its noun, or a noun that counts by itself."""
        quantity = self.quantity_at.get(token)
        if quantity is not None:
            return self._quantified(quantity, end)
        person = self.person_at.get(token)
        if person is not None:
            return self._implied(person)
        one = self._role(token, "one")
        return None if one is None else Count(one.first, min(one.last + 1, end), 1, 1, "exact")

    def _quantified(self, quantity: Quantity, end: int) -> Count | None:
        if quantity.kind != "cardinal" or self._measures(quantity):
            return None
        person = self.person_at.get(quantity.last) or self._partitive(quantity.last)
        last, noun = (person.last, person.entry) if person is not None else (quantity.last, None)
        count = Count(quantity.first, last, quantity.min, quantity.max, quantity.qualifier, noun)
        return self._after_qualified(count, end)

    def _partitive(self, token: int) -> Match | None:
        """«ثلاثة من رجال الأمن»: the noun behind "of"."""
        return self.person_at.get(token + 1) if self._role(token, "of") is not None else None

    def _measures(self, quantity: Quantity) -> bool:
        if self._role(quantity.last, "unit") is not None:
            return True
        return any(self._role(back, "age") for back in range(max(0, quantity.first - 4), quantity.first))

    def _after_qualified(self, count: Count, end: int) -> Count:
        """«11 قتيلا على الأقل»: a qualifier behind the noun."""
        for token in range(count.last, min(count.last + 3, end)):
            post = self._role(token, "post")
            if post is not None and count.qualifier == "exact":
                return replace(count, max=None, qualifier=post.entry.get("qualifier"), last=post.last)
        return count

    def _implied(self, person: Match) -> Count | None:
        number = person.entry.get("number")
        definite = _definite(person)
        if number == "one":
            return Count(person.first, person.last, 1, 1, "exact", person.entry)
        if definite:
            return None
        if number in ("two", "two-or-many"):
            return Count(person.first, person.last, 2, 2, "exact", person.entry)
        return Count(person.first, person.last, 2, None, "some", person.entry)

    # ------------------------------------------------------------ the figures of a sentence

    def read(self, number: int) -> list[FigureMention]:
        """The figures told in a sentence."""
        sentence = self.scene.sentences[number]
        readers: dict[str, Callable[[Match, Sentence], Count | None]] = {
            "act": self._of_act,
            "verb": self._of_verb,
            "one": self._of_one,
        }
        mentions: list[FigureMention] = []
        for match in self.harm:
            reader = readers.get(match.entry.get("role", ""))
            if reader is None or not sentence.first <= match.first < sentence.last:
                continue
            count = reader(match, sentence)
            if count is not None:
                mentions.append(self._mention(match, count, number, sentence))
        return _without_repeats(mentions)

    def _mention(self, match: Match, count: Count, number: int, sentence: Sentence) -> FigureMention:
        first, last = min(match.first, count.first), max(match.last, count.last)
        count = self._joined(count, sentence.last)
        return FigureMention(
            kind=match.entry.attributes["kind"],
            count=count,
            first=first,
            last=max(last, count.last),
            sentence=number,
            role=self._figure_role(match, count, sentence),
            trigger=match,
            revised=any(
                m.entry.get("role") == "revised" and sentence.first <= m.first < sentence.last
                for m in self.scene.found["grammar"]
            ),
        )

    def _of_act(self, match: Match, sentence: Sentence) -> Count | None:
        if match.after:
            return None if self._of_the_dead(match) else _pronoun_count(match)
        at = match.last
        while at < sentence.last and self._act_follows(at):
            at = self.harm_at[at].last
        for token in range(at, min(at + _ACT_REACH, sentence.last)):
            count = self.count_at(token, sentence.last)
            if count is not None:
                return count
            if token in self.harm_at or self.kinds[token] == "p":
                return None
        return None

    def _act_follows(self, token: int) -> bool:
        other = self.harm_at.get(token)
        return other is not None and other.entry.get("role") == "act" and bool(other.before)

    def _of_verb(self, match: Match, sentence: Sentence) -> Count | None:
        end = min(match.first + _VERB_REACH, sentence.last)
        told = match.first + 1 if match.last - match.first > 1 else match.last
        plain = True  # until a circumstance is told: who stands behind it is not whom the verb counts
        for token in range(told, end):
            if token >= match.last and (self._stops_search(token, match) or self._role(token, "by")):
                break
            plain = plain and self._role(token, "circumstance") is None
            count = self.count_at(token, sentence.last) if plain or token in self.quantity_at else None
            if count is not None and self._counts_for(match, token) and not self._is_agent(count, end):
                return count
        return self._count_before(match, sentence)

    def _stops_search(self, token: int, match: Match) -> bool:
        other = self.harm_at.get(token)
        return (
            other is not None
            and other.entry.get("kind") != match.entry.get("kind")
            and other.entry.get("role") != "one"
        )

    def _counts_for(self, match: Match, token: int) -> bool:
        """Who gathers is counted by a number alone: «شارك الوزير» is no demonstrator."""
        return match.entry.get("kind") != "participants" or token in self.quantity_at

    def _is_agent(self, count: Count, end: int) -> bool:
        """«قتل مسلحون خمسة جنود»: a plural without number before a number is who did it."""
        if count.qualifier != "some" or count.noun is None:
            return False
        return any(self.quantity_at.get(token) is not None for token in range(count.last, min(count.last + 4, end)))

    def _count_before(self, match: Match, sentence: Sentence) -> Count | None:
        """«إن شرطيين قتلا»: the verb follows whom it counts."""
        if not self.forms[match.last - 1].endswith(_AGREEING):
            person = next((m for m in self.scene.found["persons"] if m.last == match.first), None)
            return self._implied(person) if person is not None and person.entry.get("number") == "one" else None
        for token in range(match.first - 1, max(sentence.first, match.first - _BACK_REACH) - 1, -1):
            if token in self.harm_at and self.harm_at[token].entry.get("role") in ("act", "verb"):
                return None
            quantity = self.quantity_at.get(token)
            person = self.person_at.get(token)
            if quantity is not None:
                return self._quantified(quantity, sentence.last)
            if (
                person is not None
                and person.entry.get("number") in ("two", "two-or-many")
                and token - 1 not in self.quantity_at
            ):
                return self._implied(person)
        return None

    def _of_one(self, match: Match, sentence: Sentence) -> Count | None:
        quantity = self.quantity_end.get(match.first)
        if quantity is not None and quantity.first >= sentence.first:
            if quantity.kind != "cardinal":
                return None
            count = Count(quantity.first, match.last, quantity.min, quantity.max, quantity.qualifier)
            return self._after_qualified(count, sentence.last)
        reached = self._reached(match, sentence)
        if reached is not None:
            return reached
        return self._implied_by_state(match)

    def _reached(self, match: Match, sentence: Sentence) -> Count | None:
        """«ارتفع عدد القتلى إلى 15»."""
        for token in range(match.last, min(match.last + 6, sentence.last)):
            if self._role(token, "reaches") is not None:
                for at in (token + 1, token + 2):
                    quantity = self.quantity_at.get(at)
                    if quantity is not None:
                        return self._quantified(quantity, sentence.last)
            if token in self.harm_at and token > match.last:
                return None
        return None

    def _implied_by_state(self, match: Match) -> Count | None:
        if (
            self._role_covers(match.first, "between")
            or _definite(match)
            or match.after
            or match.entry.get("kind") == "participants"
        ):
            return None
        number = match.entry.get("number")
        if number == "one":
            return Count(match.first, match.last, 1, 1, "exact")
        if number == "two":
            return Count(match.first, match.last, 2, 2, "exact")
        return Count(match.first, match.last, 2, None, "some")

    # ------------------------------------------------------------ parts, sums, denials

    def _joined(self, count: Count, end: int) -> Count:
        """«ثلاثة جنود وخمسة مدنيين»: two numbered groups of one verb are added up."""
        total, last = count, count.last
        while count.noun is not None and last < end:
            following = self.quantity_at.get(last)
            if following is not None and self.forms[last].startswith(_AND):
                more = self._quantified(following, end)
            else:
                more = self._also_one(last)
            if more is None or more.noun is None:
                break
            total, last = _sum(total, more), more.last
        return total

    def _also_one(self, token: int) -> Count | None:
        """«ضابط ومجند»: a second person joined by "and"."""
        person = self.person_at.get(token)
        if person is None or not _joined_on(person) or person.entry.get("number") not in ("one", "two"):
            return None
        return self._implied(person)

    def _of_the_dead(self, match: Match) -> bool:
        """«متأثرا بإصابته»: the wound that somebody died of is no second victim."""
        return match.entry.get("kind") == "injured" and "prep" in MEANING.get(match.before, ())

    def _figure_role(self, match: Match, count: Count, sentence: Sentence) -> FigureRole:
        start = min(match.first, count.first)
        if any(self._role(token, "none") for token in range(max(sentence.first, start - 3), start)):
            return "none"
        if any(
            self._role(token, "subset")
            for token in range(max(sentence.first, count.first - _SUBSET_REACH), count.first)
        ):
            return "part"
        if self._summed(match, count):
            return "sum"
        return "total"

    def _summed(self, match: Match, count: Count) -> bool:
        between = any(self._role(token, "between") for token in range(count.first, count.last + 3))
        if between and count.qualifier != "some":
            return True
        return match.entry.get("role") == "act" and (self._act_follows(match.last) or self._closes_pair(match))

    def _closes_pair(self, match: Match) -> bool:
        return bool(match.before) and any(
            other.last == match.first
            and other.entry.get("role") == "act"
            and other.entry.get("kind") != match.entry.get("kind")
            for other in self.harm
        )


def _by_first(matches: list[Match]) -> dict[int, Match]:
    return {match.first: match for match in reversed(matches)}


def _definite(match: Match) -> bool:
    return "the" in MEANING.get(match.before, ())


def _joined_on(match: Match) -> bool:
    return "conj" in MEANING.get(match.before, ()) and not _definite(match)


def _pronoun_count(match: Match) -> Count | None:
    """«مقتله»: one; «مقتلهم» does not say how many."""
    number = PRONOUN_NUMBER.get(match.after)
    return None if number is None else Count(match.first, match.last, number, number, "exact")


def _sum(one: Count, other: Count) -> Count:
    low = None if one.min is None or other.min is None else one.min + other.min
    high = None if one.max is None or other.max is None else one.max + other.max
    qualifier = one.qualifier if one.qualifier != "exact" else other.qualifier
    return Count(one.first, other.last, low, high, qualifier, one.noun)


def _without_repeats(mentions: list[FigureMention]) -> list[FigureMention]:
    """One figure for each kind and count; what an act and a verb both found counts once."""
    seen: dict[tuple[FigureKind, int], FigureMention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.count.first), mention)
    return list(seen.values())

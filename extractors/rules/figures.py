"""A scene -> the figures it gives of people harmed or held: what befell them, how many, and in which words.

A figure hangs on a word that says what befell: the noun of an act (the killing of N), a verb (N were killed), or a word
for a person in that state (N dead). Crowds and damage are read beside it (crowds.py, damage.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.records import FigureKind, FigureRole
from extractors.rules.count import Count, is_definite
from extractors.rules.counts import CountReader
from extractors.rules.crowds import CrowdReader
from extractors.rules.damage import DamageReader
from extractors.rules.ellipses import EllipsisReader
from extractors.rules.figure_roles import RoleReader
from extractors.rules.scene import Scene, within
from extractors.rules.victims import VictimReader

_REACHED = 7
_PAIR = 2
_SUSPECT = "Criminals"


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
    also: bool = False  # told as more of the same: «كما تم توقيف»
    caused: bool = False  # told as what something else was for: «بعد مقتل»
    widely: bool = False  # a day's toll, or a whole country's


_VERBS = frozenset({"verb", "damage", "crowd"})


class FigureReader:
    """Reads the figures of one scene, sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.counts = CountReader(scene)
        self.roles = RoleReader(scene, self.counts)
        self.victims = VictimReader(scene, self.counts, self.roles)
        self.crowds = CrowdReader(scene, self.counts)
        self.damage = DamageReader(scene, self.counts)
        self.ellipses = EllipsisReader(self.counts)
        self._readers: dict[str, Callable[[Match, Sentence], Count | None]] = {
            "act": self.victims.of_act,
            "verb": self.victims.of_verb,
            "one": self._of_one,
            "met": self.victims.subjects.of_met,
            "state": self.victims.subjects.of_state,
            "loss": self._of_loss,
        }

    def read(self, number: int) -> list[FigureMention]:
        """The figures told in a sentence."""
        sentence = self.scene.sentences[number]
        found: list[FigureMention] = []
        for match in within(self.scene.found["harm"], sentence):
            found.extend(self._read_match(match, number, sentence))
        if found:
            found = _without_repeats(found)
            counted = _tokens(found)
            found += [part for told in found for part in self._parts(told, sentence) if part.count.first not in counted]
            found += list(self.ellipses.read(found, sentence, _tokens(found)))
        taken = _tokens(found)
        for trigger, count in self.crowds.read(sentence, taken):
            found.append(self._mention("participants", trigger, count, number, "total"))
        return sorted(found, key=lambda m: m.first)

    def read_damage(self, number: int) -> list[FigureMention]:
        """The things that a sentence says were damaged, lost or seized; they tell of no incident by themselves."""
        read = self.damage.read(self.scene.sentences[number])
        return [self._mention(thing.entry.attributes["kind"], thing, count, number, "total") for thing, count in read]

    def _read_match(self, match: Match, number: int, sentence: Sentence) -> Iterator[FigureMention]:
        reader = self._readers.get(match.entry.get("role", ""))
        if reader is None or self.roles.is_elsewhere(match, sentence) or self._strikes(match, sentence):
            return
        if match.entry.get("numeral") and self._before_verb(match):
            return
        count = reader(match, sentence)
        if (
            count is None
            and match.entry.get("role") in ("act", "verb", "one")
            and self.roles.denied(match, None, sentence)
        ):
            count = Count(match.first, match.last, 0, 0, "exact", implied=True)
        if count is None or (match.entry.get("numeral") and not (_is_number(count) or _is_one_too(match, count))):
            return
        apart = match.entry.get("beside") and count.first != match.last
        role = None if apart or _are_takers(match, count) else self.roles.of(match, count, sentence)
        if role is not None:
            yield self._mention(match.entry.attributes["kind"], match, count, number, role)

    def _before_verb(self, match: Match) -> bool:
        """«فقد سقط خمسة»: right before another verb the word is a particle, and nobody is missing."""
        behind = self.counts.harm_at.get(match.last)
        return behind is not None and not behind.before and behind.entry.get("role") in _VERBS

    def _strikes(self, match: Match, sentence: Sentence) -> bool:
        """«أضرب ألف أسير عن الطعام»: those held who strike are no arrest."""
        if match.entry.get("kind") != "detained" or match.entry.get("role") != "one":
            return False
        return any(m.entry.get("strike") for m in within(self.scene.found["harm"], sentence))

    def _parts(self, whole: FigureMention, sentence: Sentence) -> Iterator[FigureMention]:
        """«بينهم 3 أطفال وامرأة»: those whom a total tells apart, right behind it."""
        at = whole.last + (whole.last < sentence.last and self.scene.tokens.kinds[whole.last] == "p")
        among = self.counts.role(at, "subset") if at < sentence.last else None
        if whole.role != "total" or whole.count.implied or among is None:
            return
        part = self.counts.one_at(among.last, sentence.last)
        while part is not None and part.noun is not None:
            yield self._mention(whole.kind, whole.trigger, part, whole.sentence, "part")
            person = self.counts.person_at.get(part.last)
            more = part.last in self.counts.quantity_at or (
                person is not None and "conj" in MEANING.get(person.before, ())
            )
            part = self.counts.one_at(part.last, sentence.last) if more and part.last < sentence.last else None

    def _mention(self, kind: FigureKind, match: Match, count: Count, number: int, role: FigureRole) -> FigureMention:
        return FigureMention(
            kind=kind,
            count=count,
            first=min(match.first, count.first),
            last=max(match.last, count.last),
            sentence=number,
            role=role,
            trigger=match,
            revised=self.roles.revised(number),
            also=self.roles.is_more(match, count),
            caused=self.roles.is_cause(match),
            widely=self.roles.is_widely_told(match, count, number),
        )

    # ------------------------------------------------------------ words for people in a state

    def _of_loss(self, match: Match, _sentence: Sentence) -> Count:
        """«خسائر في الأرواح»: told to be denied."""
        return Count(match.first, match.last, 2, None, "some", implied=True)

    def _of_one(self, match: Match, sentence: Sentence) -> Count | None:
        quantity = self.counts.quantity_before(match.first)
        joined = "conj" in MEANING.get(match.before, ())
        if quantity is not None and quantity.first >= sentence.first and not joined:
            return Count(quantity.first, match.last, quantity.min, quantity.max, quantity.qualifier, match.entry)
        if match.first in self.counts.numbered:
            return None
        return self._reached(match, sentence) or self._by_itself(match)

    def _reached(self, match: Match, sentence: Sentence) -> Count | None:
        """«ارتفع عدد القتلى إلى 15»."""
        if not (is_definite(match) or match.entry.get("number") == "many"):
            return None
        words = [at for at in range(match.last, sentence.last) if not self.counts.is_shell(at)]
        beside = self.counts.quantity_at.get(words[0]) if words else None
        among = any(self.counts.role(at, "among") for at in (match.first - 1, match.first - 2))
        if beside is not None and is_definite(match) and beside.qualifier != "some" and not among:  # «الوفيات 13»
            return self.counts.quantified(beside, sentence.last)
        for token in words[:_REACHED]:
            if self.counts.role(token, "reaches") is not None:
                for at in range(token + 1, min(token + 4, sentence.last)):
                    quantity = self.counts.quantity_at.get(at)
                    if quantity is not None and quantity.qualifier != "some":
                        return self.counts.quantified(quantity, sentence.last)
            if self.counts.tolls(token) and self.counts.harm_at[token].entry.get("role") != "one":
                return None
        return None

    def _of_each(self, match: Match) -> bool:
        """«عدد من القتلى والجرحى»: some of each, where some are told of the first."""
        if "conj" not in MEANING.get(match.before, ()) or match.entry.get("number") != "many":
            return False
        before = self.counts.harm_at.get(match.first - 1)
        some = before and before.entry.get("role") == "one" and self.counts.quantity_before(before.first)
        return bool(some and some.qualifier == "some")

    def _by_itself(self, match: Match) -> Count | None:
        """«قتيل», «قتيلان», «جرحى»: the word counts where nothing else does."""
        covered = self.roles.covered(match.first, "between") or self.roles.tells_how(match)
        if covered or match.after or match.entry.get("numeral"):
            return None
        number = match.entry.get("number")
        if number == "one" and (not is_definite(match) or match.entry.get("known")):
            return Count(match.first, match.last, 1, 1, "exact", match.entry, implied=True, definite=is_definite(match))
        if self._of_each(match):
            return Count(match.first, match.last, 2, None, "some", match.entry, implied=True)
        if is_definite(match) or number == "one":
            return None
        if number == "two":
            return Count(match.first, match.last, 2, 2, "exact", match.entry, implied=True)
        return Count(match.first, match.last, 2, None, "some", match.entry, implied=True)


def _are_takers(match: Match, count: Count) -> bool:
    """«خطف مسلحون»: armed men behind a word of abduction took somebody."""
    armed = count.noun is not None and count.noun.get("category") == "Rebel group"
    return armed and count.implied and match.entry.attributes["kind"] == "abducted"


def _is_number(count: Count) -> bool:
    """Whether a number or a dual is told, not «some»; a suspect is one by himself."""
    return (not count.implied and count.qualifier != "some") or count.max == _PAIR or count.category == _SUSPECT


def _is_one_too(match: Match, count: Count) -> bool:
    """«طعن تلميذا»: one person of no article, where the word says that it does."""
    return bool(match.entry.get("one_too")) and count.max == 1 and count.noun is not None and not count.definite


def _tokens(mentions: list[FigureMention]) -> set[int]:
    """The tokens of the counts of figures."""
    return {at for mention in mentions for at in range(mention.count.first, mention.count.last)}


def _without_repeats(mentions: list[FigureMention]) -> list[FigureMention]:
    """One figure for each kind and count; what an act and a verb both found counts once."""
    seen: dict[tuple[FigureKind, int], FigureMention] = {}
    for mention in mentions:
        seen.setdefault((mention.kind, mention.count.first), mention)
    return list(seen.values())


__all__ = ["Count", "FigureMention", "FigureReader"]

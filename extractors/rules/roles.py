"""Parties of a sentence -> how strongly its words make each one the doer or the one done to."""

from dataclasses import dataclass

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.parties import Party
from extractors.rules.scene import Scene, within

_SURE, _SAID, _HINTED = 6.0, 4.0, 2.0
_REACH = 6  # tokens from a word to its party
_SUBJECT_REACH = 4
_ON_REACH = 14
_VERBS = frozenset({"deed", "hurt", "held"})
_ARMED = frozenset({"State forces", "External/other forces", "Rebel group", "Political militia", "Identity militia"})


@dataclass(slots=True)
class Part:
    """A party with the points that its sentence gives it for each side, and for holding and being held."""

    party: Party
    one: float = 0.0
    two: float = 0.0
    holds: float = 0.0
    held: float = 0.0
    across: bool = False  # named as one of two that face each other

    def says(self, role: str, *, did: bool, points: float) -> None:
        """Take points for having done, or for being done to; arrests apart."""
        if role in ("held", "holding"):
            if did:
                self.holds += points
            else:
                self.held += points
        elif did:
            self.one += points
        else:
            self.two += points


class RoleReader:
    """Weighs the parties of one sentence."""

    def __init__(self, scene: Scene, sentence: Sentence, parties: list[Party]) -> None:
        self.forms, self.kinds = scene.tokens.forms, scene.tokens.kinds
        self.sentence = sentence
        self.parties = parties
        self.cues = _verbs_first([match for match in within(scene.found["sides"], sentence) if not _unfit(match)])
        self.taken: set[int] = set()  # verbs that have their subject

    def read(self) -> list[Part]:
        """The parties with their points, in order."""
        parts = [Part(party) for party in self.parties]
        for number, part in enumerate(parts):
            self._from_behind(parts, number, part)
            self._from_ahead(parts, number, part)
            if part.party.target:
                part.two += _HINTED
            if part.party.kind == "strike":
                part.one += _SAID
        return parts

    # ------------------------------------------------------------ a word before the party

    def _from_behind(self, parts: list[Part], number: int, part: Part) -> None:
        party = part.party
        on = self._cue_before(party.first, "on")
        if on is not None and on.last == party.first:
            if self._strike_before(on.first):
                part.two += _SAID
            return
        cue = self._nearest(party.first)
        if cue is None:
            return
        gap = party.first - cue.last
        others = sum(other.party.first >= cue.last for other in parts[:number])
        self._by_role(cue, gap, others, parts, number)

    def _by_role(self, cue: Match, gap: int, others: int, parts: list[Part], number: int) -> None:
        part, role = parts[number], cue.entry.attributes["role"]
        if role in _VERBS and "prep" in MEANING.get(cue.before, ()):
            role = "harm"  # «بقتل شرطي»: the noun that looks like the verb
        if role == "by" and gap <= 2 and not others:
            part.one += _SURE
        elif role == "against" and gap <= 3 and not others:
            part.two += _SAID
        elif role in ("harm", "holding") and gap <= _REACH and not others:
            part.says(role, did=False, points=_SAID)
        elif role == "strike" and not others:
            self._of_strike(part, gap)
        elif role == "between" and others < 2 and (others or gap <= 3):
            self._of_between(part, others, parts[number - 1] if number else None)
        elif role == "with" and gap <= 2 and not others:
            part.two += _HINTED
        elif role in _VERBS:
            self._of_verb(cue, gap, others, parts, number)

    def _of_strike(self, part: Part, gap: int) -> None:
        """«هجوم لتنظيم», «غارات الطيران»: the noun's genitive."""
        if gap <= 1 and "prep" not in part.party.before and "conj" not in part.party.before:
            part.one += _SAID if not part.party.target else 0.0

    def _of_between(self, part: Part, others: int, before: Part | None) -> None:
        part.across = True
        if not others:
            part.one += _SURE
        elif "conj" in part.party.before or (before is not None and part.party.first - before.party.last <= 3):
            part.two += _SURE

    def _of_verb(self, verb: Match, gap: int, others: int, parts: list[Part], number: int) -> None:
        """Behind a verb its subject stands first, unless it stood before it; then its object."""
        part, role = parts[number], verb.entry.attributes["role"]
        if "prep" in part.party.before or others > 1:
            return
        if verb.first in self.taken or self._led_by_event(verb):
            if gap <= _REACH + 4 and "conj" not in part.party.before:
                part.says(role, did=False, points=_SAID)
        elif gap <= _SUBJECT_REACH and self._acts(verb, parts, number):
            self.taken.add(verb.first)
            part.says(role, did=True, points=_SAID)
        elif gap <= _REACH and not verb.after and role != "deed":
            part.says(role, did=False, points=_SAID)

    def _acts(self, verb: Match, parts: list[Part], number: int) -> bool:
        """Whether the party behind a verb is its subject: one of harm is passive where nobody else follows."""
        role, party = verb.entry.attributes["role"], parts[number].party
        if role == "deed":
            return not party.target
        if role == "held":
            return party.kind in ("force", "named", "state") or verb.after != ""
        if verb.after:
            return True
        follower = parts[number + 1].party if number + 1 < len(parts) else None
        near = follower is not None and follower.first - party.last <= 3 and not follower.before
        return near and party.category in _ARMED | {"Criminals"}

    def _led_by_event(self, verb: Match) -> bool:
        """«هجوم استهدف X», «الذي استهدف X»: what struck is told before the verb."""
        if verb.after:
            return False
        return (
            any(
                cue.last <= verb.first
                and verb.first - cue.last <= 2
                and cue.entry.attributes["role"] in ("which", "strike")
                for cue in self.cues
            )
            and verb.entry.attributes["role"] == "deed"
        )

    # ------------------------------------------------------------ a word behind the party

    def _from_ahead(self, parts: list[Part], number: int, part: Part) -> None:
        """«مسلحون هاجموا X»: the subject before its verb."""
        party = part.party
        ahead = (cue for cue in self.cues if cue.first >= party.last)
        verb = next((cue for cue in ahead if cue.entry.attributes["role"] != "which"), None)
        if verb is None or verb.first - party.last > 2 or "conj" in MEANING.get(verb.before, ()):
            return
        role = verb.entry.attributes["role"]
        if role not in _VERBS or "p" in self.kinds[party.last : verb.first]:
            return
        follower = parts[number + 1].party if number + 1 < len(parts) else None
        if role == "deed" or (follower is not None and 0 <= follower.first - verb.last <= 3):
            part.says(role, did=True, points=_SAID)
            self.taken.add(verb.first)
        else:
            part.says(role, did=False, points=_SAID)

    # ------------------------------------------------------------ finding words

    def _nearest(self, token: int) -> Match | None:
        """The last word of a role before a token that reaches it."""
        found = None
        for cue in self.cues:
            if cue.last > token:
                break
            if cue.entry.attributes["role"] not in ("which", "on") and token - cue.last <= _ON_REACH:
                found = cue
        return found

    def _cue_before(self, token: int, role: str) -> Match | None:
        return next((c for c in reversed(self.cues) if c.last <= token and c.entry.attributes["role"] == role), None)

    def _strike_before(self, token: int) -> bool:
        return any(
            cue.last <= token and token - cue.last <= _ON_REACH and cue.entry.attributes["role"] in ("strike", "deed")
            for cue in self.cues
        )


def _verbs_first(cues: list[Match]) -> list[Match]:
    """Of a verb and the noun that looks like it the verb, which knows both sides: «خطف مسلحون صحفيا»."""
    verbs = {(cue.first, cue.last) for cue in cues if cue.entry.attributes["role"] in _VERBS}
    return [cue for cue in cues if cue.entry.attributes["role"] in _VERBS or (cue.first, cue.last) not in verbs]


def _unfit(match: Match) -> bool:
    """Verbs bear no article («التابع»), and «بينهم» faces nobody."""
    role = match.entry.attributes["role"]
    return (role in _VERBS and "the" in MEANING.get(match.before, ())) or (role == "between" and match.after != "")

"""How real a telling is: happened, or planned, threatened, denied, feared, remembered, condemned, tried, counted up.

A cue governs by its reach: the words after it in its clause, its whole clause, or its sentence.
"""

from dataclasses import dataclass

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.records import Reality
from extractors.rules.dates import DateMention
from extractors.rules.scene import Scene

_REACH_TOKENS = 9
_QUESTION = frozenset("?\u061f")


@dataclass(frozen=True, slots=True)
class Status:
    """A reality with the id of the cue that gave it."""

    reality: Reality
    reason: str


HAPPENED = Status("happened", "told as fact")
RETOLD = Status("happened", "retold in a condemnation or a court report")


class RealityReader:
    """Judges the reality of trigger words in one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._cues: dict[int, list[Match]] = {}
        for cue in scene.found["cues"]:
            self._cues.setdefault(scene.sentence_of(cue.first), []).append(cue)
        self._dates: dict[int, list[DateMention]] = {}
        for date in scene.dates:
            self._dates.setdefault(scene.sentence_of(date.first), []).append(date)

    def of(self, trigger: Match, number: int) -> Status:
        """The status of a trigger in a sentence."""
        sentence = self.scene.sentences[number]
        if any("future" in MEANING.get(before, ()) for before in (trigger.before,)):
            return Status("planned", "future verb")
        if sentence.last < len(self.scene.tokens) and self.scene.tokens.forms[sentence.last] in _QUESTION:
            return Status("hypothetical", "a question")
        dated = self._by_date(trigger, number, sentence)
        if dated is not None:
            return dated
        for cue in self._cues.get(number, ()):
            if self._governs(cue, trigger, sentence):
                return Status(cue.entry.attributes["reality"], cue.entry.id)
        return HAPPENED

    def _governs(self, cue: Match, trigger: Match, sentence: Sentence) -> bool:
        if cue.first < trigger.last and trigger.first < cue.last:
            return cue.last - cue.first > trigger.last - trigger.first
        reach = cue.entry.get("reach")
        if reach == "sentence":
            return True
        clauses = sentence.clause_of(cue.first), sentence.clause_of(trigger.first)
        if reach == "clause":
            return clauses[0] == clauses[1]
        if reach == "next":
            return cue.last == trigger.first
        return clauses[0] == clauses[1] and cue.last <= trigger.first <= cue.last + _REACH_TOKENS

    def _by_date(self, trigger: Match, number: int, sentence: Sentence) -> Status | None:
        """A day long past or yet to come in the trigger's clause, or the only day of its sentence."""
        dates = self._dates.get(number, ())
        clause = sentence.clause_of(trigger.first)
        near = [date for date in dates if sentence.clause_of(date.first) == clause] or list(dates)
        if not near:
            return None
        nearest = min(near, key=lambda date: _distance(date, trigger))
        if nearest.history and not any(not d.history and not d.future for d in near):
            return Status("historical", "a day more than thirty days before publication")
        if nearest.future and not any(not d.future for d in near):
            return Status("planned", "a day yet to come")
        return None


def _distance(date: DateMention, trigger: Match) -> int:
    return max(date.first - trigger.last, trigger.first - date.last, 0)

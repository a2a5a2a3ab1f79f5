"""How real a telling is: happened, or planned, threatened, denied, feared, remembered, condemned, tried, counted up.

A cue governs by its reach: words after it or around it, its clause, its sentence, or from the headline and the first
sentence the whole article.
"""

from dataclasses import dataclass

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.records import Reality
from extractors.rules.dates import DateMention
from extractors.rules.scene import Scene

_REACH_TOKENS = 9
_BESIDE = 2
_CLAUSE_FAR = 6  # tokens between a word and a clause that is about something else behind it
_CAUSE = "protest.cause"  # of cues.toml
_SIEGE = 10  # tokens from a word for the besieged to the time since when they are
_HARM = "kill"  # the frame of words for harm: see frames.toml
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
        self._turns: list[int] = []
        self._whole: list[Match] = []
        for cue in scene.found["cues"]:
            number = scene.sentence_of(cue.first)
            if cue.entry.get("turn"):
                self._turns.append(cue.first)
            elif not (cue.after and cue.entry.get("bare")):
                self._cues.setdefault(number, []).append(cue)
                if cue.entry.get("reach") == "article" and number <= scene.title_sentences:
                    self._whole.append(cue)
        self._relatives = [m.first for m in scene.found.of("grammar", "relative")]
        self._besieged = [m.first for m in scene.found.of("grammar", "besieged")]
        self._dates: dict[int, list[DateMention]] = {}
        for date in scene.dates:
            self._dates.setdefault(scene.sentence_of(date.first), []).append(date)

    def of(self, trigger: Match, number: int) -> Status:
        """The status of a trigger in a sentence."""
        sentence = self.scene.sentences[number]
        if "future" in MEANING.get(trigger.before, ()):
            return Status("planned", "future verb")
        if sentence.last < len(self.scene.tokens) and self.scene.tokens.forms[sentence.last] in _QUESTION:
            return Status("hypothetical", "a question")
        dated = self._by_date(trigger, number, sentence)
        if dated is not None:
            return dated
        for cue in (*self._cues.get(number, ()), *self._whole):
            past = cue.entry.get("reality") == "historical"
            if self._since_the_siege(cue.first) or (past and self.of_a_clause(trigger, cue.first)):
                continue
            if _speaks_of(cue, trigger) and self._governs(cue, trigger, sentence):
                return Status(cue.entry.attributes["reality"], cue.entry.id)
        return HAPPENED

    def _governs(self, cue: Match, trigger: Match, sentence: Sentence) -> bool:
        if cue.first < trigger.last and trigger.first < cue.last:
            return cue.last - cue.first > trigger.last - trigger.first
        reach = cue.entry.get("reach")
        words: int = cue.entry.get("words", _REACH_TOKENS)
        if reach in ("sentence", "article"):
            return True
        turned = any(cue.last <= turn < trigger.first for turn in self._turns)
        if reach == "on":
            return cue.last <= trigger.first and not turned
        if sentence.clause_of(cue.first) != sentence.clause_of(trigger.first):
            return False
        after = cue.last <= trigger.first <= cue.last + words and not turned
        if reach == "near":
            return after or trigger.last <= cue.first <= trigger.last + words
        return after if reach == "after" else reach == "clause"

    def _by_date(self, trigger: Match, number: int, sentence: Sentence) -> Status | None:
        """A day long past or yet to come in the trigger's clause, or the only day of its sentence.

        A day behind the word for what people demonstrate about is that of their cause.
        """
        causes = [cue.first for cue in self._cues.get(number, ()) if cue.entry.id == _CAUSE]
        dates = [
            date
            for date in self._dates.get(number, ())
            if not any(trigger.last <= cause < date.first for cause in causes)
            and not (date.history and self.of_a_clause(trigger, date.first))
        ]
        clause = sentence.clause_of(trigger.first)
        near = [date for date in dates if sentence.clause_of(date.first) == clause] or list(dates)
        if not near:
            return None
        nearest = min(near, key=lambda date: _distance(date, trigger))
        if nearest.history and (
            self._told_beside(nearest, trigger) or not any(not d.history and not d.future for d in near)
        ):
            return Status("historical", "a day more than thirty days before publication")
        if nearest.future and not any(not d.future for d in near):
            return Status("planned", "a day yet to come")
        return None

    def of_a_clause(self, trigger: Match, token: int) -> bool:
        """«تجمع المئات … في الشوارع نفسها التي شهدت شغبا العام الماضي»: whether a token tells of something else.

        So does the time since when a town is besieged: «المحاصرة منذ عامين».
        """
        far = any(trigger.last + _CLAUSE_FAR <= at < token for at in self._relatives)
        return far or self._since_the_siege(token)

    def _since_the_siege(self, token: int) -> bool:
        return any(at < token <= at + _SIEGE for at in self._besieged)

    def _told_beside(self, date: DateMention, trigger: Match) -> bool:
        """A full date right behind a word is its own, whatever other days its clause names; «23 مارس» is a name."""
        full = date.anchor == "absolute" and date.precision == "day"
        behind = 0 <= date.first - trigger.last <= _BESIDE
        return full and behind and self.scene.tokens.kinds[date.first - 1] == "w"


def _speaks_of(cue: Match, trigger: Match) -> bool:
    """Whether a cue is one for the trigger's kind of telling."""
    frames, frame = cue.entry.get("frames"), trigger.entry.get("frame", _HARM)
    return (frames is None or frame in frames) and frame not in cue.entry.get("spares", ())


def _distance(date: DateMention, trigger: Match) -> int:
    return max(date.first - trigger.last, trigger.first - date.last, 0)

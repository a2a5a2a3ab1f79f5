"""Harm that people demonstrate about: told behind the words for their cause, another incident or a mere mention."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.arabic.clitics import BY
from extractors.arabic.lexicon import Match
from extractors.rules.dates import DateMention
from extractors.rules.frames import KILL
from extractors.rules.reality import RETOLD, Status
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling

CAUSE = "protest.cause"  # of cues.toml
GRIEVED = Status("condemned only", CAUSE)
DEMONSTRATION = frozenset({"protest", "riot", "disperse"})
_HARM = frozenset({"killed", "injured", "abducted"})
_DONE = frozenset({KILL, "shoot", "stab", "homicide", "assassinate", "assault", "attack", "abduct", "sexual"})
_BEHIND = 3  # tokens between the words for a cause and the harm
_TELLS = 3
_OF_CAUSE = frozenset({"about", "for"})


class Grievances:
    """The grievances of one scene, by the sentence that tells them."""

    def __init__(self, scene: Scene) -> None:
        self.forms = scene.tokens.forms
        causes = [cue for cue in scene.found["cues"] if cue.entry.id == CAUSE]
        harm = _harm(scene) if causes else ()
        self.begin = {
            scene.sentence_of(cue.first): cue.last
            for cue in reversed(causes)
            if any(at in harm for at in range(cue.last - 1, cue.last + _BEHIND))
        }

    def holds(self, trigger: Match, number: int) -> bool:
        """«احتجاجا على قتل … بإطلاق النار»: whether a word says how the harm was done."""
        begin = self.begin.get(number)
        if begin is None or trigger.first < begin or trigger.entry.get("frame") not in _DONE:
            return False
        return self.forms[trigger.first].startswith(BY) or trigger.entry.get("weight", 1) < _TELLS

    def count(self, figure: int, number: int, tellings: list[Telling]) -> bool:
        """Whether a figure at a token counts those harmed: nothing that happened is told between the cause and it."""
        begin = self.begin.get(number)
        if begin is None or figure < begin:
            return False
        return not any(begin <= trigger.first <= figure for telling in tellings for trigger in telling.triggers)

    def before(self, telling: Telling, days: Sequence[DateMention]) -> Sequence[DateMention]:
        """Of the days of a sentence those of a telling that ends before the cause."""
        begin = self.begin.get(telling.sentence)
        if begin is None or any(trigger.first >= begin for trigger in telling.triggers) or telling.status == GRIEVED:
            return days
        return [day for day in days if day.first < begin]

    def are_told_by(self, telling: Telling) -> bool:
        """Whether a telling of such an article can tell what its people demonstrate about, and no part of that."""
        counted = (figure.count.noun for figure in telling.figures)
        own = any(noun is not None and noun.get("category") == "Protesters" for noun in counted)
        return bool(self.begin) and telling.frames <= _DONE and not own

    def retold(self, tellings: list[Telling]) -> list[Telling]:
        """Tellings that did not happen, with those of a grievance as one; retold where its day and place are told."""
        grieved = [telling for telling in tellings if telling.status.reason == CAUSE]
        if not grieved:
            return tellings
        first = grieved[0]
        begin = self.begin.get(first.sentence)
        whole = replace(
            first,
            triggers=[match for telling in grieved for match in telling.triggers],
            figures=[figure for telling in grieved for figure in telling.figures],
        )
        days = [d for d in whole.dates if begin is not None and d.first >= begin and d.precision == "day"]
        there = [p for p in whole.places if begin is not None and p.first >= begin and p.place]
        if any(not d.history for d in days) and (there or whole.weight >= _TELLS):
            whole.status, whole.dates, whole.grief = RETOLD, days, True
            whole.places = [replace(p, role="in") if p.role in _OF_CAUSE else p for p in there]
        return [whole, *(telling for telling in tellings if telling.status.reason != CAUSE)]


def _harm(scene: Scene) -> set[int]:
    """The tokens at which words of harm done to people begin."""
    told = {m.first for m in scene.found["harm"] if m.entry.get("kind") in _HARM}
    return told | {m.first for m in scene.found["events"] if m.entry.get("frame") in _DONE}


def is_grieved(telling: Telling, others: Sequence[Telling]) -> bool:
    """Whether a demonstration comes after the harm that it is about."""
    return bool(telling.frames & DEMONSTRATION) and all(told.grief for told in others)


def is_cause(telling: Telling, others: Sequence[Telling]) -> bool:
    """Whether of a telling and an incident one tells a demonstration and the other the harm that it is about."""
    return is_grieved(telling, others) or (telling.grief and any(told.frames & DEMONSTRATION for told in others))

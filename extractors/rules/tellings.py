"""A scene -> tellings: what each sentence says happened, with the figures, places and days that stand with it.

Trigger words of one sentence that can tell one incident make one telling; those that cannot, or that stand in clauses
with places of their own, make several.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.places.gazetteer import Place
from extractors.rules.dates import DateMention
from extractors.rules.figures import FigureMention
from extractors.rules.frames import DETAIN, HARMLESS, HOLDING, KILL, akin, is_disaster
from extractors.rules.grievances import CAUSE, GRIEVED, Grievances
from extractors.rules.locate import FINENESS, agree
from extractors.rules.ordinals import OrdinalReader
from extractors.rules.place_lists import apart_by_place
from extractors.rules.place_mention import PlaceMention
from extractors.rules.reality import HAPPENED, RETOLD, RealityReader, Status
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling

_Found = TypeVar("_Found", Match, FigureMention, PlaceMention, DateMention)
_UNRULY = frozenset({"riot", "clash", "mob"})
_PURPOSE = Status("planned", "a purpose, not an act")
_SECOND = 2
_TELLS = 3  # the weight of a word that tells an incident by itself: see events.toml
_HARM_FRAMES = {"killed": KILL, "injured": KILL}
_PLACED = frozenset({"in", "cue", "unit", "near"})
_STANDING_ROLES = frozenset({"in", "cue", "near", "plain", "headline", "of", "road", "out", "unit", "about"})


class TellingReader:
    """Groups the finds of a scene into tellings."""

    def __init__(self, scene: Scene, figures: list[FigureMention], places: list[PlaceMention]) -> None:
        self.scene = scene
        self.reality = RealityReader(scene)
        self.grievances = Grievances(scene)
        self.figures = _grouped(scene, figures)
        self.places = _grouped(scene, [p for p in places if p.role in _STANDING_ROLES])
        self.dates = _grouped(scene, [d for d in scene.dates if not d.future])
        self.spread = [m.first for m in scene.found.of("place_cues", "spread")]
        self.found = [m.last for m in scene.found.of("grammar", "found")]
        self.ordinals = OrdinalReader(scene)
        self.triggers = _grouped(scene, scene.found["events"])
        arrests = [n for n, words in self.triggers.items() if any(w.entry.get("frame") == DETAIN for w in words)]
        self.arrests_retold = sum(not scene.in_title(number) for number in arrests) > 1

    def read(self, number: int) -> list[Telling]:
        """The tellings of a sentence; those of unreal triggers come with their status and without figures."""
        sentence = self.scene.sentences[number]
        real: list[Match] = []
        unreal: list[Telling] = []
        for trigger in self.triggers.get(number, ()):
            status = self._status(trigger, number)
            if status is HAPPENED:
                real.append(trigger)
            else:
                unreal.append(Telling(number, [trigger], status))
        tellings = [self._telling(number, group) for group in self._parted(real, sentence)]
        self._give_figures(tellings, number, unreal)
        for telling in (*tellings, *unreal):
            self._give_surroundings(telling, sentence)
        left: list[Telling] = []
        for telling in self.grievances.retold(unreal):
            condemned = False
            if _retells(telling, bool(self.figures.get(number))):
                condemned = telling.status.reality == "condemned only"
                if condemned:
                    telling.places = _behind(telling.first, telling)
                telling.status = RETOLD
            if telling.status is not RETOLD or telling.grief or not _joined(telling, tellings, condemned=condemned):
                left.append(telling)
        return [part for telling in tellings for part in apart_by_place(telling)] + left

    def _telling(self, number: int, triggers: list[Match]) -> Telling:
        return Telling(number, triggers, HAPPENED, nth=max(map(self.ordinals.of, triggers)))

    def _status(self, trigger: Match, number: int) -> Status:
        if _is_purpose(trigger):
            return _PURPOSE
        return GRIEVED if self.grievances.holds(trigger, number) else self.reality.of(trigger, number)

    def _parted(self, triggers: list[Match], sentence: Sentence) -> list[list[Match]]:
        """Triggers in groups that can tell one incident; a heavy word of another kind begins a new group."""
        groups: list[list[Match]] = []
        crowd = any(trigger.entry.attributes["frame"] in _UNRULY for trigger in triggers)
        for order, trigger in enumerate(triggers):
            frame = frozenset({trigger.entry.attributes["frame"]})
            end = triggers[order + 1].first if order + 1 < len(triggers) else sentence.last
            for group in reversed(groups if self.ordinals.of(trigger) < _SECOND else []):
                frames = frozenset(m.entry.attributes["frame"] for m in group)
                if crowd and frame == {DETAIN} != frames and self._holds_many(trigger):
                    continue
                if akin(frames, frame) and not self._own_place(group, trigger, sentence, end):
                    group.append(trigger)
                    break
            else:
                if trigger.entry.get("weight", 1) > 1 or not groups or self.ordinals.of(trigger):
                    groups.append([trigger])
        return groups

    def _holds_many(self, trigger: Match) -> bool:
        """Arrests with a number of their own are an act of their own beside a riot."""
        return self.arrests_retold and any(
            _numbered(figure) and figure.first <= trigger.last <= figure.last + 1
            for figure in self.figures.get(self.scene.sentence_of(trigger.first), ())
        )

    def _own_place(self, group: list[Match], trigger: Match, sentence: Sentence, end: int) -> bool:
        """Whether a trigger in a later clause, or joined on by "and", has another place of its own there."""
        if trigger.entry.get("weight", 1) < 2:
            return False
        clause, before = sentence.clause_of(trigger.first), sentence.clause_of(group[-1].first)
        places = [p for p in self.places.get(self.scene.sentence_of(trigger.first), ()) if p.role != "plain"]
        if clause != before:
            told = [(sentence.clause_of(p.first), p) for p in places]
            here = [p for at, p in told if before < at <= clause]
            last = max((at for at, _ in told if at <= before), default=None)
            there = [p for at, p in told if at == last]
        elif "conj" in MEANING.get(trigger.before, ()):
            here = [p for p in places if trigger.last <= p.first < end]
            there = [p for p in places if group[-1].last <= p.first < trigger.first]
        else:
            return False
        near, far = _finest(here), _finest(there)
        return bool(near and far and not any(_one(here, there) for here in near for there in far))

    def _give_figures(self, tellings: list[Telling], number: int, unreal: list[Telling]) -> None:
        """Each figure goes to the nearest telling of its clause, or of the sentence; figures alone tell of harm."""
        orphans: list[tuple[Status, FigureMention]] = []
        sentence = self.scene.sentences[number]
        for figure in self.figures.get(number, ()):
            status = self.reality.of(figure.trigger, number)
            if status.reason == CAUSE or self.grievances.count(figure.first, number, tellings):
                unreal.append(Telling(number, [], GRIEVED, [figure]))
                continue
            able = [telling for telling in tellings if _can_cause(telling, figure)] or tellings
            able = _numbered_before(able, figure) or [t for t in able if _in_clause(t, figure, sentence)] or able
            nearest = min(able, key=lambda t: _gap(t, figure), default=None)
            closer = min(unreal, key=lambda t: _gap(t, figure), default=None)
            if closer is not None and self._taken(closer, figure, nearest):
                closer.figures.append(figure)
            elif nearest is not None:
                nearest.figures.append(figure)
            elif closer is not None and closer.status == status:  # a condemned act with its toll
                closer.figures.append(figure)
            else:
                orphans.append((status, figure))
        kinds = dict.fromkeys(status for status, _ in orphans)
        tellings.extend(Telling(number, [], kind, [figure for s, figure in orphans if s == kind]) for kind in kinds)

    def _taken(self, unreal: Telling, figure: FigureMention, real: Telling | None) -> bool:
        """Whether an unreal telling owns a figure: its sentence-wide cue, or no real telling there."""
        if unreal.status.reality == "condemned only":
            return False
        return real is None or _gap(unreal, figure) < _gap(real, figure)

    def _opens_with_place(self, telling: Telling, sentence: Sentence) -> bool:
        """«وفي مدينة تعز …»: a sentence that begins with its place turns to it."""
        places = self.places.get(telling.sentence, ())
        return any(p.role == "in" and 0 < p.written_first - sentence.first <= 2 for p in places)

    def _give_surroundings(self, telling: Telling, sentence: Sentence) -> None:
        told = [figure for figure in telling.figures if figure.kind != "participants"]  # a crowd's may lie anywhere
        core = replace(telling, figures=told) if telling.triggers or told else telling
        middle = (core.first + core.last) // 2
        clauses = {sentence.clause_of(m.first) for m in telling.triggers} | {
            sentence.clause_of(f.first) for f in telling.figures
        }

        def nearness(at: int) -> tuple[bool, int]:
            return sentence.clause_of(at) not in clauses, abs(at - middle)

        starts = (*sentence.clauses, sentence.last)
        telling.arrests_apart = (
            self.arrests_retold and telling.frames == {DETAIN} and any(_numbered(f) for f in telling.figures)
        )
        telling.grief = self.grievances.are_told_by(telling)
        telling.spread = any(starts[min(clauses)] <= at < starts[max(clauses) + 1] for at in self.spread)
        opens = self._opens_with_place(telling, sentence)
        telling.shifts = sentence.shifts or opens
        telling.reach = range(sentence.first if opens else starts[min(clauses)], starts[max(clauses) + 1])
        telling.places = sorted(self.places.get(telling.sentence, ()), key=lambda p: nearness(p.first))
        days = [
            day
            for day in self.grievances.before(telling, self.dates.get(telling.sentence, ()))
            if not (day.history and any(self.reality.of_a_clause(word, day.first) for word in telling.triggers))
            and not (is_disaster(telling.heavy) and any(0 <= day.first - at <= 1 for at in self.found))
        ]
        right_behind = range(telling.last, telling.last + 2)  # a comma between them or none
        telling.dates = sorted(
            days,
            key=lambda d: (
                d.precision != "day",
                (False, abs(d.first - middle)) if d.first in right_behind else nearness(d.first),
            ),
        )


def _numbered(figure: FigureMention) -> bool:
    return figure.kind == "detained" and figure.count.qualifier != "some" and (figure.count.min or 0) > 1


def _is_purpose(trigger: Match) -> bool:
    """«لاستعادة المدينة»: what an attack is for has not happened."""
    return bool(trigger.entry.get("purpose")) and "to" in MEANING.get(trigger.before, ())


def _can_cause(telling: Telling, figure: FigureMention) -> bool:
    if figure.kind in _HARM_FRAMES:
        return bool(telling.frames - HARMLESS)
    return figure.kind != "detained" or bool(telling.frames & HOLDING)


def _numbered_before(tellings: list[Telling], figure: FigureMention) -> list[Telling]:
    """«وقع الحادث الثاني في …، وأصيب فيه 15»: what follows on one of several told in order is its own."""
    if not any(telling.nth > 1 for telling in tellings):
        return []
    return [telling for telling in tellings if telling.nth and telling.first <= figure.first][-1:]


def _in_clause(telling: Telling, figure: FigureMention, sentence: Sentence) -> bool:
    clause = sentence.clause_of(figure.first)
    return any(sentence.clause_of(trigger.first) == clause for trigger in telling.triggers)


def _retells(telling: Telling, tolled: bool) -> bool:
    """Whether a condemnation or a court report tells a recent incident itself: its place with its toll, or its day."""
    placed = any(p.place and p.role in _PLACED for p in telling.places)
    counted = any(figure.role == "total" for figure in telling.figures)
    if telling.status.reality == "condemned only":
        return telling.weight >= _TELLS and placed and (tolled or bool(telling.dates))
    if telling.status.reality == "legal":
        dated = any(d.precision == "day" and d.anchor != "relative" and not d.history for d in telling.dates)
        return telling.weight >= _TELLS and dated and (placed or counted)
    return False


def _behind(first: int, telling: Telling) -> list[PlaceMention]:
    """«ندد خطباء أملج بالتفجير في عسير»: where a condemned act happened stands behind it, who speaks before."""
    return [p for p in telling.places if p.first > first and p.place] or telling.places


def _joined(retold: Telling, tellings: list[Telling], *, condemned: bool) -> bool:
    """«أدان التفجير الانتحاري الذي استهدف مسجدا»: what is retold names the act that its sentence tells."""
    for telling in tellings:
        if telling.triggers and akin(telling.frames, retold.frames):
            telling.triggers = sorted([*telling.triggers, *retold.triggers], key=lambda m: m.first)
            if condemned:
                telling.places = _behind(retold.first, telling)
            return True
    return False


def _finest(places: list[PlaceMention]) -> list[Place]:
    """The finest places among mentions."""
    best = max((FINENESS[p.precision] for p in places if p.place), default=0.0)
    return [p.place for p in places if p.place and FINENESS[p.precision] == best]


def _one(here: Place, there: Place) -> bool:
    """Whether two clauses name one place: the same, or a place and its province."""
    wide = {"admin", "country"} & {here.precision, there.precision}
    return here.id == there.id or bool(wide and agree(here, there))


def _gap(telling: Telling, figure: FigureMention) -> int:
    return min(
        (max(m.first - figure.last, figure.first - m.last, 0) for m in telling.triggers),
        default=0,
    )


def _grouped(scene: Scene, items: Iterable[_Found]) -> dict[int, list[_Found]]:
    """Finds by the sentence that holds their first token."""
    grouped: dict[int, list[_Found]] = {}
    for item in items:
        grouped.setdefault(scene.sentence_of(item.first), []).append(item)
    return grouped

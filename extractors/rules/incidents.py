"""Tellings -> incidents: each incident of an article once, however often it is told.

A telling joins the incident it can belong to: of a kindred type, at no other place or day. Else it begins one.
The headline is read last: it confirms and completes, and begins an incident only where the body tells none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from extractors.places.gazetteer import Place
from extractors.rules.dates import DateMention
from extractors.rules.figures import FigureMention
from extractors.rules.frames import FROM_AFAR, KILL, LIGHT, WAR, akin
from extractors.rules.grievances import DEMONSTRATION, is_cause, is_grieved
from extractors.rules.locate import FINENESS, agree
from extractors.rules.place_mention import PlaceMention
from extractors.rules.reality import RETOLD
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling

_OWN_ROLES = frozenset({"in", "cue", "near", "headline"})
_PROTEST, _CLASH = "protest", "clash"
_UNRULY = frozenset({"riot", _CLASH})
_NEXT_DAY = timedelta(days=1)
_LEAD_SHARE = 3
_MEASURED = 0.05
_TELLS_BY_ITSELF = 3  # the weight of a word that tells an incident alone: see events.toml


@dataclass(slots=True)
class Incident:
    """The tellings of one incident, in the order of the text, the headline's last."""

    tellings: list[Telling] = field(default_factory=list)
    frames: Counter[str] = field(default_factory=Counter)

    def add(self, telling: Telling, *, title: bool = False) -> None:
        """Take a telling in; its first one and the headline weigh most in what the incident is called."""
        share = _LEAD_SHARE if title or not self.tellings else 1
        self.tellings.append(telling)
        told = {(m.first, str(m.entry.attributes["frame"])): int(m.entry.get("weight", 1)) for m in telling.triggers}
        for (_, frame), weight in told.items():  # a word that stands in two entries of a frame tells once
            self.frames[frame] += share * weight
        if not telling.triggers:
            self.frames[KILL] += share

    @property
    def heavy(self) -> frozenset[str]:
        """The frames that name its kind."""
        return frozenset().union(*(telling.heavy for telling in self.tellings))

    @property
    def first_named(self) -> str | None:
        """The first heavy frame of its lead."""
        words = (m for t in self.tellings for m in sorted(t.triggers, key=lambda m: m.first))
        return next((str(frame) for m in words if (frame := m.entry.get("frame")) not in LIGHT), None)

    @property
    def weight(self) -> int:
        """The weight of its strongest word."""
        return max(telling.weight for telling in self.tellings)

    def place(self) -> Place | None:
        """The place of its first telling that has a town or finer, else of the first that has any."""
        told = [place for telling in self.tellings if (place := own_place(telling))]
        return next((place for place in told if place.precision in ("exact", "city")), next(iter(told), None))

    def day(self) -> DateMention | None:
        """The day of its first telling that has one."""
        return next((telling.dates[0] for telling in self.tellings if telling.dates), None)


def own_place(telling: Telling) -> Place | None:
    """The place that a telling names as where it happened: the finest of those that stand with it."""
    placed = [m for m in telling.places if m.place and m.place.country and m.role != "road"]
    here = [mention for mention in placed if mention.first in telling.reach] or placed
    own = [mention for mention in here if mention.role in _OWN_ROLES] or here
    return max(own, key=_fitness).place if own else None


def _fitness(mention: PlaceMention) -> float:
    """Finer is better; of as fine ones the place itself before one it is measured from."""
    return FINENESS[mention.precision] - _MEASURED * (mention.role == "near")


def assemble(scene: Scene, tellings: list[Telling]) -> list[Incident]:
    """The incidents of an article out of its tellings of what happened."""
    incidents: list[Incident] = []
    body = [telling for telling in tellings if not scene.in_title(telling.sentence)]
    title = [telling for telling in tellings if scene.in_title(telling.sentence)]
    for telling in (t for t in body if not _sums_up(t)):
        _place(telling, incidents, begin=telling.weight > 1)
    for telling in filter(_sums_up, body):
        if not any(_kindred(telling, incident) for incident in incidents):
            _place(telling, incidents, begin=telling.weight > 1)
    _leave_sums(incidents)
    for telling in title:
        told = replace(telling, figures=_unsummed(telling, incidents))
        if told.triggers or told.figures:
            _place(told, incidents, begin=not incidents and told.weight > 1, title=True)
    _tell_of_protests(incidents, title)
    return incidents


def _unsummed(telling: Telling, incidents: list[Incident]) -> list[FigureMention]:
    """A headline's figures without the dead and wounded of several incidents, of whom the body tells where each was."""
    sums = {kind: parts for kind in ("killed", "injured") if len(parts := _parts(incidents, kind)) > 1}
    return [figure for figure in telling.figures if figure.count.min != sum(sums.get(figure.kind, [-1]))]


def _parts(incidents: list[Incident], kind: str) -> list[int]:
    """The most harmed in each incident that tells of any."""
    told = ([f for t in i.tellings for f in t.figures if f.kind == kind and _is_toll(f)] for i in incidents)
    return [most for figures in told if (most := max((f.count.min or 0 for f in figures), default=0))]


def _sums_up(telling: Telling) -> bool:
    """«51 قتيلا في مناطق متفرقة من …»: a toll or an act over many places; a row only where none of them is told."""
    place = own_place(telling)
    wide = telling.spread and (place is None or place.precision in ("admin", "country"))
    told = telling.frames & WAR or any(map(_is_toll, telling.figures))
    return bool(wide and told and not telling.frames & DEMONSTRATION)


def _tell_of_protests(incidents: list[Incident], title: list[Telling]) -> None:
    """Under a headline of demonstrations the clashes of the article are theirs."""
    if any(_PROTEST in telling.frames for telling in title):
        for incident in incidents:
            if _CLASH in incident.frames and not incident.frames.keys() & (WAR - {_CLASH}):
                incident.frames[_PROTEST] += 1


def _place(telling: Telling, incidents: list[Incident], *, begin: bool, title: bool = False) -> None:
    if telling.nth > 1 and incidents and not title:
        _place_next(telling, incidents)
        return
    home = _headlined(telling, incidents) if title else _home(telling, incidents) or _retold(telling, incidents)
    if home is not None:
        home.add(telling, title=title)
    elif begin and (not incidents or stands_alone(telling) or all(is_grieved(telling, i.tellings) for i in incidents)):
        incident = Incident()
        incident.add(telling)
        if telling.listed and not telling.triggers and incidents:  # what befell a list of places is told before it
            incident.frames = Counter(dict.fromkeys(incidents[-1].frames, 1))
        incidents.append(incident)


def _place_next(telling: Telling, incidents: list[Incident]) -> None:
    """«الحادث الثاني»: an incident beside the first, of its kind where the word says none."""
    told = next((incident for incident in incidents if any(t.nth == telling.nth for t in incident.tellings)), None)
    if told is None:
        told = Incident()
        if not telling.heavy:
            told.frames = Counter(incidents[-1].frames)
        incidents.append(told)
    told.add(telling)


def _leave_sums(incidents: list[Incident]) -> None:
    """What was told before «الحادث الأول» is of all of them; where it is counted itself, that is no toll of its own."""
    if not any(telling.nth > 1 for incident in incidents for telling in incident.tellings):
        return
    for incident in incidents:
        first = next((order for order, telling in enumerate(incident.tellings) if telling.nth == 1), 0)
        counted = (
            {f.kind for telling in incident.tellings[first:] for f in telling.figures if _is_toll(f)} if first else ()
        )
        for order, telling in enumerate(incident.tellings[:first]):
            own = [figure for figure in telling.figures if figure.kind not in counted]
            incident.tellings[order] = replace(telling, figures=own)


def _headlined(telling: Telling, incidents: list[Incident]) -> Incident | None:
    """What the headline tells: the incident with its toll, else the first that it can belong to, else its lead."""
    fitting = [incident for incident in incidents if fits(telling, incident)]
    if telling.heavy:
        fitting = [incident for incident in fitting if incident.heavy] or fitting
    counted = _toll(telling.figures)
    same = (i for i in fitting if counted & _toll(f for t in i.tellings for f in t.figures))
    return next(same, None) or next(iter(fitting), None) or _retold(telling, incidents) or _lead(telling, incidents)


def _lead(telling: Telling, incidents: list[Incident]) -> Incident | None:
    """What the headline tells in coarser words: the first incident of its kind in its country."""
    place = own_place(telling)
    for incident in incidents:
        there = incident.place()
        if _kindred(telling, incident) and (place is None or there is None or place.country == there.country):
            return incident
    return None


def _retold(telling: Telling, incidents: list[Incident]) -> Incident | None:
    """What a condemnation retells is what was told before, though it names the place in other words."""
    if telling.status is not RETOLD:
        return None
    return next((incident for incident in reversed(incidents) if _kindred(telling, incident)), None)


def _named_again(telling: Telling, incident: Incident) -> bool:
    """Whether a sentence that turns to another matter names the incident's own place or day all the same."""
    here, there = own_place(telling), incident.place()
    if here is not None and there is not None:
        return here.id == there.id
    return bool(telling.dates) and incident.day() is not None


def stands_alone(telling: Telling) -> bool:
    """Whether a telling after others has facts of its own: a place with a heavy word, or with a toll and a day."""
    placed = any(
        p.place and p.role in _OWN_ROLES and p.precision != "country" and p.first in telling.reach
        for p in telling.places
    )
    counted = any(figure.role != "none" and figure.count.qualifier != "some" for figure in telling.figures)
    if telling.arrests_apart or telling.listed:
        return True
    if telling.shifts and telling.weight > 1 and (placed or counted):
        return True
    if not telling.heavy or telling.weight < _TELLS_BY_ITSELF:
        return placed and bool(telling.dates) and (counted or telling.weight >= _TELLS_BY_ITSELF)
    return placed or counted


def _home(telling: Telling, incidents: list[Incident]) -> Incident | None:
    """The incident that a telling belongs to: one of its kind, at the same place, the latest of those that fit."""
    fitting = [incident for incident in incidents if fits(telling, incident)]
    if telling.shifts:
        fitting = [incident for incident in fitting if _named_again(telling, incident)]
    if not fitting:
        return None
    if telling.heavy:
        fitting = [incident for incident in fitting if incident.heavy] or fitting
    place = own_place(telling)
    if place is not None:
        there = [incident for incident in fitting if (at := incident.place()) is not None and agree(at, place)]
        fitting = there or fitting
    return fitting[-1]


def fits(telling: Telling, incident: Incident) -> bool:
    """Whether a telling can tell an incident."""
    return _kindred(telling, incident) and _same_place(telling, incident) and _same_day(telling, incident)


def _kindred(telling: Telling, incident: Incident) -> bool:
    if telling.arrests_apart and incident.frames.keys() & _UNRULY and incident.frames.keys() & DEMONSTRATION:
        return False
    if is_cause(telling, incident.tellings):
        return False
    heavy, own = incident.heavy, telling.heavy
    if not own or not heavy:
        return akin(telling.frames, frozenset(incident.frames)) or not own
    return akin(own, heavy)


def _same_place(telling: Telling, incident: Incident) -> bool:
    here, there = own_place(telling), incident.place()
    if telling.listed:
        return here is not None and there is not None and here.id == there.id
    if here is None or there is None:
        return True
    if here.id != there.id and telling.frames & WAR and _tolls_differ(telling, incident):
        return False
    by_village = bool(telling.frames & (WAR | DEMONSTRATION))
    return agree(here, there, apart_when_exact=bool(telling.frames & FROM_AFAR), by_village=by_village)


def _tolls_differ(telling: Telling, incident: Incident) -> bool:
    """Whether both count the dead or the wounded, and otherwise: battles in a place and in its province are two."""
    told = _toll(f for t in incident.tellings for f in t.figures)
    own = _toll(telling.figures)
    return bool(told and own and not told & own)


def _toll(figures: Iterable[FigureMention]) -> set[tuple[str, int | None]]:
    return {(figure.kind, figure.count.min) for figure in figures if _is_toll(figure)}


def _is_toll(figure: FigureMention) -> bool:
    return figure.kind in ("killed", "injured") and figure.role == "total" and figure.count.qualifier != "some"


def _same_day(telling: Telling, incident: Incident) -> bool:
    here, there = (telling.dates[0] if telling.dates else None), incident.day()
    if here is None or there is None:
        return True
    slack = _NEXT_DAY if _same_spot(telling, incident) else timedelta(0)
    return here.start <= there.end + slack and there.start <= here.end + slack


def _same_spot(telling: Telling, incident: Incident) -> bool:
    """The very same place, and no second toll: there the day before or after is one incident's too."""
    here, there = own_place(telling), incident.place()
    tolls = any(f.role == "total" for f in telling.figures) and any(
        f.role == "total" for t in incident.tellings for f in t.figures
    )
    return here is not None and there is not None and here.id == there.id and here.precision != "country" and not tolls

"""Tellings -> incidents: each incident of an article once, however often it is told.

A telling joins the incident it can belong to: of a kindred type, at no other place or day. Else it begins one.
The headline is read last: it confirms and completes, and begins an incident only where the body tells none.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from extractors.rules.frames import FROM_AFAR, WAR, akin
from extractors.rules.grievances import DEMONSTRATION, is_cause, is_grieved
from extractors.rules.incident import OWN_ROLES, Incident, own_place
from extractors.rules.locate import agree
from extractors.rules.reality import RETOLD
from extractors.rules.scene import Scene
from extractors.rules.shares import is_toll, leave_others_tolls, leave_sums, toll_of, unsummed
from extractors.rules.telling import Telling

_PROTEST, _CLASH = "protest", "clash"
_UNRULY = frozenset({"riot", _CLASH})
_CAMPAIGN = frozenset({"detain", "raid"})
_STRIKES = frozenset({"airstrike", "shell", "ied", "suicide"})
_EARTHQUAKE = frozenset({"earthquake"})
_BATTLE = FROM_AFAR | {_CLASH}
_TOWNS = frozenset({"exact", "city"})
_NEXT_DAY = timedelta(days=1)
_TELLS_BY_ITSELF = 3  # the weight of a word that tells an incident alone: see events.toml


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
    leave_sums(incidents)
    for telling in title:
        told = replace(telling, figures=unsummed(telling, incidents))
        if told.triggers or told.figures:
            _place(told, incidents, begin=not incidents and told.weight > 1, title=True)
    leave_others_tolls(scene, incidents)
    _tell_of_protests(incidents, title)
    return incidents


def _sums_up(telling: Telling) -> bool:
    """«51 قتيلا في مناطق متفرقة من …»: a toll or an act over many places; a row only where none of them is told."""
    place = own_place(telling)
    wide = telling.spread and (place is None or place.precision in ("admin", "country"))
    told = telling.frames & WAR or any(map(is_toll, telling.figures))
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


def _headlined(telling: Telling, incidents: list[Incident]) -> Incident | None:
    """What the headline tells: the incident with its toll, else the first that it can belong to, else its lead."""
    fitting = [incident for incident in incidents if fits(telling, incident)]
    if telling.heavy:
        fitting = [incident for incident in fitting if incident.heavy] or fitting
    counted = toll_of(telling.figures)
    same = (i for i in fitting if counted & toll_of(f for t in i.tellings for f in t.figures))
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
        p.place and p.role in OWN_ROLES and p.precision != "country" and p.first in telling.reach
        for p in telling.places
    )
    counted = any(figure.role != "none" and figure.count.qualifier != "some" for figure in telling.figures)
    if telling.arrests_apart or telling.listed or (placed and _campaigns(telling)):
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
    apart = (
        _strikes_apart(telling, incident)
        or _beside_battle(telling, incident)
        or (_campaigns(telling) and incident.heavy & _STRIKES)
    )
    kindred = _kindred(telling, incident) and not apart
    return kindred and _same_place(telling, incident) and _same_day(telling, incident)


def _campaigns(telling: Telling) -> bool:
    """«ضبط 25 مطلوبا في حملة أمنية»: arrests with a number in a campaign are no part of a bombing told before."""
    held = any(f.kind == "detained" and f.role == "total" and (f.count.min or 0) > 1 for f in telling.figures)
    return held and _CAMPAIGN <= telling.frames <= _CAMPAIGN | {"cell"}


def _strikes_apart(telling: Telling, incident: Incident) -> bool:
    """A raid, a shelling and a bomb that is told each with a toll of its own, and by no word of the others."""
    own, told = telling.heavy & _STRIKES, incident.heavy & _STRIKES
    return bool(own and told and not own & incident.heavy and _tolls_differ(telling, incident))


def _beside_battle(telling: Telling, incident: Incident) -> bool:
    """A bombardment of one named place beside the fighting at another, though the two lie close by."""
    own, told = telling.heavy & _BATTLE, incident.heavy & _BATTLE
    if not own or not told or own & told or not (own | told) & FROM_AFAR:
        return False
    here, there = own_place(telling), incident.place()
    return (
        here is not None and there is not None and here.id != there.id and {here.precision, there.precision} <= _TOWNS
    )


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
    if here.country == there.country and _one_quake(telling, incident):
        return True
    if here.id != there.id and telling.frames & WAR and _tolls_differ(telling, incident):
        return False
    if here.country == there.country and not telling.frames & WAR and _tolls_agree(telling, incident):
        return True
    by_village = bool(telling.frames & (WAR | DEMONSTRATION))
    return agree(here, there, apart_when_exact=bool(telling.frames & FROM_AFAR), by_village=by_village)


def _one_quake(telling: Telling, incident: Incident) -> bool:
    """The same earthquake is told of its centre, its province and the towns that felt it."""
    return telling.heavy == _EARTHQUAKE == incident.heavy and not telling.shifts


def _tolls_agree(telling: Telling, incident: Incident) -> bool:
    """Whether both count as many dead and as many wounded: what is told of one incident twice."""
    own = toll_of(telling.figures)
    told = toll_of(f for t in incident.tellings for f in t.figures)
    return len({kind for kind, _ in own}) > 1 and own <= told and not (telling.shifts or telling.nth)


def _tolls_differ(telling: Telling, incident: Incident) -> bool:
    """Whether both count the dead or the wounded, and otherwise: battles in a place and in its province are two."""
    told = toll_of(f for t in incident.tellings for f in t.figures)
    own = toll_of(telling.figures)
    return bool(told and own and not told & own)


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

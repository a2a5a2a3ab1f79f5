"""Which of several incidents a toll belongs to: none has the sum of all, nor what the body gives another."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.rules.figures import FigureMention
from extractors.rules.incident import Incident
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling


def unsummed(telling: Telling, incidents: list[Incident]) -> list[FigureMention]:
    """A headline's figures without the dead and wounded of several incidents, of whom the body tells where each was."""
    sums = {kind: parts for kind in ("killed", "injured") if len(parts := _parts(incidents, kind)) > 1}
    return [figure for figure in telling.figures if figure.count.min != sum(sums.get(figure.kind, [-1]))]


def leave_others_tolls(scene: Scene, incidents: list[Incident]) -> None:
    """A headline may tell of several: the toll that the body gives of one of them is none of another's."""
    body = [toll_of(f for t in i.tellings if not scene.in_title(t.sentence) for f in t.figures) for i in incidents]
    for own, incident in zip(body, incidents, strict=True):
        others = {toll for tolls in body if tolls is not own for toll in tolls} - own
        counted = {kind for kind, _ in own}
        for order, telling in enumerate(incident.tellings):
            if scene.in_title(telling.sentence):
                kept = [f for f in telling.figures if f.kind not in counted or (f.kind, f.count.min) not in others]
                incident.tellings[order] = replace(telling, figures=kept)
        _drop_empty(incident)


def leave_sums(incidents: list[Incident]) -> None:
    """What was told before «الحادث الأول» is of all of them; where it is counted itself, that is no toll of its own."""
    if not any(telling.nth > 1 for incident in incidents for telling in incident.tellings):
        return
    for incident in incidents:
        first = next((order for order, telling in enumerate(incident.tellings) if telling.nth == 1), 0)
        counted = (
            {f.kind for telling in incident.tellings[first:] for f in telling.figures if is_toll(f)} if first else ()
        )
        for order, telling in enumerate(incident.tellings[:first]):
            own = [figure for figure in telling.figures if figure.kind not in counted]
            incident.tellings[order] = replace(telling, figures=own)
        _drop_empty(incident)


def _drop_empty(incident: Incident) -> None:
    """A telling that was a toll alone tells nothing without it; the one that has the toll stays."""
    incident.tellings = [telling for telling in incident.tellings if telling.triggers or telling.figures]


def _parts(incidents: list[Incident], kind: str) -> list[int]:
    """The most harmed in each incident that tells of any."""
    told = ([f for t in i.tellings for f in t.figures if f.kind == kind and is_toll(f)] for i in incidents)
    return [most for figures in told if (most := max((f.count.min or 0 for f in figures), default=0))]


def toll_of(figures: Iterable[FigureMention]) -> set[tuple[str, int | None]]:
    """The dead and wounded as kind and number."""
    return {(figure.kind, figure.count.min) for figure in figures if is_toll(figure)}


def is_toll(figure: FigureMention) -> bool:
    """Whether a figure counts the dead or wounded, and not vaguely."""
    return figure.kind in ("killed", "injured") and figure.role == "total" and figure.count.qualifier != "some"

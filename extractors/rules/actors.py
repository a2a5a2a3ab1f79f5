"""An incident's sentences -> its two sides, each by name as written, with a category."""

from collections.abc import Iterable

from extractors.arabic.lexicon import Match
from extractors.records import Actor, ActorCategory
from extractors.rules.incidents import Incident
from extractors.rules.scene import Scene

_ARMED: frozenset[str] = frozenset(
    {"State forces", "Rebel group", "Political militia", "Identity militia", "External/other forces"}
)
_CROWD = frozenset({"protest", "riot", "disperse"})
_POLICING = frozenset({"detain", "raid", "cell", "smuggle", "rob", "crime"})
_CRIMES = frozenset({"homicide", "rob", "smuggle", "crime", "assault", "sexual", "stab"})
_NEAR = 14


def sides(scene: Scene, incident: Incident, country: str | None) -> tuple[Actor, ...]:
    """Side 1 and side 2 where the text names them; a state's force abroad is an external one."""
    near = _near(scene, incident)
    frames = incident.heavy or frozenset(incident.frames)
    doer = _doer(near, frames)
    done_to = _done_to(near, doer, frames)
    found = []
    for side, match in ((1, doer), (2, done_to)):
        if match is not None:
            found.append(_actor(scene, side, match, country, frames))
    return tuple(found)


def _near(scene: Scene, incident: Incident) -> list[Match]:
    """Actors in the incident's tellings, nearest to its trigger words first, telling by telling."""
    ordered: list[Match] = []
    for telling in incident.tellings:
        sentence = scene.sentences[telling.sentence]
        inside = [
            m
            for m in scene.found["actors"]
            if sentence.first <= m.first < sentence.last and telling.first - _NEAR <= m.first <= telling.last + _NEAR
        ]
        ordered.extend(inside)
    return ordered


def _category(match: Match) -> str:
    return str(match.entry.attributes["category"])


def _first(matches: Iterable[Match], categories: Iterable[str], besides: Match | None = None) -> Match | None:
    wanted = frozenset(categories)
    for match in matches:
        if _category(match) in wanted and (besides is None or match.entry.id != besides.entry.id):
            return match
    return None


def _doer(near: list[Match], frames: frozenset[str]) -> Match | None:
    if frames & _CROWD:
        return _first(near, ["Protesters", "Rioters"])
    if frames & _CRIMES:
        return _first(near, ["Criminals"])
    if frames & _POLICING:
        return _first(near, ["State forces"])
    irregular = _first(near, _ARMED - {"State forces"})
    return irregular or _first(near, ["State forces"])


def _done_to(near: list[Match], doer: Match | None, frames: frozenset[str]) -> Match | None:
    if frames & _CROWD:
        return _first(near, ["State forces"])
    if frames & _CRIMES:
        return _first(near, ["Civilians", "State forces"], doer)
    armed = _first(near, _ARMED, doer)
    if frames & {"clash", "ambush", "territory", "retake"}:
        return armed
    return _first(near, ["Civilians"]) or armed


def _actor(scene: Scene, side: int, match: Match, country: str | None, frames: frozenset[str]) -> Actor:
    start, end = scene.tokens.span(match.first, match.last)
    title = start < scene.body_at
    shift = 0 if title else scene.body_at
    category: ActorCategory = match.entry.attributes["category"]
    home = match.entry.get("country")
    if home and country and home != country:
        category = "External/other forces"
    if category == "Protesters" and "riot" in frames:
        category = "Rioters"
    return Actor(
        side=1 if side == 1 else 2,
        name=scene.joined[start:end],
        category=category,
        start=start - shift,
        end=end - shift,
        field="title" if title else "body",
    )

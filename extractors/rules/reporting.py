"""An incident as analysed -> its report: where, when, what, who, how many, who says so, and the passage it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.places.gazetteer import gazetteer
from extractors.records import Actor, ActorCategory, FigureKind, Location, Mention, Report, Total
from extractors.rules.actors import sides
from extractors.rules.analysis import Analysis
from extractors.rules.attribution import SourceReader
from extractors.rules.belief import confidence
from extractors.rules.figures import FigureMention
from extractors.rules.incident import Incident, own_place
from extractors.rules.locate import locate, rank
from extractors.rules.nations import in_nation, off_coast
from extractors.rules.place_mention import PlaceMention
from extractors.rules.reality import RETOLD
from extractors.rules.scene import Scene
from extractors.rules.signs import signs
from extractors.rules.telling import Telling
from extractors.rules.totals import records, totals
from extractors.rules.typing_rules import Deed, settle_type
from extractors.rules.when import when
from extractors.taxonomy import domain_of, type_of

_LATE = 6  # tellings; later ones say no less of the place
_SUNK = frozenset({"transport"})
_HEADLINE = 1  # a headline names a place in coarser words than the body
FINE = ("exact", "city")
PROTEST = "protest"
_OFFICIAL = ("admin", "city")
_BEYOND = 0.5  # what it loses beyond the clauses of a telling that has a town or finer in them
_NTH = 0.1  # what a place loses for each that stands nearer the telling


def report_of(analysis: Analysis, incident: Incident) -> Report | None:
    """The report of an incident; None where it has no country or its frames name no type."""
    scene = analysis.scene
    location = _where(analysis, incident)
    if location is None:
        return None
    figures = [figure for telling in incident.tellings for figure in _figures_of(telling)]
    actors = sides(scene, incident, location.country)
    fine = location.geo_precision in FINE
    counted = totals(scene, figures, fine=fine, gathering=PROTEST in incident.frames)
    rule = settle_type(_deed(scene, incident, actors, tuple(counted)))
    if rule is None:
        return None
    start, end, precision = when(scene, incident)
    first, last = _evidence(scene, incident)
    believed = signs(scene, incident, location, precision, rule.sub, analysis.signs)
    sources = SourceReader(scene)
    return Report(
        domain=domain_of(rule.sub),
        event_type=type_of(rule.sub),
        sub_event_type=rule.sub,
        date_start=start,
        date_end=end,
        time_precision=precision,
        location=location,
        confidence=confidence(believed),
        evidence_start=first,
        evidence_end=last,
        attributed_to=sources.of_incident(incident),
        totals=tuple(Total(kind, count.min, count.max) for kind, count in counted.items()),
        figures=records(scene, [*figures, *_damage(analysis, incident)], sources),
        actors=actors,
        rules=(rule.id, *sorted({m.entry.id for t in incident.tellings for m in t.triggers})),
        signs=tuple((name, value) for name, value in believed.items() if value),
    )


def _deed(scene: Scene, incident: Incident, actors: Iterable[Actor], harm: tuple[FigureKind, ...]) -> Deed:
    """What the incident's type depends on."""
    category = {actor.side: actor.category for actor in actors}
    dead = _harmed(figure for telling in incident.tellings for figure in telling.figures)
    return Deed(
        frames=incident.frames,
        doer=category.get(1),
        done_to=category.get(2) or dead,
        harm=harm,
        first=incident.first_named,
        hinted=_motives(scene, incident),
        dead=dead,
    )


def _motives(scene: Scene, incident: Incident) -> frozenset[str]:
    """The frames of words that say what kind of act an incident's sentences tell: see motives.toml."""
    told = {telling.sentence for telling in incident.tellings}
    words = (match for match in scene.found["motives"] if scene.sentence_of(match.first) in told)
    return frozenset(str(match.entry.attributes["frame"]) for match in words)


def _figures_of(telling: Telling) -> Iterable[FigureMention]:
    """A telling's figures; a day's toll beside a place of its own is that place's."""
    place = own_place(telling)
    if place is None or place.precision not in FINE:
        return telling.figures
    return [replace(figure, widely=False) for figure in telling.figures]


def _harmed(figures: Iterable[FigureMention]) -> ActorCategory | None:
    """What kind of people the first toll counts, where nobody is named as the other side."""
    counted = (f.count.noun for f in figures if f.kind in ("killed", "injured") and f.role == "total")
    noun = next((noun for noun in counted if noun is not None), None)
    return None if noun is None else noun.get("category")


def _damage(analysis: Analysis, incident: Incident) -> list[FigureMention]:
    """The damage told in an incident's clauses, or after them and before another incident is told."""
    return [mention for mention in analysis.damage if _teller(analysis, mention) is incident]


def _teller(analysis: Analysis, mention: FigureMention) -> Incident | None:
    """The incident that a thing's damage belongs to: the nearest one told in its sentence, else the last one before."""
    told = [(telling, incident) for incident in analysis.incidents for telling in incident.tellings]
    before = [pair for pair in told if pair[0].sentence <= mention.sentence]
    nearest = max(before, key=lambda pair: (pair[0].sentence, mention.first in pair[0].reach), default=None)
    return None if nearest is None else nearest[1]


def _where(analysis: Analysis, incident: Incident) -> Location | None:
    scene = analysis.scene
    weighed: list[tuple[PlaceMention, float]] = []
    for order, telling in enumerate(incident.tellings):
        late = _HEADLINE if scene.in_title(telling.sentence) else min(order, _LATE)
        parted = sum(other.sentence == telling.sentence for other in analysis.tellings) > 1
        weighed.extend((mention, rank(mention, late) - away) for mention, away in _by_distance(telling, parted=parted))
    found = locate(scene, _in_headlines_country(weighed, incident))
    coast = _at_sea(analysis, incident)
    if coast is not None and (found is None or found.country != coast.country or found.geo_precision == "country"):
        return coast
    if found is None:
        found = _elsewhere(analysis, incident)
    if found is None or found.geo_precision == "country":
        found = _seat(analysis, incident, found) or _office(analysis, incident, found) or found
    if found is None and scene.text.country:
        return Location(country=scene.text.country, place="", geo_precision="country")
    return found


def _at_sea(analysis: Analysis, incident: Incident) -> Location | None:
    """Off whose coast a vessel sank, by its own sentences or by another."""
    if not _SUNK & incident.frames.keys():
        return None
    told = {telling.sentence for telling in incident.tellings}
    return off_coast(analysis.scene, analysis.places, told) or off_coast(
        analysis.scene, analysis.places, range(len(analysis.scene.sentences))
    )


def _elsewhere(analysis: Analysis, incident: Incident) -> Location | None:
    """Where no place stands with it: in another sentence, if in the country of the institution told in its own."""
    there = locate(analysis.scene, [(mention, rank(mention, 3)) for mention in analysis.places])
    nation = in_nation(analysis.scene, sorted({telling.sentence for telling in incident.tellings}))
    return nation if nation is not None and (there is None or there.country != nation.country) else there


def _by_distance(telling: Telling, *, parted: bool) -> Iterator[tuple[PlaceMention, float]]:
    """The places around a telling with what each loses by standing away from it.

    `parted`: its sentence tells of something else too, so that what stands beyond its clauses is hardly its own.
    """
    within = [m for m in telling.places if m.first in telling.reach and m.place]
    placed = parted and any(m.precision in ("exact", "city") for m in within)
    for n, mention in enumerate(telling.places):
        yield mention, _NTH * n + _BEYOND * (placed and mention.first not in telling.reach)


def _seat(analysis: Analysis, incident: Incident, country: Location | None) -> Location | None:
    """An act before a ministry or an embassy, where no more than the country is told: in the capital."""
    told = {telling.sentence for telling in incident.tellings}
    seats = [m for m in analysis.places if m.role == "seat" and analysis.scene.sentence_of(m.first) in told]
    there = [m for m in seats if m.place and (country is None or m.place.country == country.country)]
    return locate(analysis.scene, [(mention, 1.0) for mention in there[:1]])


def _office(analysis: Analysis, incident: Incident, country: Location | None) -> Location | None:
    """«أمير منطقة عسير», «شرطة نابل»: whose officials speak of an act, where no more than its country is told."""
    told = {telling.sentence for telling in incident.tellings if telling.status is not RETOLD}
    offices = [m for m in analysis.places if m.role == "office" and analysis.scene.sentence_of(m.first) in told]
    there = [m for m in offices if m.place and country and m.place.country == country.country]
    seat = gazetteer().capitals.get(country.country) if country else None
    local = (m for m in there if m.precision in _OFFICIAL and (seat is None or m.place != seat))
    return locate(analysis.scene, [(mention, 1.0) for mention in local])


def _in_headlines_country(
    weighed: list[tuple[PlaceMention, float]], incident: Incident
) -> list[tuple[PlaceMention, float]]:
    """A headline that begins with its place says the country of the incident that it tells."""
    headline = next((m for t in incident.tellings for m in t.places if m.role == "headline" and m.place), None)
    if headline is None or headline.place is None:
        return weighed
    country, admin1 = headline.place.country, headline.place.admin1
    there = [(m, weight) for m, weight in weighed if m.place is None or m.place.country == country]
    nearer = [(m, w) for m, w in there if m.place is None or (admin1 and m.place.admin1 == admin1)]
    return nearer if any(m.place is not None for m, _ in nearer) else there


def _evidence(scene: Scene, incident: Incident) -> tuple[int, int]:
    """The span in the body of the incident's first telling there; its first sentence where only the headline tells."""
    told = next((t.sentence for t in incident.tellings if not scene.in_title(t.sentence)), scene.title_sentences)
    sentence = scene.sentences[min(told, len(scene.sentences) - 1)]
    start, end = scene.tokens.span(sentence.first, sentence.last)
    return max(0, start - scene.body_at), max(0, end - scene.body_at)


def mentions_of(scene: Scene, tellings: Iterable[Telling]) -> tuple[Mention, ...]:
    """What was told but made no report of its own, each with its reality and reason."""
    return tuple(_mention(scene, t, t.status.reason) for t in tellings if t.status.reality != "happened")


def unbelieved(scene: Scene, incident: Incident, report: Report) -> Mention:
    """An incident that is told too weakly to be a report."""
    telling = incident.tellings[0]
    mention = _mention(scene, telling, f"told too weakly: confidence {report.confidence}")
    return Mention(
        report.sub_event_type, "happened", mention.reason, mention.start, mention.end, mention.quote, mention.field
    )


def _mention(scene: Scene, telling: Telling, reason: str) -> Mention:
    start, end = scene.tokens.span(telling.first, telling.last)
    title = start < scene.body_at
    shift = 0 if title else scene.body_at
    return Mention(
        sub_event_type=None,
        reality=telling.status.reality,
        reason=reason,
        start=start - shift,
        end=end - shift,
        quote=scene.joined[start:end],
        field="title" if title else "body",
    )

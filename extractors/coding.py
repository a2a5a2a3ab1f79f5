"""An article -> the incidents it reports: the one entry point of the extractors, pure and deterministic."""

import hashlib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.records import Coding, Location, Mention, NewsText, Report, TimePrecision, Total
from extractors.rules.actors import sides
from extractors.rules.attribution import SourceReader
from extractors.rules.belief import confidence, signs, threshold
from extractors.rules.dates import DateMention
from extractors.rules.figures import FigureMention, FigureReader
from extractors.rules.incidents import Incident, assemble
from extractors.rules.knowledge import knowledge
from extractors.rules.locate import locate, rank
from extractors.rules.places import PlaceMention, PlaceReader
from extractors.rules.scene import Scene, make_scene
from extractors.rules.tellings import Telling, TellingReader
from extractors.rules.totals import records, totals
from extractors.rules.typing_rules import settle_type
from extractors.taxonomy import domain_of, type_of

_DATA = frozenset({".toml", ".tsv", ".py"})


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """The content hash of all rules and language data: the same version gives the same rows."""
    digest = hashlib.sha256()
    root = files("extractors")
    for part in ("arabic", "rules", "language", "places"):
        for path in sorted(_files(root / part), key=str):
            digest.update(path.read_bytes())
    digest.update((root / "coding.py").read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for path in folder.iterdir():
        if path.is_dir():
            found.extend(_files(path))
        elif any(path.name.endswith(ending) for ending in _DATA):
            found.append(path)
    return found


def code_article(text: NewsText, at_least: float | None = None) -> Coding:
    """The incident reports of an article, and the tellings that made none with the reason of each.

    `at_least`: the least confidence of a report; the fitted threshold where it is not given.
    """
    scene = make_scene(text, knowledge())
    figures = FigureReader(scene)
    places, _ = PlaceReader(scene).read()
    mentions = [figure for number in range(len(scene.sentences)) for figure in figures.read(number)]
    reader = TellingReader(scene, mentions, places)
    tellings = [telling for number in range(len(scene.sentences)) for telling in reader.read(number)]
    happened = [telling for telling in tellings if telling.status.reality == "happened"]
    incidents = assemble(scene, happened)
    unreal = len(tellings) - len(happened)
    made = [report for incident in incidents if (report := _report(scene, incident, places, unreal)) is not None]
    reports = [report for report in made if report.confidence >= (threshold() if at_least is None else at_least)]
    left = tuple(_mention(scene, telling) for telling in tellings if telling.status.reality != "happened")
    return Coding(tuple(reports), left, None if reports else _reason(tellings))


def _reason(tellings: list[Telling]) -> str:
    if not tellings:
        return "tells of no event"
    real = sorted({telling.status.reality for telling in tellings if telling.status.reality != "happened"})
    return f"told only as {', '.join(real)}" if real else "tells of no event well enough"


def _report(scene: Scene, incident: Incident, places: list[PlaceMention], unreal: int) -> Report | None:
    location = _where(scene, incident, places)
    if location is None:
        return None
    figures = [figure for telling in incident.tellings for figure in telling.figures]
    sources = SourceReader(scene)
    actors = sides(scene, incident, location.country)
    category = {actor.side: actor.category for actor in actors}
    counted = totals(scene, figures)
    rule = settle_type(incident.frames, category.get(1), category.get(2), counted)
    if rule is None:
        return None
    start, end, precision = _when(scene, incident)
    first, last = _evidence(scene, incident)
    believed = signs(scene, incident, location, precision, rule.sub, unreal)
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
        figures=records(scene, figures, sources),
        actors=actors,
        rules=(rule.id, *sorted({m.entry.id for t in incident.tellings for m in t.triggers})),
        signs=tuple((name, value) for name, value in believed.items() if value),
    )


def _where(scene: Scene, incident: Incident, places: list[PlaceMention]) -> Location | None:
    weighed: list[tuple[PlaceMention, float]] = []
    for order, telling in enumerate(incident.tellings):
        late = 0 if scene.in_title(telling.sentence) else min(order, 6)
        weighed.extend((mention, rank(mention, late) - 0.1 * n) for n, mention in enumerate(telling.places))
    found = locate(scene, weighed)
    if found is None:
        found = locate(scene, [(mention, rank(mention, 3)) for mention in places])
    if found is None and scene.text.country:
        return Location(country=scene.text.country, place="", geo_precision="country")
    return found


def _when(scene: Scene, incident: Incident) -> tuple[date, date, TimePrecision]:
    published = scene.text.published or date.min
    for telling in incident.tellings:
        for mention in telling.dates:
            if not mention.history:
                return _span(mention)
    return published, published, "assumed"


def _span(mention: DateMention) -> tuple[date, date, TimePrecision]:
    precision: TimePrecision = mention.precision if mention.precision in ("day", "week", "month") else "month"
    return mention.start, mention.end, precision


def _evidence(scene: Scene, incident: Incident) -> tuple[int, int]:
    """The span in the body of the incident's first telling there; the first sentence where only the headline tells."""
    for telling in incident.tellings:
        if not scene.in_title(telling.sentence):
            sentence = scene.sentences[telling.sentence]
            break
    else:
        sentence = scene.sentences[min(scene.title_sentences, len(scene.sentences) - 1)]
    start, end = scene.tokens.span(sentence.first, sentence.last)
    return max(0, start - scene.body_at), max(0, end - scene.body_at)


def _mention(scene: Scene, telling: Telling) -> Mention:
    first, last = telling.first, telling.last
    start, end = scene.tokens.span(first, last)
    title = start < scene.body_at
    shift = 0 if title else scene.body_at
    return Mention(
        sub_event_type=None,
        reality=telling.status.reality,
        reason=telling.status.reason,
        start=start - shift,
        end=end - shift,
        quote=scene.joined[start:end],
        field="title" if title else "body",
    )


__all__ = ["FigureMention", "code_article", "extractor_version"]

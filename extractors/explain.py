"""How a text became its rows, in lines to read: what each sentence gave, then each report and what was left."""

from collections.abc import Iterator

from extractors.arabic.sentences import Sentence
from extractors.coding import coded
from extractors.records import Coding, NewsText, Report
from extractors.rules.analysis import Analysis, analyse
from extractors.rules.belief import threshold, weights
from extractors.rules.telling import Telling


def explain_article(text: NewsText) -> Iterator[str]:
    """The derivation of an article's rows: mentions with spans and rules, reports with signs, and what was left."""
    analysis = analyse(text)
    for number, sentence in enumerate(analysis.scene.sentences):
        yield from _sentence(analysis, number, sentence)
    yield from _result(coded(analysis, threshold()))


def _sentence(analysis: Analysis, number: int, sentence: Sentence) -> Iterator[str]:
    scene = analysis.scene
    where = "headline" if scene.in_title(number) else f"paragraph {sentence.paragraph}"
    yield f"[{number}] {where}: {scene.quote(sentence.first, sentence.last)}"
    for place in analysis.places:
        if sentence.first <= place.first < sentence.last:
            known = place.place
            settled = f"{known.id} {known.name_en}, {known.country}" if known else "not in the table"
            yield f"    place   {_span(analysis, place.first, place.last)} {place.role}: {settled}"
    for day in scene.dates:
        if sentence.first <= day.first < sentence.last:
            flags = "".join(f", {name}" for name in ("history", "future", "since") if getattr(day, name))
            yield f"    date    {_span(analysis, day.first, day.last)} {day.start}..{day.end} {day.precision}{flags}"
    for hint in scene.found["motives"]:
        if sentence.first <= hint.first < sentence.last:
            yield f"    hint    {_span(analysis, hint.first, hint.last)} {hint.entry.id}: {hint.entry.get('frame')}"
    for telling in analysis.tellings:
        if telling.sentence == number:
            yield from _telling(analysis, telling)


def _telling(analysis: Analysis, telling: Telling) -> Iterator[str]:
    status = telling.status
    yield f"    telling {status.reality} ({status.reason})"
    for trigger in telling.triggers:
        entry = trigger.entry
        told = f"{entry.id}: {entry.get('frame')}, weight {entry.get('weight')}"
        yield f"        word   {_span(analysis, trigger.first, trigger.last)} {told}"
    for figure in telling.figures:
        count = figure.count
        yield (
            f"        figure {_span(analysis, figure.first, figure.last)} {figure.kind} "
            f"{count.min}..{count.max} {count.qualifier}, {figure.role} ({figure.trigger.entry.id})"
        )


def _span(analysis: Analysis, first: int, last: int) -> str:
    start, end = analysis.scene.tokens.span(first, last)
    field, shift = ("title", 0) if start < analysis.scene.body_at else ("body", analysis.scene.body_at)
    return f"{field}[{start - shift}:{end - shift}] {analysis.scene.joined[start:end]!r}"


def _result(coding: Coding) -> Iterator[str]:
    for report in coding.reports:
        yield from _report(report)
    for mention in coding.mentions:
        yield f"left: {mention.field}[{mention.start}:{mention.end}] {mention.reality}: {mention.reason}"
    if coding.reason is not None:
        yield f"no report: {coding.reason}"


def _report(report: Report) -> Iterator[str]:
    place = report.location
    yield f"report: {report.event_type} / {report.sub_event_type}, confidence {report.confidence}"
    yield f"    where {place.place} ({place.place_en}), {place.admin1}, {place.country}, {place.geo_precision}"
    yield f"    when  {report.date_start}..{report.date_end} {report.time_precision}"
    for total in report.totals:
        yield f"    total {total.kind} {total.min}..{total.max}"
    for actor in report.actors:
        yield f"    side {actor.side} {actor.name} ({actor.category}, {actor.claim or 'no claim'})"
    yield f"    source {report.attributed_to}; evidence body[{report.evidence_start}:{report.evidence_end}]"
    yield f"    rules {', '.join(report.rules)}"
    table = weights()
    told = ", ".join(f"{name} {value:g} x {table.get(name, 0.0):+g}" for name, value in report.signs)
    yield f"    signs {told}"

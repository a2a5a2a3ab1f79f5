"""A coding's records -> rows of reports, figures, actors and mentions."""

from collections.abc import Sequence
from typing import Any

from db.text import storable
from extractors.records import PAIRED_FIGURES, Actor, Coding, NewsText, Report, Total

Row = dict[str, Any]


def report_rows(extraction_id: int, article_id: int, coding: Coding, body: str) -> list[Row]:
    """A row for each report; its evidence is cut from the body here, so that offsets and passage cannot disagree."""
    return [
        _report_row(report, body) | {"extraction_id": extraction_id, "article_id": article_id, "position": position}
        for position, report in enumerate(coding.reports, start=1)
    ]


def stored_body(text: NewsText) -> str:
    """The body as it stands in the database."""
    return storable(text.body)


def _report_row(report: Report, body: str) -> Row:
    place = report.location
    return (
        {
            "sub_event_type": report.sub_event_type,
            "date_start": report.date_start,
            "date_end": report.date_end,
            "time_precision": report.time_precision,
            "country": place.country,
            "admin1": place.admin1,
            "place": place.place,
            "place_en": place.place_en,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geo_precision": place.geo_precision,
            "attributed_to": report.attributed_to,
            "confidence": report.confidence,
            "evidence": body[report.evidence_start : report.evidence_end],
            "evidence_start": report.evidence_start,
            "evidence_end": report.evidence_end,
            "rules": list(report.rules),
        }
        | _pairs(report.totals)
        | _first_actor(report.actors, 1)
        | _first_actor(report.actors, 2)
    )


def report_names(row: Row) -> str:
    """The names in a report's row by which it is searched: of its places and its sides."""
    return " ".join(filter(None, (row[name] for name in ("place", "place_en", "admin1", "actor1", "actor2"))))


def _pairs(totals: Sequence[Total]) -> Row:
    """The pair of each kind of harm: NULL, not 0, where the article gives none."""
    given = {total.kind: total for total in totals}
    return {
        f"{kind}_{end}": getattr(given[kind], end) if kind in given else None
        for kind in PAIRED_FIGURES
        for end in ("min", "max")
    }


def _first_actor(actors: Sequence[Actor], side: int) -> Row:
    first = next((actor for actor in actors if actor.side == side), None)
    return {
        f"actor{side}": first.name if first else None,
        f"actor{side}_category": first.category if first else None,
    }


def figure_rows(report_id: int, report: Report) -> list[Row]:
    """A row for each count of a report, damage and denials too."""
    return [
        {
            "report_id": report_id,
            "position": position,
            "kind": figure.kind,
            "min": figure.min,
            "max": figure.max,
            "qualifier": figure.qualifier,
            "group_counted": figure.group,
            "role": figure.role,
            "attributed_to": figure.attributed_to,
            "quote": figure.quote,
            "quote_start": figure.start,
            "quote_end": figure.end,
            "quote_field": figure.field,
        }
        for position, figure in enumerate(report.figures, start=1)
    ]


def actor_rows(report_id: int, report: Report) -> list[Row]:
    """A row for each actor of a report."""
    return [
        {
            "report_id": report_id,
            "position": position,
            "side": actor.side,
            "name": actor.name,
            "category": actor.category,
            "claim": actor.claim,
            "name_start": actor.start,
            "name_end": actor.end,
            "name_field": actor.field,
        }
        for position, actor in enumerate(report.actors, start=1)
    ]


def mention_rows(extraction_id: int, coding: Coding) -> list[Row]:
    """A row for each telling that made no report."""
    return [
        {
            "extraction_id": extraction_id,
            "position": position,
            "sub_event_type": mention.sub_event_type,
            "reality": mention.reality,
            "reason": mention.reason,
            "quote": mention.quote,
            "quote_start": mention.start,
            "quote_end": mention.end,
            "quote_field": mention.field,
        }
        for position, mention in enumerate(coding.mentions, start=1)
    ]

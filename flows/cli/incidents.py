"""Incident reports as a table for reading."""

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from sqlalchemy import Connection, Row, text

from extractors.records import PAIRED_FIGURES
from flows.cli.show import table

_COLUMNS = ("date", "where", "what", "figures", "actors", "source", "passage")
_REPORTS = text("SELECT * FROM incident_reports ORDER BY date_start, report_id")


def incident_table(connection: Connection) -> Table:
    """All incident reports, the oldest first, a row each."""
    return table(_COLUMNS, [_cells(report) for report in connection.execute(_REPORTS)], cut="passage")


def _cells(report: Row[Any]) -> Sequence[object]:
    return (
        report.date_start,
        ", ".join(filter(None, (report.place_en or report.place, report.country))),
        report.sub_event_type.replace("/", "/ "),  # so that it may be folded there
        figures(report),
        " / ".join(filter(None, (report.actor1, report.actor2))),
        report.publisher,
        " ".join(report.evidence.split()),
    )


def figures(report: Row[Any]) -> str:
    """The counts of a report in words: "killed 3, injured 12-15, detained 200+"; unknown ones are left out."""
    pairs = ((kind, getattr(report, f"{kind}_min"), getattr(report, f"{kind}_max")) for kind in PAIRED_FIGURES)
    return ", ".join(f"{kind} {span(least, most)}" for kind, least, most in pairs if (least, most) != (None, None))


def span(least: int | None, most: int | None) -> str:
    """A count in words: "3", "12-15", "200+", "up to 9"."""
    if least == most:
        return str(least)
    if most is None:
        return f"{least}+"
    return f"up to {most}" if least is None else f"{least}-{most}"

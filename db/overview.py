"""The incidents of some days as a page shows them: the weightiest, who tells of each, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from db.export import Selection

_ASKED = """
date_start BETWEEN :since AND :until
    AND (CAST(:countries AS text[]) IS NULL OR country = ANY(:countries))
    AND (
        CAST(:kinds AS text[]) IS NULL
        OR domain = ANY(:kinds) OR event_type = ANY(:kinds) OR sub_event_type = ANY(:kinds)
    )
"""
_INCIDENTS = text(f"""
SELECT incident.*, countries.name AS country_name
FROM (
    SELECT incident_id FROM incidents WHERE {_ASKED}
    ORDER BY killed_best DESC NULLS LAST, injured_best DESC NULLS LAST, report_count DESC, incident_id DESC
    LIMIT :most
) AS weightiest
JOIN incidents AS incident USING (incident_id)
LEFT JOIN countries USING (country)
ORDER BY incident.date_start DESC, incident.killed_best DESC NULLS LAST, incident_id DESC
""")  # noqa: S608 - our own words
_COUNTS = text(f"""
SELECT date_start AS day, country, event_type, count(*) AS incidents FROM incidents WHERE {_ASKED}
GROUP BY date_start, country, event_type
""")  # noqa: S608
_TELLINGS = text("""
SELECT * FROM (
    SELECT member.incident_id, report.publisher, report.published_at, report.article_title, report.article_url,
        report.evidence, row_number() OVER (
            PARTITION BY member.incident_id ORDER BY report.published_at, report.report_id
        ) AS place
    FROM incident_members AS member JOIN incident_reports AS report USING (report_id)
    WHERE member.incident_id = ANY(:incidents)
) AS told
WHERE place <= :most ORDER BY incident_id, place
""")


@dataclass(frozen=True, slots=True)
class Overview:
    """Incidents of some days, the latest day first; the reports of each; all counted by day, country and type."""

    since: date
    until: date
    incidents: Sequence[Row[Any]]
    tellings: Mapping[int, Sequence[Row[Any]]]
    counts: Sequence[Row[Any]]

    @property
    def total(self) -> int:
        """All incidents of these days, those too that are not among `incidents`."""
        return sum(row.incidents for row in self.counts)


def read_overview(
    connection: Connection, since: date, until: date, selection: Selection, *, most: int, tellings: int
) -> Overview:
    """What began from `since` to `until`, both included.

    Args:
        connection: all is read in one snapshot where its transaction is REPEATABLE READ.
        since: first day.
        until: last day.
        selection: countries and kinds; none: all.
        most: incidents at the most, the deadliest first.
        tellings: reports of an incident at the most, the earliest first.
    """
    asked = {"since": since, "until": until, "countries": list(selection.countries) or None}
    asked |= {"kinds": list(selection.kinds) or None}
    incidents = connection.execute(_INCIDENTS, asked | {"most": most}).all()
    numbers = [row.incident_id for row in incidents]
    told: dict[int, list[Row[Any]]] = {number: [] for number in numbers}
    for row in connection.execute(_TELLINGS, {"incidents": numbers, "most": tellings}):
        told[row.incident_id].append(row)
    return Overview(since, until, incidents, told, connection.execute(_COUNTS, asked).all())

"""The incidents of a day, for a page that people read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

_OF_DAY = text("""
SELECT reports.*
FROM incident_reports AS reports
WHERE reports.published_at >= :day AND reports.published_at < CAST(:day AS timestamptz) + interval '1 day'
    AND (CAST(:country AS text) IS NULL OR reports.country = :country)
ORDER BY reports.killed_max DESC NULLS LAST, reports.injured_max DESC NULLS LAST, reports.confidence DESC,
    reports.report_id
LIMIT :limit
""")
_COUNTS = text("""
SELECT reports.domain, count(*) AS reports, count(DISTINCT reports.article_id) AS articles
FROM incident_reports AS reports
WHERE reports.published_at >= :day AND reports.published_at < CAST(:day AS timestamptz) + interval '1 day'
    AND (CAST(:country AS text) IS NULL OR reports.country = :country)
GROUP BY reports.domain ORDER BY reports DESC, reports.domain
""")


def day_counts(connection: Connection, day: date, country: str | None) -> Sequence[Row[Any]]:
    """Reports and articles published on a day (UTC), by domain."""
    return connection.execute(_COUNTS, _values(day, country)).all()


def day_incidents(connection: Connection, day: date, country: str | None, *, limit: int) -> Sequence[Row[Any]]:
    """Incidents told on a day (UTC), the deadliest first; of one country where named (ISO 3166-1 alpha-2)."""
    return connection.execute(_OF_DAY, _values(day, country) | {"limit": limit}).all()


def _values(day: date, country: str | None) -> dict[str, Any]:
    return {"day": f"{day.isoformat()} 00:00+00", "country": country}

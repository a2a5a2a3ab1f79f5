"""The incidents of a day, for a page that people read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

_OF_DAY = text("""
SELECT incidents.*, countries.name AS country_name FROM incidents LEFT JOIN countries USING (country)
WHERE first_reported_at >= :day AND first_reported_at < CAST(:day AS timestamptz) + interval '1 day'
    AND (CAST(:country AS text) IS NULL OR country = :country)
ORDER BY killed_max DESC NULLS LAST, injured_max DESC NULLS LAST, confidence DESC, incident_id
LIMIT :limit
""")
_COUNTS = text("""
SELECT domain, count(*) AS incidents FROM incidents
WHERE first_reported_at >= :day AND first_reported_at < CAST(:day AS timestamptz) + interval '1 day'
    AND (CAST(:country AS text) IS NULL OR country = :country)
GROUP BY domain ORDER BY incidents DESC, domain
""")


def day_counts(connection: Connection, day: date, country: str | None) -> Sequence[Row[Any]]:
    """Incidents first told on a day (UTC), by domain."""
    return connection.execute(_COUNTS, _values(day, country)).all()


def day_incidents(connection: Connection, day: date, country: str | None, *, limit: int) -> Sequence[Row[Any]]:
    """Incidents first told on a day (UTC), the deadliest first; of one country where named (ISO 3166-1 alpha-2)."""
    return connection.execute(_OF_DAY, _values(day, country) | {"limit": limit}).all()


def _values(day: date, country: str | None) -> dict[str, Any]:
    return {"day": f"{day.isoformat()} 00:00+00", "country": country}

"""When sources bring news: the hours in which each one did, and when it last did."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

HourOfWeek = tuple[int, int]  # ISO weekday, hour of the day in UTC


@dataclass(frozen=True, slots=True)
class SourceHours:
    """How often a source listed something new, by hour of the week; since when and until when it is known."""

    began_at: datetime
    last_new_at: datetime | None
    seen: Mapping[HourOfWeek, int]


_HOURS = text("""
SELECT feed_id, extract(isodow FROM began)::int AS weekday, extract(hour FROM began)::int AS hour, count(*) AS times
FROM (
    SELECT DISTINCT feed_id, date_trunc('hour', first_seen_at AT TIME ZONE 'UTC') AS began
    FROM entries WHERE first_seen_at >= :since
) AS hours
GROUP BY 1, 2, 3
""")
_ALL_HOURS = text("""
SELECT extract(isodow FROM began)::int AS weekday, extract(hour FROM began)::int AS hour, count(*) AS times
FROM (
    SELECT DISTINCT date_trunc('hour', first_seen_at AT TIME ZONE 'UTC') AS began
    FROM entries WHERE first_seen_at >= :since
) AS hours
GROUP BY 1, 2
""")
_SOURCES = text("SELECT id, added_at, last_new_at FROM feeds WHERE state = 'active'")
_ALL = text("SELECT min(added_at) AS began_at, max(last_new_at) AS last_new_at FROM feeds WHERE state = 'active'")


def hours_by_source(connection: Connection, *, since: datetime) -> dict[int, SourceHours]:
    """Feed id: its hours since then, of all active feeds."""
    seen: dict[int, Counter[HourOfWeek]] = defaultdict(Counter)
    for row in connection.execute(_HOURS, {"since": since}):
        seen[row.feed_id][row.weekday, row.hour] = row.times
    return {row.id: SourceHours(row.added_at, row.last_new_at, seen[row.id]) for row in connection.execute(_SOURCES)}


def hours_of_all(connection: Connection, *, since: datetime) -> SourceHours | None:
    """The same of all active feeds taken as one; None where there is none."""
    known = connection.execute(_ALL).one()
    if known.began_at is None:
        return None
    rows = connection.execute(_ALL_HOURS, {"since": since})
    return SourceHours(known.began_at, known.last_new_at, {(row.weekday, row.hour): row.times for row in rows})

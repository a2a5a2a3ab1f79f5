"""When sources bring news: the hours in which each one did, and when it last did."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
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
WITH hours AS MATERIALIZED (
    SELECT DISTINCT feed_id, date_trunc('hour', first_seen_at AT TIME ZONE 'UTC') AS began
    FROM entries WHERE first_seen_at >= :since
)
SELECT feed_id, extract(isodow FROM began)::int AS weekday, extract(hour FROM began)::int AS hour, count(*) AS times
FROM hours GROUP BY 1, 2, 3
UNION ALL
SELECT NULL, extract(isodow FROM began)::int, extract(hour FROM began)::int, count(DISTINCT began)
FROM hours GROUP BY 2, 3
""")
_SOURCES = text("SELECT id, added_at, last_new_at FROM feeds WHERE state = 'active'")


def hours_by_source(connection: Connection, *, since: datetime) -> tuple[dict[int, SourceHours], SourceHours | None]:
    """Feed id: its hours since then, for each active feed; and the hours of all taken as one, if there is any."""
    seen: dict[int | None, Counter[HourOfWeek]] = defaultdict(Counter)
    for row in connection.execute(_HOURS, {"since": since}):
        seen[row.feed_id][row.weekday, row.hour] = row.times
    sources = {row.id: SourceHours(row.added_at, row.last_new_at, seen[row.id]) for row in connection.execute(_SOURCES)}
    return sources, _together(sources.values(), seen[None])


def _together(sources: Collection[SourceHours], seen: Mapping[HourOfWeek, int]) -> SourceHours | None:
    if not sources:
        return None
    last = max((one.last_new_at for one in sources if one.last_new_at is not None), default=None)
    return SourceHours(min(one.began_at for one in sources), last, seen)

"""The signs of life that watchers from outside read, in one look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the database stands. Moments are aware UTC, None where there is none yet."""

    feeds_due_since: datetime | None  # the longest overdue poll of an active feed
    last_poll_at: datetime | None
    last_article_at: datetime | None
    owed: dict[str, int]  # pages that are due, by stage
    owed_since: datetime | None  # the longest overdue page
    parked: int
    polls: dict[str, int]  # of the last hour, by outcome
    articles: int
    reports: int
    bytes: int


_ONES = text("""
SELECT
    (SELECT min(next_poll_at) FROM feeds WHERE state = 'active' AND next_poll_at <= :now) AS feeds_due_since,
    (SELECT max(last_poll_at) FROM feeds) AS last_poll_at,
    (SELECT created_at FROM articles ORDER BY id DESC LIMIT 1) AS last_article_at,
    (SELECT min(due_at) FROM pages WHERE due_at <= :now) AS owed_since,
    (SELECT count(*) FROM pages WHERE parked_at IS NOT NULL) AS parked,
    (SELECT count(*) FROM articles WHERE is_current) AS articles,
    (SELECT count(*) FROM incident_reports) AS reports,
    pg_database_size(current_database()) AS bytes
""")
_OWED = text("SELECT stage, count(*) AS pages FROM pages WHERE due_at <= :now GROUP BY stage ORDER BY stage")
_POLLS = text(
    "SELECT outcome, count(*) AS polls FROM polls WHERE started_at > :since GROUP BY outcome ORDER BY outcome"
)


def vitals(connection: Connection, *, now: datetime) -> Vitals:
    """The signs of life at this moment."""
    ones = connection.execute(_ONES, {"now": now}).mappings().one()
    owed = {row.stage: row.pages for row in connection.execute(_OWED, {"now": now})}
    recent = connection.execute(_POLLS, {"since": now - timedelta(hours=1)})
    return Vitals(owed=owed, polls={row.outcome: row.polls for row in recent}, **ones)

"""Stored pages -> due once more, before their time: for a person who has a reason to look again."""

from datetime import datetime

from sqlalchemy import Connection, text

_AGAIN = text("""
UPDATE pages SET stage = 'fetch', due_at = :now, attempts = 0
FROM feeds
WHERE feeds.id = pages.feed_id AND pages.state = 'done' AND (pages.stage IS NULL OR pages.stage = 'fetch')
    AND pages.first_fetched_at >= :since AND (pages.lease_until IS NULL OR pages.lease_until <= :now)
    AND (CAST(:publisher AS text) IS NULL OR feeds.publisher = :publisher)
""")


def look_again(connection: Connection, *, now: datetime, since: datetime, publisher: str | None = None) -> int:
    """Have the pages that were first fetched since then fetched again, all or a publisher's -> how many."""
    return connection.execute(_AGAIN, {"now": now, "since": since, "publisher": publisher}).rowcount

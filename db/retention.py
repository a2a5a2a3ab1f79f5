"""What is old by policy -> gone, batch by batch. Articles, codings and their history are never touched."""

from datetime import datetime

from sqlalchemy import Connection, text

BATCH = 500

# A page that is owed reading keeps its bytes, however old; so does the row, with its length and digest.
_BODIES = text("""
UPDATE fetches SET body = NULL
WHERE id IN (
    SELECT fetches.id FROM fetches JOIN pages ON pages.id = fetches.page_id
    WHERE fetches.fetched_at < :before AND fetches.body IS NOT NULL AND pages.stage IS DISTINCT FROM 'read'
    ORDER BY fetches.fetched_at LIMIT :limit
)
""")
_POLLS = text("""
DELETE FROM polls WHERE id IN (SELECT id FROM polls WHERE started_at < :before ORDER BY started_at LIMIT :limit)
""")


def drop_bodies(connection: Connection, *, before: datetime, limit: int = BATCH) -> int:
    """Let go of raw pages that were fetched before then -> how many; 0 where none is left."""
    return connection.execute(_BODIES, {"before": before, "limit": limit}).rowcount


def drop_polls(connection: Connection, *, before: datetime, limit: int = 20 * BATCH) -> int:
    """Delete the records of polls that began before then -> how many; 0 where none is left."""
    return connection.execute(_POLLS, {"before": before, "limit": limit}).rowcount

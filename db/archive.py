"""Pages out of an archive -> rows, as if they had been fetched when the archive says: they are owed reading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, text

from db.entries import Tally, store_entries
from db.feeds import FeedSpec, add_feeds, set_state
from db.fetches import FetchResult, record_fetches
from db.leases import LEASE
from db.text import storable
from extractors.records import Entry, Publisher

FROM_ARCHIVES = "its pages came from an archive: it is no feed to poll"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as an archive keeps it. `fetched_at` is aware UTC; of `publisher` what the archive tells."""

    entry: Entry
    body: bytes
    content_type: str | None
    fetched_at: datetime
    host: str
    publisher: Publisher = field(default_factory=Publisher)


_HOME = text("""
SELECT id FROM feeds
WHERE state <> 'removed' AND (host = :host OR publisher = :publisher)
ORDER BY publisher IS NOT DISTINCT FROM :publisher DESC, host = :host DESC, id LIMIT 1
""")


def home_feed(connection: Connection, host: str, publisher: Publisher, *, now: datetime) -> int:
    """The source that a page of this host belongs to; where there is none, one is listed that is not polled."""
    known: int | None = connection.execute(_HOME, {"host": host, "publisher": publisher.name}).scalar()
    if known is not None:
        return known
    spec = FeedSpec(f"https://{host}/", None, publisher.name or host, publisher.country, publisher.timezone)
    added = add_feeds(connection, [spec], now=now)
    set_state(connection, spec.url, "paused", now=now, reason=FROM_ARCHIVES)
    return added[spec.url]


_TAKE = text("""
UPDATE pages SET lease_owner = :owner, lease_until = :until, stage = 'fetch', due_at = :now
WHERE id IN (
    SELECT id FROM pages
    WHERE url = ANY(:urls) AND fetch_id IS NULL AND (lease_until IS NULL OR lease_until <= :now)
    ORDER BY id FOR UPDATE SKIP LOCKED
)
RETURNING id, url
""")


def take_in(connection: Connection, feed_id: int, pages: Sequence[ArchivedPage], *, owner: str, now: datetime) -> int:
    """Store the pages of one source that were never fetched; others stay as they are -> how many were stored.

    They are held by `owner` until it gives its leases back; then any worker reads and codes them.
    """
    one_each = {storable(page.entry.url): page for page in pages}
    entries = [page.entry for page in one_each.values()]
    store_entries(connection, feed_id, entries, Tally.of(entries, ()), now)
    taking = {"owner": owner, "until": now + LEASE, "now": now, "urls": list(one_each)}
    taken = connection.execute(_TAKE, taking).all()
    results = list(_results((row.id, one_each[row.url]) for row in taken))
    return len(record_fetches(connection, results, owner=owner, now=now))


def _results(pages: Iterable[tuple[int, ArchivedPage]]) -> Iterable[FetchResult]:
    for page_id, page in pages:
        headers = {"content-type": page.content_type} if page.content_type else {}
        yield FetchResult(page_id, page.fetched_at, "stored", http_status=200, headers=headers, body=page.body)

"""Pages that are owed work -> claims; and what operators do with those that were given up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, text

from db.leases import LEASE, claim
from extractors.records import Entry, Publisher

Stage = Literal["fetch", "read", "code"]


@dataclass(frozen=True, slots=True)
class ClaimedPage:
    """A page that this worker may fetch, read or code until its lease ends: `stage` says which."""

    id: int
    url: str
    host: str
    stage: Stage
    attempts: int
    fetch_id: int | None
    body_sha256: str | None
    etag: str | None
    last_modified: str | None
    first_seen_at: datetime
    first_fetched_at: datetime | None
    rechecks: int
    feed_id: int
    publisher: Publisher
    entry: Entry | None


# One host after another, so that a host with a thousand pages cannot starve one with a single page. Hosts are found by
# hopping along the index, so that the cost follows the number of hosts and not the length of the queue; and no more is
# looked at of each host than its share of what is wanted, and a little more for what other workers take meanwhile.
_CANDIDATES = text("""
WITH RECURSIVE first AS (
    (SELECT stage, host, due_at FROM pages WHERE due_at IS NOT NULL AND stage = ANY(:stages)
    ORDER BY stage, host, due_at LIMIT 1)
    UNION ALL
    SELECT later.stage, later.host, later.due_at FROM first CROSS JOIN LATERAL (
        SELECT stage, host, due_at FROM pages
        WHERE due_at IS NOT NULL AND stage = ANY(:stages) AND (stage, host) > (first.stage, first.host)
        ORDER BY stage, host, due_at LIMIT 1
    ) AS later
), due AS (
    SELECT stage, host FROM first
    WHERE due_at <= :now AND host <> ALL(:except_hosts)
        AND (stage <> 'fetch' OR host NOT IN (SELECT host FROM hosts WHERE closed_until > :now))
        AND (CAST(:parts AS int) IS NULL OR mod(abs(CAST(hashtext(host) AS bigint)), :parts) = :part)
)
SELECT page.id
FROM due CROSS JOIN LATERAL (
    SELECT id, due_at FROM pages
    WHERE stage = due.stage AND host = due.host AND due_at <= :now
        AND (lease_until IS NULL OR lease_until <= :now)
        AND (CAST(:feeds AS bigint[]) IS NULL OR feed_id = ANY(:feeds))
    ORDER BY due_at, id
    LIMIT least(CAST(:per_host AS bigint), (SELECT 1 + 4 * CAST(:limit AS bigint) / greatest(count(*), 1) FROM due))
) AS page
ORDER BY row_number() OVER (PARTITION BY due.host ORDER BY page.due_at, page.id), page.due_at, page.id
""")

# Asked again under lock: another worker may have taken or even recorded a page since it was found.
_TAKE = text("""
WITH taken AS (
    SELECT id FROM pages
    WHERE id = ANY(:ids) AND stage = ANY(:stages) AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :now)
    ORDER BY id
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE pages SET lease_owner = :owner, lease_until = :until
    FROM taken WHERE pages.id = taken.id
    RETURNING pages.*
)
SELECT claimed.*, feeds.publisher, feeds.country, feeds.timezone, entries.id AS entry_id, entries.guid,
    entries.url AS entry_url, entries.title, entries.summary, entries.author, entries.tags, entries.published_at,
    entries.published_text
FROM claimed
JOIN feeds ON feeds.id = claimed.feed_id
LEFT JOIN entries ON entries.feed_id = claimed.feed_id AND entries.page_id = claimed.id
""")


def claim_pages(
    connection: Connection,
    *,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta = LEASE,
    stages: Sequence[Stage] = ("fetch",),
    feeds: Collection[int] | None = None,
    except_hosts: Collection[str] = (),
    per_host: int | None = None,
    part: tuple[int, int] | None = None,
) -> list[ClaimedPage]:
    """Pages that are owed one of these stages and nobody works at, fair between hosts; of some feeds, where named.

    At most `per_host` of one host, and none to fetch of a host that asked for a pause. With `part` (i, n) those of the
    i-th of n parts of all hosts, as in claim_feeds.
    """
    values = {
        "now": now,
        "stages": list(stages),
        "feeds": None if feeds is None else list(feeds),
        "except_hosts": list(except_hosts),
        "per_host": per_host,
        "part": part[0] if part else None,
        "parts": part[1] if part else None,
    }
    taking = {"owner": owner, "now": now, "until": now + lease, "stages": list(stages)}

    def find(wanted: int) -> Sequence[int]:
        return connection.execute(_CANDIDATES, values | {"limit": wanted}).scalars().all()

    def take(ids: Sequence[int]) -> Sequence[Row[Any]]:
        return connection.execute(_TAKE, taking | {"ids": ids}).all()

    rows = claim(find, take, limit=limit, once=per_host is not None)
    return [_claimed(row) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


def _claimed(row: Row[Any]) -> ClaimedPage:
    return ClaimedPage(
        id=row.id,
        url=row.url,
        host=row.host,
        stage=row.stage,
        attempts=row.attempts,
        fetch_id=row.fetch_id,
        body_sha256=row.body_sha256,
        etag=row.etag,
        last_modified=row.last_modified,
        first_seen_at=row.first_seen_at,
        first_fetched_at=row.first_fetched_at,
        rechecks=row.rechecks,
        feed_id=row.feed_id,
        publisher=Publisher(row.publisher, row.country, row.timezone),
        entry=entry_of(row),
    )


def entry_of(row: Row[Any]) -> Entry | None:
    """The entry in a joined row, whose columns are named as in the table but for entry_id and entry_url."""
    if row.entry_id is None:
        return None
    return Entry(
        guid=row.guid,
        url=row.entry_url,
        title=row.title,
        summary=row.summary,
        author=row.author,
        tags=tuple(row.tags),
        published_at=row.published_at,
        published_text=row.published_text,
    )


@dataclass(frozen=True, slots=True)
class ParkedPage:
    """A page that was given up: what failed, how often, why, since when."""

    page_id: int
    url: str
    host: str
    publisher: str | None
    stage: Stage
    attempts: int
    reason: str | None
    error: str | None
    parked_at: datetime


_PARKED = text("""
SELECT * FROM parked_pages
WHERE (CAST(:pages AS bigint[]) IS NULL OR page_id = ANY(:pages)) AND (CAST(:host AS text) IS NULL OR host = :host)
ORDER BY parked_at DESC, page_id LIMIT :limit
""")


def list_parked(
    connection: Connection, *, limit: int = 1000, pages: Collection[int] | None = None, host: str | None = None
) -> list[ParkedPage]:
    """Pages that were given up, the latest first: all, some by id, or a host's."""
    values = {"limit": limit, "pages": None if pages is None else list(pages), "host": host}
    return [ParkedPage(*row) for row in connection.execute(_PARKED, values)]


_RETRY = text("""
UPDATE pages SET state = CASE WHEN stage = 'fetch' THEN 'waiting' ELSE 'failing' END, due_at = :now, attempts = 0,
    parked_at = NULL
WHERE parked_at IS NOT NULL AND (CAST(:pages AS bigint[]) IS NULL OR id = ANY(:pages))
    AND (CAST(:host AS text) IS NULL OR host = :host)
""")


def retry_parked(
    connection: Connection, *, now: datetime, pages: Collection[int] | None = None, host: str | None = None
) -> int:
    """Have parked pages tried again: all, some by id, or a host's -> how many."""
    values = {"now": now, "pages": None if pages is None else list(pages), "host": host}
    return connection.execute(_RETRY, values).rowcount


def work_owed(connection: Connection, *, now: datetime) -> dict[str, int]:
    """Stage: number of pages that are due, whether somebody works at them or not."""
    due = text("SELECT stage, count(*) AS pages FROM pages WHERE due_at <= :now GROUP BY stage")
    return {row.stage: row.pages for row in connection.execute(due, {"now": now})}

"""Feeds that are due -> claims; and a poll's whole outcome -> one transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, text, update

from db.entries import PollCounts, Tally, store_entries
from db.feeds import FeedState
from db.leases import LEASE, LeaseLost, claim
from db.tables import FeedRow, PollRow
from db.text import storable
from extractors.reading.urls import host_of
from extractors.records import Encoding, Entry, Publisher, Skipped

__all__ = ["ClaimedFeed", "NextPoll", "PollCounts", "PollResult", "Wishes", "claim_feeds", "record_poll"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a publisher asks of those who poll.

    Seconds between polls by the feed's text (`ttl`) and by the answer's headers (`max_age`); GMT hours and English
    weekdays to leave out.
    """

    ttl: int | None = None
    max_age: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimedFeed:
    """A feed that this worker may poll until its lease ends."""

    id: int
    url: str
    host: str
    kind: str | None
    title: str | None
    publisher: Publisher
    state: FeedState
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    interval_seconds: int
    consecutive_failures: int
    added_at: datetime
    last_poll_at: datetime | None
    last_success_at: datetime | None
    last_body_at: datetime | None
    last_new_at: datetime | None
    redirect_url: str | None
    redirect_since: datetime | None
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of polling a feed, before the database was asked what of it is new.

    One that is put off sent nothing: it leaves no audit row, and is no failure. `entries` bear canonical addresses.
    `etag`, `last_modified` and `body_sha256` are what to remember, None to forget. `wishes` of None leaves those that
    are known.
    """

    feed_id: int
    owner: str
    started_at: datetime
    outcome: Literal["read", "unchanged", "failed", "put off"]
    reason: str | None = None
    error: str | None = None
    http_status: int | None = None
    bytes: int | None = None
    final_url: str | None = None
    kind: str | None = None
    title: str | None = None
    encoding: Encoding | None = None
    entries: Sequence[Entry] = ()
    skipped: Sequence[Skipped] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    wishes: Wishes | None = None


@dataclass(frozen=True, slots=True)
class NextPoll:
    """What to do with the feed after a poll. With `adopt_url` it moves to that address."""

    at: datetime
    interval_seconds: int
    state: FeedState = "active"
    state_reason: str | None = None
    redirect_url: str | None = None
    redirect_since: datetime | None = None
    adopt_url: str | None = None


_CANDIDATES = text("""
SELECT id FROM feeds
WHERE (lease_until IS NULL OR lease_until <= :now)
    AND CASE WHEN CAST(:only AS bigint[]) IS NULL THEN state IN ('active', 'gone') AND next_poll_at <= :now
             ELSE id = ANY(:only) AND state <> 'removed' END
    AND (CAST(:parts AS int) IS NULL OR mod(abs(CAST(hashtext(host) AS bigint)), :parts) = :part)
    AND (CAST(:only AS bigint[]) IS NOT NULL OR host NOT IN (SELECT host FROM hosts WHERE closed_until > :now))
ORDER BY row_number() OVER (PARTITION BY host ORDER BY next_poll_at, id), next_poll_at, id
LIMIT 4 * :limit
""")

# Asked again under lock: another worker may have taken or even recorded a feed since it was found.
_TAKE = text(f"""
UPDATE feeds SET lease_owner = :owner, lease_until = :until
WHERE id IN (
    SELECT id FROM feeds
    WHERE id = ANY(:ids) AND (lease_until IS NULL OR lease_until <= :now) AND (next_poll_at <= :now OR :named)
    ORDER BY id
    FOR UPDATE SKIP LOCKED
)
RETURNING {", ".join(column.name for column in FeedRow.__table__.columns)}
""").columns(*FeedRow.__table__.columns)  # noqa: S608 - the names are our own


def claim_feeds(
    connection: Connection,
    *,
    owner: str,
    now: datetime,
    limit: int,
    lease: timedelta = LEASE,
    only: Collection[int] | None = None,
    part: tuple[int, int] | None = None,
) -> list[ClaimedFeed]:
    """Feeds that are due and nobody polls, fair between hosts; or those named by `only`, due or not.

    Feeds of a host that asked for a pause are left until it is over.

    With `part` (i, n) those of the i-th of n parts of all hosts: workers with different parts never meet at a host,
    so that one pace for each host needs no agreement between them.
    """
    values: dict[str, Any] = {"now": now, "only": None if only is None else list(only)}
    values |= {"part": part[0] if part else None, "parts": part[1] if part else None}
    taking = {"owner": owner, "now": now, "until": now + lease, "named": only is not None}

    def find(wanted: int) -> Sequence[int]:
        return connection.execute(_CANDIDATES, values | {"limit": wanted}).scalars().all()

    def take(ids: Sequence[int]) -> Sequence[Row[Any]]:
        return connection.execute(_TAKE, taking | {"ids": ids}).all()

    return sorted((_claimed(row) for row in claim(find, take, limit=limit)), key=lambda feed: feed.id)


def _claimed(row: Row[Any]) -> ClaimedFeed:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented access by name
    plain = {part.name: values[part.name] for part in fields(ClaimedFeed) if part.name not in {"publisher", "wishes"}}
    wishes = Wishes(row.ttl_seconds, row.max_age_seconds, frozenset(row.skip_hours), frozenset(row.skip_days))
    return ClaimedFeed(**plain, publisher=Publisher(row.publisher, row.country, row.timezone), wishes=wishes)


def record_poll(
    connection: Connection, result: PollResult, *, plan: Callable[[PollCounts], NextPoll], now: datetime
) -> PollCounts:
    """Store entries, pages to fetch, the audit row and the next poll. Call it in a transaction of its own.

    `plan` decides from the counts alone when to poll again. Raises LeaseLost when another worker has taken the feed.
    """
    feed = _locked(connection, result)
    tally = Tally.of(result.entries, result.skipped)
    if result.entries:
        store_entries(connection, result.feed_id, result.entries, tally, now)
    counts = tally.counts(had_entries=feed.last_new_at is not None)
    if result.outcome == "put off":
        _put_off(connection, feed, plan(counts).at)
        return counts
    _store_poll(connection, result, counts, tally, now)
    _store_feed(connection, feed, result, counts, plan(counts), now)
    return counts


def _locked(connection: Connection, result: PollResult) -> Row[Any]:
    feed = connection.execute(
        select(FeedRow.__table__).where(FeedRow.id == result.feed_id).with_for_update()
    ).one_or_none()
    if feed is None or feed.lease_owner != result.owner:
        raise LeaseLost(f"feed {result.feed_id} is no longer {result.owner}'s")
    return feed


def _put_off(connection: Connection, feed: Row[Any], until: datetime) -> None:
    values = {"lease_owner": None, "lease_until": None, "next_poll_at": until}
    connection.execute(update(FeedRow).where(FeedRow.id == feed.id).values(values))


def _store_poll(connection: Connection, result: PollResult, counts: PollCounts, tally: Tally, now: datetime) -> None:
    encoding = result.encoding
    connection.execute(
        insert(PollRow),
        {
            "feed_id": result.feed_id,
            "started_at": result.started_at,
            "finished_at": max(now, result.started_at),
            "outcome": result.outcome,
            "reason": result.reason,
            "error": result.error,
            "http_status": result.http_status,
            "bytes": result.bytes,
            "final_url": result.final_url,
            "entries_listed": counts.listed,
            "entries_new": counts.new,
            "entries_known": counts.known,
            "entries_skipped": counts.skipped,
            "skipped": dict(tally.skipped),
            "pages_new": counts.pages_new,
            "guids_changed": counts.guids_changed,
            "guids_reused": counts.guids_reused,
            "window_missed": counts.window_missed,
            "encoding_declared": encoding.declared if encoding else None,
            "encoding_used": encoding.used if encoding else None,
            "encoding_repaired": encoding.repaired if encoding else None,
        },
    )


def _store_feed(
    connection: Connection, feed: Row[Any], result: PollResult, counts: PollCounts, then: NextPoll, now: datetime
) -> None:
    failed = result.outcome == "failed"
    values: dict[str, Any] = {
        "lease_owner": None,
        "lease_until": None,
        "interval_seconds": then.interval_seconds,
        "next_poll_at": then.at,
        "redirect_url": then.redirect_url,
        "redirect_since": then.redirect_since,
        "last_poll_at": now,
        "last_outcome": result.outcome,
        "last_reason": result.reason,
        "last_error": result.error,
        "consecutive_failures": feed.consecutive_failures + 1 if failed else 0,
    }
    if feed.last_outcome is None or (feed.last_outcome == "failed") != failed:
        values["outcome_since"] = now
    if not failed:
        values |= {"last_success_at": now} | _of_success(result, counts, now)
    values |= _of_state(connection, feed, then, now)
    connection.execute(update(FeedRow).where(FeedRow.id == feed.id).values(values))


def _of_success(result: PollResult, counts: PollCounts, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"etag": result.etag, "last_modified": result.last_modified}
    if result.body_sha256 is not None:
        values["body_sha256"] = result.body_sha256
    if result.bytes is not None:
        values["last_body_at"] = now
    if result.kind is not None:
        values["kind"] = result.kind
    if result.title is not None:
        values["title"] = func.coalesce(FeedRow.title, storable(result.title))
    if result.outcome == "read" and counts.new:
        values["last_new_at"] = now
    return values if result.wishes is None else values | _of_wishes(result.wishes)


def _of_wishes(wishes: Wishes) -> dict[str, Any]:
    return {
        "ttl_seconds": wishes.ttl,
        "max_age_seconds": wishes.max_age,
        "skip_hours": sorted(wishes.skip_hours),
        "skip_days": sorted(wishes.skip_days),
    }


def _of_state(connection: Connection, feed: Row[Any], then: NextPoll, now: datetime) -> dict[str, Any]:
    """State and address after the poll. What a person paused or removed meanwhile stays so."""
    if feed.state in {"paused", "removed"}:
        return {}
    values: dict[str, Any] = {}
    state, reason = then.state, then.state_reason
    if then.adopt_url is not None and then.adopt_url != feed.url:
        if connection.execute(select(FeedRow.id).where(FeedRow.url == then.adopt_url)).first():
            state, reason = "gone", f"moved to {then.adopt_url}, which is listed already"
        else:
            values = {"url": then.adopt_url, "host": host_of(then.adopt_url)}
    if state != feed.state:
        values["state_since"] = now
    return values | {"state": state, "state_reason": reason}

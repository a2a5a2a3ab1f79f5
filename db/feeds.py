"""The list of sources: adding, removing, pausing, and keeping up with the shipped catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select, text
from sqlalchemy.dialects.postgresql import insert

from db.tables import FeedRow
from extractors.reading.urls import host_of

FIRST_INTERVAL = timedelta(minutes=30)
FeedState = Literal["active", "paused", "gone", "removed"]


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed as a person or the catalogue names it, by its canonical address."""

    url: str
    title: str | None = None
    publisher: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    timezone: str | None = None  # IANA name


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What keeping up with the catalogue changed, in numbers of feeds."""

    added: int
    changed: int
    same: int


def add_feeds(connection: Connection, specs: Iterable[FeedSpec], *, now: datetime) -> dict[str, int]:
    """Add the feeds that are not known, due at once, and bring removed ones back -> address: id, of those alone.

    A feed that is known and not removed is left as it is.
    """
    rows = [_new_row(spec, now) for spec in {spec.url: spec for spec in specs}.values()]
    if not rows:
        return {}
    again = {
        "state": "active",
        "state_reason": None,
        "state_since": now,
        "next_poll_at": now,
        "consecutive_failures": 0,
    }
    statement = insert(FeedRow).on_conflict_do_update(
        index_elements=[FeedRow.url], set_=again, where=FeedRow.state == "removed"
    )
    added = connection.execute(statement.returning(FeedRow.url, FeedRow.id), rows)
    return {row.url: row.id for row in added}


def feed_ids(connection: Connection, urls: Sequence[str]) -> dict[str, int]:
    """Address: id, of the feeds among these that are known and not removed."""
    found = select(FeedRow.url, FeedRow.id).where(FeedRow.url.in_(urls), FeedRow.state != "removed")
    return {row.url: row.id for row in connection.execute(found)}


def set_state(connection: Connection, url: str, state: FeedState, *, now: datetime, reason: str | None = None) -> bool:
    """Pause, remove or (state "active") resume a feed; False where no such feed is listed. Nothing of it is deleted."""
    changed = connection.execute(
        text("""
        UPDATE feeds SET state = :state, state_reason = :reason, lease_owner = NULL, lease_until = NULL,
            state_since = CASE WHEN state = :state THEN state_since ELSE :now END,
            next_poll_at = CASE WHEN :state = 'active' AND state <> 'active' THEN :now ELSE next_poll_at END
        WHERE url = :url AND state <> 'removed'
        """),
        {"url": url, "state": state, "reason": reason, "now": now},
    )
    return changed.rowcount > 0


def list_feeds(connection: Connection, *, removed: bool = False) -> Sequence[Row[Any]]:
    """All feeds with all their columns, by publisher and address; removed ones only where asked for."""
    wanted = select(FeedRow.__table__).order_by(FeedRow.publisher, FeedRow.url)
    return connection.execute(wanted if removed else wanted.where(FeedRow.state != "removed")).all()


def sync_catalogue(connection: Connection, specs: Sequence[FeedSpec], *, now: datetime) -> CatalogueChange:
    """Add what the catalogue has and the list has not, and take over what it says of publishers.

    What a person paused or removed stays so; a feed that left the catalogue stays listed.
    """
    rows = [_new_row(spec, now) | {"catalogued": True} for spec in specs]
    if not rows:
        return CatalogueChange(0, 0, 0)
    statement = insert(FeedRow)
    given: dict[str, Any] = {
        name: statement.excluded[name] for name in ("title", "publisher", "country", "timezone", "catalogued")
    }
    given["title"] = func.coalesce(given["title"], FeedRow.title)  # what the feed calls itself, where nobody else says
    differs = text(
        "(feeds.title, feeds.publisher, feeds.country, feeds.timezone, feeds.catalogued) IS DISTINCT FROM "
        "(coalesce(excluded.title, feeds.title), excluded.publisher, excluded.country, excluded.timezone, "
        "excluded.catalogued)"
    )
    written = connection.execute(
        statement.on_conflict_do_update(index_elements=[FeedRow.url], set_=given, where=differs).returning(
            (FeedRow.added_at == now).label("is_new")
        ),
        rows,
    ).all()
    added = sum(row.is_new for row in written)
    return CatalogueChange(added, len(written) - added, len(rows) - len(written))


def _new_row(spec: FeedSpec, now: datetime) -> dict[str, Any]:
    return {
        "url": spec.url,
        "host": host_of(spec.url),
        "title": spec.title,
        "publisher": spec.publisher,
        "country": spec.country,
        "timezone": spec.timezone,
        "state_since": now,
        "added_at": now,
        "interval_seconds": int(FIRST_INTERVAL.total_seconds()),
        "next_poll_at": now,
    }

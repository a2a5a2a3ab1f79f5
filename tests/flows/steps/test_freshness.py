"""Silence told from rest."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert

from db.feeds import FeedSpec, add_feeds
from db.freshness import SourceHours
from db.tables import EntryRow, FeedRow, PageRow
from flows.steps.freshness import freshness, pace

SUNDAY = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
OFFICE = {(weekday, hour): 8 for weekday in (1, 2, 3, 4, 5) for hour in range(7, 18)}


def _source(last: datetime, seen: dict[tuple[int, int], int] = OFFICE) -> SourceHours:
    return SourceHours(SUNDAY - timedelta(weeks=8), last, seen)


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (SUNDAY - timedelta(hours=30), SUNDAY + timedelta(hours=20), "usual"),  # the whole weekend
        (SUNDAY + timedelta(hours=41), SUNDAY + timedelta(hours=54), "usual"),  # a night
        (SUNDAY + timedelta(hours=41), SUNDAY + timedelta(hours=57, minutes=30), "slow"),  # two hours of the morning
        (SUNDAY + timedelta(hours=41), SUNDAY + timedelta(hours=60), "silent"),  # the whole morning
    ],
)
def test_silence_counts_only_at_hours_that_used_to_bring_something(
    last: datetime, now: datetime, expected: str
) -> None:
    """Nobody is woken because a newsroom sleeps, and nobody sleeps through a source that broke."""
    assert pace(_source(last), now) == expected


def test_young_source_is_silent_after_days_alone() -> None:
    """Before three weeks the hours of the week are not known."""
    young = SourceHours(SUNDAY, None, {})
    assert pace(young, SUNDAY + timedelta(days=2)) == "usual"
    assert pace(young, SUNDAY + timedelta(days=4)) == "silent"


def test_source_is_told_once_when_it_falls_silent(connection: Connection, now: datetime) -> None:
    """The look at which a source turned silent names it; the next one does not name it again."""
    (feed,) = add_feeds(connection, [FeedSpec("https://a.example/feed")], now=now - timedelta(weeks=4)).values()
    hours = [now - timedelta(hours=hours) for hours in range(6, 24 * 28)]
    connection.execute(FeedRow.__table__.update().values(last_new_at=hours[0]))  # type: ignore[attr-defined]
    pages = [
        {"url": f"https://a.example/{at:%s}", "host": "a.example", "feed_id": feed, "first_seen_at": at} for at in hours
    ]
    ids = connection.execute(insert(PageRow).returning(PageRow.id), pages).scalars().all()
    entries = [
        {"feed_id": feed, "page_id": page, "url": one["url"], "first_seen_at": at, "last_seen_at": at}
        for page, one, at in zip(ids, pages, hours, strict=True)
    ]
    connection.execute(insert(EntryRow), entries)
    turned = freshness(connection, now=now, before=now - timedelta(hours=3))
    assert (turned.sources, turned.fell_silent, turned.everything) == ({feed: "silent"}, (feed,), "silent")
    assert freshness(connection, now=now + timedelta(hours=1), before=now).fell_silent == ()

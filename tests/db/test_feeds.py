"""The list of sources."""

from datetime import datetime

from sqlalchemy import Connection

from db.feeds import FeedSpec, add_feeds, feed_ids, list_feeds, set_state, sync_catalogue
from db.polling import claim_feeds
from tests.db.rows import FEED, HOUR, OWNER, scalar


def test_a_feed_is_added_once(connection: Connection, now: datetime) -> None:
    """Adding a feed again leaves it as it is."""
    assert list(add_feeds(connection, [FeedSpec(FEED, "first"), FeedSpec(FEED, "second")], now=now)) == [FEED]
    assert add_feeds(connection, [FeedSpec(FEED, "third")], now=now) == {}
    assert [feed.title for feed in list_feeds(connection)] == ["second"]


def test_a_paused_feed_is_not_polled(connection: Connection, now: datetime) -> None:
    """Pausing takes a feed out of turn until it is resumed; it is polled all the same when named."""
    feed = add_feeds(connection, [FeedSpec(FEED)], now=now)[FEED]
    assert set_state(connection, FEED, "paused", now=now, reason="too noisy")
    assert claim_feeds(connection, owner=OWNER, now=now, limit=1) == []
    assert claim_feeds(connection, owner=OWNER, now=now, limit=1, only=[feed])
    assert set_state(connection, FEED, "active", now=now + HOUR)
    assert claim_feeds(connection, owner=OWNER, now=now + HOUR, limit=1)


def test_a_removed_feed_can_come_back(connection: Connection, now: datetime) -> None:
    """Removing keeps all that was stored; adding it again is the same feed."""
    first = add_feeds(connection, [FeedSpec(FEED)], now=now)
    set_state(connection, FEED, "removed", now=now)
    assert list(list_feeds(connection)) == []
    assert feed_ids(connection, [FEED]) == {}
    assert not set_state(connection, FEED, "paused", now=now)
    assert first == add_feeds(connection, [FeedSpec(FEED)], now=now)
    assert first == feed_ids(connection, [FEED])


def test_the_catalogue_is_kept_up_with(connection: Connection, now: datetime) -> None:
    """New feeds come in, publishers are corrected, and what a person decided stays."""
    other = FeedSpec("https://b.example/rss", publisher="B")
    first = sync_catalogue(connection, [FeedSpec(FEED, publisher="A"), other], now=now)
    set_state(connection, FEED, "paused", now=now)
    again = sync_catalogue(connection, [FeedSpec(FEED, publisher="A"), other], now=now + HOUR)
    changed = sync_catalogue(connection, [FeedSpec(FEED, publisher="A2"), other], now=now + HOUR)

    assert (first.added, first.changed, first.same) == (2, 0, 0)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    assert (changed.added, changed.changed, changed.same) == (0, 1, 1)
    assert scalar(connection, "SELECT state FROM feeds WHERE publisher = 'A2'") == "paused"

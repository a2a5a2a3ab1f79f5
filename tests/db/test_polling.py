"""Polls: claims, the one transaction, and who is who among listed entries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from db.feeds import FeedSpec, add_feeds
from db.leases import LeaseLost, release_expired, release_leases
from db.polling import PollResult, claim_feeds, record_poll
from extractors.records import Entry, Skipped
from tests.db.rows import FEED, HOUR, OWNER, add_feed, entry, plan_at, poll, scalar


def test_a_first_poll_lists_news(connection: Connection, now: datetime) -> None:
    """Every entry of a first poll is new, and each has a page that is due at once."""
    counts = poll(connection, now, [entry(1), entry(2)], skipped=[Skipped(3, "no link")])

    assert (counts.listed, counts.new, counts.known, counts.skipped, counts.pages_new) == (3, 2, 0, 1, 2)
    assert scalar(connection, "SELECT count(*) FROM pages WHERE stage = 'fetch' AND host = 'news.example'") == 2
    assert scalar(connection, "SELECT skipped FROM polls") == {"no link": 1}


def test_a_second_poll_knows_them(connection: Connection, now: datetime) -> None:
    """What was listed before is known, is not stored again, and was seen again."""
    feed = add_feed(connection, now)
    poll(connection, now, [entry(1), entry(2)], feed)
    counts = poll(connection, now + HOUR, [entry(2), entry(3)], feed)

    assert (counts.listed, counts.new, counts.known, counts.skipped) == (2, 1, 1, 0)
    assert scalar(connection, "SELECT count(*) FROM entries") == 3
    assert now + HOUR == scalar(connection, "SELECT last_seen_at FROM entries WHERE guid = 'guid-2'")


def test_a_window_missed_is_said(connection: Connection, now: datetime) -> None:
    """A listing without anything known tells that entries may have come and gone between the polls."""
    feed = add_feed(connection, now)
    assert not poll(connection, now, [entry(1)], feed).window_missed
    assert not poll(connection, now + HOUR, [entry(1), entry(2)], feed).window_missed
    assert poll(connection, now + 2 * HOUR, [entry(8), entry(9)], feed).window_missed


def test_a_reused_guid_is_another_article(connection: Connection, now: datetime) -> None:
    """Two articles under one guid stay two."""
    feed = add_feed(connection, now)
    poll(connection, now, [entry(1, guid="same")], feed)
    counts = poll(connection, now + HOUR, [entry(2, guid="same")], feed)

    assert (counts.new, counts.known, counts.guids_reused) == (1, 0, 1)
    assert scalar(connection, "SELECT count(*) FROM pages") == 2


def test_a_changed_guid_is_the_same_article(connection: Connection, now: datetime) -> None:
    """An address that comes again under another guid is known: such a feed makes its guids anew each time."""
    feed = add_feed(connection, now)
    poll(connection, now, [entry(1, guid="a")], feed)
    counts = poll(connection, now + HOUR, [entry(1, guid="b")], feed)

    assert (counts.new, counts.known, counts.guids_changed) == (0, 1, 1)
    assert scalar(connection, "SELECT guid FROM entries") == "b"


def test_a_moved_article_is_known(connection: Connection, now: datetime) -> None:
    """The same guid, title and time at another address is the same article, once its page has been stored."""
    feed = add_feed(connection, now)
    before = entry(1, published_at=now)
    poll(connection, now, [before], feed)
    moved = Entry(before.guid, "https://news.example/moved/1", before.title, published_at=now)
    connection.execute(text("UPDATE pages SET fetch_id = 1"))
    counts = poll(connection, now + HOUR, [moved], feed)

    assert (counts.new, counts.known) == (0, 1)
    assert scalar(connection, "SELECT count(*) FROM pages") == 1


def test_two_feeds_share_a_page(connection: Connection, now: datetime) -> None:
    """An article that two feeds list is one page, fetched once, and an entry in each."""
    poll(connection, now, [entry(1)])
    other = add_feed(connection, now, "https://news.example/politics")
    counts = poll(connection, now, [entry(1)], other)

    assert (counts.new, counts.pages_new) == (1, 0)
    assert (
        scalar(connection, "SELECT count(*) FROM entries"),
        scalar(connection, "SELECT count(*) FROM pages"),
    ) == (2, 1)


def test_hostile_text_is_stored(connection: Connection, now: datetime) -> None:
    """NUL characters, lone surrogates and giant guids break no write."""
    dirty = "a\x00b\ud800c"
    odd = entry(
        1, guid="g" * 5000 + "\x00", title=dirty, summary=dirty, author=dirty, tags=(dirty,), published_text=dirty
    )
    long = entry(2, url="https://news.example/" + "x" * 4000)
    counts = poll(connection, now, [odd, long], error=dirty, skipped=[Skipped(0, dirty)], etag=dirty, title=dirty)

    assert (counts.listed, counts.new, counts.skipped) == (3, 1, 2)
    assert scalar(connection, "SELECT title FROM entries") == "a\ufffdb\ufffdc"


def test_a_failed_poll_keeps_what_is_known(connection: Connection, now: datetime) -> None:
    """A failure is counted, dated and named; validators and the last success stay."""
    feed = add_feed(connection, now)
    poll(connection, now, [entry(1)], feed, etag="e1", body_sha256="00")
    for hours in (1, 2):
        poll(connection, now + hours * HOUR, [], feed, outcome="failed", reason="dns", error="no such host", bytes=None)
    row = connection.execute(text("SELECT * FROM feeds")).one()

    assert ("e1", "00", 2, "dns", now, now + HOUR) == (
        row.etag, row.body_sha256, row.consecutive_failures, row.last_reason, row.last_success_at, row.outcome_since
    )  # fmt: skip
    health = connection.execute(text("SELECT health, since, why FROM feed_health")).one()
    assert ("failing", now + HOUR, "dns: no such host") == tuple(health)


def test_a_poll_is_all_or_nothing(engine: Engine, now: datetime) -> None:
    """When anything of a poll cannot be stored, nothing of it is."""
    with engine.begin() as connection:
        feed = add_feed(connection, now)
        claim_feeds(connection, owner=OWNER, now=now, limit=1)
    result = PollResult(feed, OWNER, now, "read", entries=[entry(1)])
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        record_poll(connection, result, plan=lambda _: 1 / 0, now=now)  # type: ignore[arg-type,return-value]
    with engine.connect() as connection:
        assert [scalar(connection, f"SELECT count(*) FROM {name}") for name in ("polls", "entries", "pages")] == [
            0,
            0,
            0,
        ]


def test_a_lost_lease_records_nothing(connection: Connection, now: datetime) -> None:
    """A worker whose claim expired and was taken by another cannot write over the other's poll."""
    feed = add_feed(connection, now)
    claim_feeds(connection, owner="slow", now=now, limit=1, lease=timedelta(minutes=1))
    claim_feeds(connection, owner="quick", now=now + HOUR, limit=1)

    with pytest.raises(LeaseLost):
        record_poll(connection, PollResult(feed, "slow", now, "read"), plan=plan_at(now), now=now + HOUR)


def test_claims_take_turns_between_hosts(connection: Connection, now: datetime) -> None:
    """A host with many feeds does not starve one with a single feed."""
    big = [FeedSpec(f"https://big.example/{number}") for number in range(20)]
    add_feeds(connection, [*big, FeedSpec("https://small.example/rss")], now=now)
    hosts = [feed.host for feed in claim_feeds(connection, owner=OWNER, now=now, limit=2)]

    assert {"big.example", "small.example"} == set(hosts)


def test_claims_expire(connection: Connection, now: datetime) -> None:
    """What a killed worker held is free again after its lease, and what one gives back at once."""
    add_feed(connection, now)
    claim = {"now": now, "limit": 1}
    assert claim_feeds(connection, owner="a", **claim)
    assert claim_feeds(connection, owner="b", **claim) == []
    assert release_leases(connection, owner="a") == 1
    assert claim_feeds(connection, owner="b", **claim)
    assert claim_feeds(connection, owner="c", now=now + HOUR, limit=1)
    assert release_expired(connection, now=now) == 0
    assert release_expired(connection, now=now + 9 * HOUR) == 1


def test_two_claimers_never_share(engine: Engine, now: datetime) -> None:
    """Workers that claim at the same time get different feeds, and all of them."""
    with engine.begin() as connection:
        add_feeds(connection, [FeedSpec(f"https://h{number % 7}.example/{number}") for number in range(60)], now=now)

    def work(owner: str) -> list[int]:
        got = []
        while True:
            with engine.begin() as connection:
                feeds = claim_feeds(connection, owner=owner, now=now, limit=3)
                for feed in feeds:
                    record_poll(connection, PollResult(feed.id, owner, now, "read"), plan=plan_at(now + HOUR), now=now)
            if not feeds:
                return got
            got += [feed.id for feed in feeds]

    with ThreadPoolExecutor(4) as pool:
        taken = [feed for got in pool.map(work, "abcd") for feed in got]
    with engine.connect() as connection:
        assert scalar(connection, "SELECT count(*) FROM polls") == 60
    assert sorted(taken) == sorted(set(taken))


def test_an_adopted_address(connection: Connection, now: datetime) -> None:
    """A feed that moved for good moves here too; one that moved onto a listed feed is gone, and says so."""
    feed = add_feed(connection, now)
    add_feed(connection, now, "https://other.example/rss")
    claim_feeds(connection, owner=OWNER, now=now, limit=5)
    result = PollResult(feed, OWNER, now, "read")
    record_poll(connection, result, plan=plan_at(now, adopt_url="https://new.example/rss"), now=now)
    assert scalar(connection, f"SELECT host FROM feeds WHERE id = {feed}") == "new.example"
    claim_feeds(connection, owner=OWNER, now=now, limit=5)
    record_poll(connection, result, plan=plan_at(now, adopt_url="https://other.example/rss"), now=now)
    assert scalar(connection, f"SELECT state FROM feeds WHERE id = {feed}") == "gone"


_ENTRIES = st.lists(
    st.builds(
        Entry,
        guid=st.sampled_from([None, "a", "b", "\x00"]),
        url=st.sampled_from([f"https://h.example/{number}" for number in range(6)]),
        title=st.sampled_from([None, "t", "u\ud800"]),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(polls=st.lists(_ENTRIES, max_size=4))
def test_every_entry_is_accounted_for(connection: Connection, now: datetime, polls: list[list[Entry]]) -> None:
    """Whatever a feed lists, in whatever order: listed = new + known + skipped, and no page is made twice."""
    with connection.begin_nested() as savepoint:
        feed = add_feed(connection, now)
        for entries in polls:
            counts = poll(connection, now, entries, feed)
            assert len(entries) == counts.listed == counts.new + counts.known + counts.skipped
        urls = {one.url for entries in polls for one in entries}
        assert len(urls) == scalar(connection, "SELECT count(*) FROM pages")
        assert scalar(connection, "SELECT url FROM feeds") == FEED
        savepoint.rollback()

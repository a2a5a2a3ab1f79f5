"""What workers agree on about hosts."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from db.feeds import FeedSpec, add_feeds
from db.hosts import KeptRobots, Turns, Wanted, close_host, keep_robots, kept_robots, take_turns
from db.pages import claim_pages
from db.polling import claim_feeds

HOST = "alwaha.example"


def turn(connection: Connection, now: datetime, delay: float = 2.0, count: int = 1, host: str = HOST) -> Turns:
    return take_turns(connection, {host: Wanted(delay, count)}, now=now)[host]


def test_turns_follow_each_other(connection: Connection, now: datetime) -> None:
    """Whoever asks, a host's turns lie a delay apart; another host's are its own."""
    assert turn(connection, now, count=3) == Turns(0.0, granted=True, count=3)
    assert turn(connection, now) == Turns(6.0, granted=True, count=1)
    assert turn(connection, now, host="ufuq.example").wait == 0
    assert turn(connection, now + timedelta(seconds=60)).wait == 0


def test_a_line_that_is_too_long_is_left(connection: Connection, now: datetime) -> None:
    """Who would stand for minutes takes no turn and is told when to come back."""
    turn(connection, now, delay=200.0)
    assert turn(connection, now) == Turns(200.0, granted=False)
    assert turn(connection, now) == Turns(200.0, granted=False)


def test_of_many_as_many_stand_as_may(connection: Connection, now: datetime) -> None:
    """Of those who ask together, the first have turns, and who would stand for minutes has none."""
    assert turn(connection, now, delay=60.0, count=9) == Turns(0.0, granted=True, count=3)
    assert turn(connection, now, delay=60.0, count=9) == Turns(180.0, granted=False)
    assert turn(connection, now, delay=0.0, count=9, host="ufuq.example") == Turns(0.0, granted=True, count=9)


def test_a_host_that_is_closed_gives_no_turns(connection: Connection, now: datetime) -> None:
    """A pause holds for everybody, with a delay and without; the longest wish holds."""
    close_host(connection, HOST, until=now + timedelta(minutes=5), now=now)
    close_host(connection, HOST, until=now + timedelta(minutes=1), now=now)
    assert turn(connection, now, delay=2.0) == turn(connection, now, delay=0.0) == Turns(300.0, granted=False)
    assert turn(connection, now + timedelta(minutes=6)) == Turns(0.0, granted=True, count=1)


def test_a_clock_that_steps_back_closes_no_host(connection: Connection, now: datetime) -> None:
    """Moments that lie hours ahead were written before the clock was set right: they hold nobody up."""
    close_host(connection, HOST, until=now + timedelta(days=2, minutes=5), now=now + timedelta(days=2))
    turn(connection, now + timedelta(days=2), host="ufuq.example")
    assert turn(connection, now) == turn(connection, now, host="ufuq.example") == Turns(0.0, granted=True, count=1)


def test_feeds_and_pages_of_a_closed_host_are_not_claimed(connection: Connection, now: datetime) -> None:
    """What would only be turned away is left until the pause is over, unless a person names it."""
    ids = add_feeds(connection, [FeedSpec(f"https://{host}/feed") for host in (HOST, "ufuq.example")], now=now)
    close_host(connection, HOST, until=now + timedelta(minutes=5), now=now)
    assert [feed.host for feed in claim_feeds(connection, owner="a", now=now, limit=9)] == ["ufuq.example"]
    named = [ids[f"https://{HOST}/feed"]]
    assert [feed.host for feed in claim_feeds(connection, owner="b", now=now, limit=9, only=named)] == [HOST]


@pytest.mark.parametrize("host", [HOST, "ufuq.example"])
def test_pages_of_a_closed_host_wait(connection: Connection, now: datetime, host: str) -> None:
    """Pages to fetch are claimed of open hosts alone."""
    feed = add_feeds(connection, [FeedSpec("https://ufuq.example/feed")], now=now).popitem()[1]
    page = "INSERT INTO pages (url, host, feed_id, first_seen_at, due_at) VALUES ('https://' || :h, :h, :f, :n, :n)"
    connection.execute(text(page), {"h": host, "f": feed, "n": now})
    close_host(connection, HOST, until=now + timedelta(minutes=5), now=now)
    assert len(claim_pages(connection, owner="a", now=now, limit=9)) == (host != HOST)


def test_robots_are_kept_until_they_expire(connection: Connection, now: datetime) -> None:
    """What one worker learnt, all know, for as long as it holds."""
    origin, day = "https://alwaha.example", timedelta(days=1)
    assert kept_robots(connection, origin, now=now) is None
    for body in ("User-agent: *", "User-agent: *\nDisallow: /\x00"):
        keep_robots(connection, origin, KeptRobots("read", body, None, now + day), now=now)
    kept = kept_robots(connection, origin, now=now)
    assert kept is not None
    assert kept.body == "User-agent: *\nDisallow: /\ufffd"
    assert kept_robots(connection, origin, now=now + day) is None

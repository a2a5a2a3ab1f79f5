"""Workers that ask the same hosts keep one pace: turns, pauses and robots.txt go through the database."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from flows.clock import utc_now
from flows.steps.hosts import StoredHosts
from flows.steps.store import Store
from flows.web import Reason, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from tests.flows.steps.factories import HOUR, NOW, article_page, rss
from tests.flows.steps.test_cycle import POLICY, count, cycle, listed, rows, serve
from tests.flows.web.fault_server import FaultServer, html, reply, xml


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def polite(delay: float = 0.0) -> WebPolicy:
    return WebPolicy(allow_private_hosts=True, host_delay=delay, host_connections=4, respect_robots=False)


async def ask(engine: Engine, policy: WebPolicy, *urls: str) -> list[WebResponse | WebFailure]:
    """The answers that one worker gets, with the real clock."""
    async with Store(engine, "worker", utc_now) as store, Web(policy, book=StoredHosts(store)) as web:
        return await asyncio.gather(*[web.get(WebRequest(url)) for url in urls])


def test_two_workers_ask_a_host_no_faster_than_one(engine: Engine, server: FaultServer) -> None:
    """The delay lies between the requests of all workers together."""

    async def both() -> None:
        urls = [server.url(f"/ok?{n}") for n in range(6)]
        await asyncio.gather(ask(engine, polite(0.3), *urls[:3]), ask(engine, polite(0.3), *urls[3:]))

    asyncio.run(both())
    times = sorted(asked.at for asked in server.asked)
    assert len(times) == 6
    assert all(later - earlier > 0.2 for earlier, later in itertools.pairwise(times))
    assert times[-1] - times[0] > 1.4


@pytest.mark.parametrize("delay", [0.0, 0.05])
def test_a_pause_holds_for_other_workers_and_later_ones(engine: Engine, server: FaultServer, delay: float) -> None:
    """Retry-After that one worker was told keeps the next one away, though it never asked."""
    assert isinstance(asyncio.run(ask(engine, polite(delay), server.url("/429-seconds")))[0], WebFailure)
    (later,) = asyncio.run(ask(engine, polite(delay), server.url("/ok")))
    assert isinstance(later, WebFailure)
    assert later.reason is Reason.HOST_WAIT
    assert later.retry_after == pytest.approx(120, abs=5)
    assert server.times("/ok") == 0


def test_the_next_cycle_heeds_the_pause(engine: Engine, server: FaultServer) -> None:
    """Feeds of a host that asked for two minutes are not asked after one, and are after three."""
    listed(engine, server.url("/429-seconds"))
    cycle(engine)
    listed(engine, serve(server, "/feed", 1))
    soon = cycle(engine, NOW + timedelta(minutes=1))
    assert soon.feeds == {"put off": 1}
    assert server.times("/feed") == 0
    assert cycle(engine, NOW + timedelta(minutes=3)).articles["new"] == 1


def test_who_would_stand_for_minutes_is_put_off(engine: Engine, server: FaultServer) -> None:
    """Feeds and pages of a very slow host leave no row and no failure for each cycle in which it is not their turn."""
    slow = WebPolicy(allow_private_hosts=True, host_delay=200, respect_robots=False)
    listed(engine, serve(server, "/feed?1", 1, 2, 3))
    assert cycle(engine, policy=slow).pages == {"put off": 3}
    listed(engine, serve(server, "/feed?2", 4))
    report = cycle(engine, NOW + timedelta(seconds=30), policy=slow)
    assert (report.feeds, report.feeds_polled, report.failed_feeds, report.worked) == ({"put off": 1}, 0, (), True)
    assert (count(engine, "polls"), count(engine, "fetches")) == (1, 0)
    waiting = "SELECT state, attempts, last_reason, lease_owner FROM pages"
    assert set(rows(engine, waiting)) == {("waiting", 0, "host-wait", None)}
    assert rows(
        engine, "SELECT consecutive_failures, last_outcome, lease_owner FROM feeds ORDER BY id DESC LIMIT 1"
    ) == [(0, None, None)]
    named = cycle(engine, NOW + timedelta(seconds=30), policy=slow, feeds=[2])
    assert [(failed.reason, failed.failures) for failed in named.failed_feeds] == [("host-wait", 0)]
    assert not named.worked
    for minutes in range(10, 70, 10):
        cycle(engine, NOW + timedelta(minutes=minutes), policy=slow)
    assert (count(engine, "articles"), count(engine, "fetches")) == (4, 4)


def test_robots_are_asked_for_once_a_day(engine: Engine, server: FaultServer) -> None:
    """The next cycles know what the first one read, and ask anew the next day."""
    server.answers["/robots.txt"] = reply("200 OK", b"User-agent: *\nDisallow: /a/2", "Content-Type: text/plain")
    listed(engine, serve(server, "/feed", 1, 2))
    first = cycle(engine)
    assert first.page_failures == {"robots": 1}
    server.answers["/feed"] = xml(rss(2, 3, base=server.url("")))
    server.answers["/a/3"] = html(article_page(3))
    assert cycle(engine, NOW + 2 * HOUR).articles["new"] == 1
    assert (server.times("/robots.txt"), server.times("/a/2")) == (1, 0)
    cycle(engine, NOW + 26 * HOUR)
    assert server.times("/robots.txt") == 2


def test_a_host_without_robots_is_not_asked_again(engine: Engine, server: FaultServer) -> None:
    """That there is none is an answer too, and is kept."""
    listed(engine, serve(server, "/feed", 1))
    cycle(engine)
    cycle(engine, NOW + 2 * HOUR)
    assert server.times("/robots.txt") == 1
    assert rows(engine, "SELECT outcome, reason FROM robots") == [("none", "http-404")]


def test_a_server_that_fails_its_robots_is_left_alone_by_all(engine: Engine, server: FaultServer) -> None:
    """While a broken server cannot give its rules, no cycle asks it for anything, nor again and again for the rules."""
    server.answers["/robots.txt"] = reply("503 Busy")
    url = serve(server, "/feed", 1)
    listed(engine, url)
    for minutes in (0, 3, 6):
        feed = int(str(rows(engine, "SELECT id FROM feeds")[0][0]))
        report = cycle(engine, NOW + timedelta(minutes=minutes), feeds=[feed])
        assert [failed.reason for failed in report.failed_feeds] == ["robots-unavailable"]
    assert (server.times("/robots.txt"), server.times("/feed")) == (1, 0)


def test_a_database_that_is_away_leaves_the_own_pace(server: FaultServer) -> None:
    """Without the book a worker is as polite as one alone."""
    from db.engine import make_engine  # noqa: PLC0415

    nowhere = make_engine("postgresql://rasid@127.0.0.1:9/rasid", connect_seconds=1)

    async def run() -> None:
        async with (
            Store(nowhere, "worker", utc_now, patience=0.1) as store,
            Web(polite(0.1), book=StoredHosts(store)) as web,
        ):
            await asyncio.gather(*[web.get(WebRequest(server.url("/ok"))) for _ in range(3)])

    start = time.monotonic()
    asyncio.run(run())
    times = sorted(asked.at for asked in server.asked)
    assert len(times) == 3
    assert all(later - earlier > 0.08 for earlier, later in itertools.pairwise(times))
    assert time.monotonic() - start < 10


def test_what_a_feed_asks_for_is_heeded_after_polls_without_a_body(engine: Engine, server: FaultServer) -> None:
    """Hours to skip and ttl were said with a body; a 304 later keeps to them."""
    head = "<ttl>45</ttl><skipHours><hour>13</hour></skipHours><skipDays><day>Monday</day></skipDays>"
    server.answers["/feed"] = xml(rss(1, head=head, base=server.url("")), 'ETag: "1"', "Cache-Control: max-age=60")
    server.answers["/a/1"] = html(article_page(1))
    listed(engine, server.url("/feed"))
    cycle(engine)
    wishes = "SELECT ttl_seconds, max_age_seconds, skip_hours, skip_days FROM feeds"
    assert rows(engine, wishes) == [(2700, 60, [13], ["Monday"])]
    server.answers["/feed"] = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    for moment in (NOW + 0.75 * HOUR, NOW + 11.8 * HOUR):  # Sunday: just before 13 h, and before midnight
        report = cycle(engine, moment, policy=POLICY, feeds=[1])
        assert report.feeds == {"unchanged": 1}
        (found,) = rows(engine, "SELECT next_poll_at FROM feeds")
        assert found[0].hour != 13  # type: ignore[attr-defined]
        assert found[0] - moment > 0.6 * HOUR  # type: ignore[operator]
    assert found[0].strftime("%A") == "Tuesday"  # type: ignore[attr-defined]
    assert rows(engine, wishes) == [(2700, 60, [13], ["Monday"])]
    assert count(engine, "polls") == 3

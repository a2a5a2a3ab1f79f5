"""Whole cycles over a server on loopback and a real database."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, text

from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds
from flows.newsroom.server import newsroom
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.report import CycleReport
from flows.steps.workshop import Workshop
from flows.web import WebPolicy
from tests.flows.steps.factories import HOUR, NOW, article_page, no_incident, rss
from tests.flows.web.fault_server import FaultServer, html, reply, xml

MIDDLE = 0.5  # no feed is asked for its whole body by chance, as one in a hundred polls does
POLICY = WebPolicy(
    allow_private_hosts=True,
    host_delay=0,
    host_connections=16,
    connect_timeout=5,
    read_timeout=1,
    total_timeout=2,
    max_bytes=2**20,
)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def serve(server: FaultServer, path: str, *numbers: int) -> str:
    """Put a feed at a path, and the pages that it lists; the feed's address."""
    server.answers[path] = xml(rss(*numbers, base=server.url("")))
    for number in numbers:
        server.answers[f"/a/{number}"] = html(article_page(number))
    return server.url(path)


def listed(engine: Engine, *urls: str, now: datetime = NOW) -> None:
    with engine.begin() as connection:
        add_feeds(connection, [FeedSpec(url, publisher="صحيفة الواحة", country="EG") for url in urls], now=now)


def cycle(
    engine: Engine,
    now: datetime = NOW,
    policy: WebPolicy = POLICY,
    progress: Callable[[CycleReport], None] = lambda _: None,
    **plan: object,
) -> CycleReport:
    """One cycle with a coder that finds nothing, all in this process, at a fixed time and with nothing left to chance."""
    with Workshop(no_incident, "test", 0) as workshop, patch.object(random, "random", return_value=MIDDLE):
        whole = CyclePlan(policy=policy, **plan)  # type: ignore[arg-type]
        return run_cycle(whole, engine, clock=lambda: now, progress=progress, workshop=workshop)


def rows(engine: Engine, question: str) -> list[tuple[object, ...]]:
    with engine.begin() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def count(engine: Engine, table: str) -> int:
    return int(str(rows(engine, f"SELECT count(*) FROM {table}")[0][0]))


def pages_asked(server: FaultServer) -> int:
    return sum(asked.path.startswith("/a/") for asked in server.asked)


def test_from_feeds_to_codings(engine: Engine, server: FaultServer) -> None:
    """Each listed page is fetched once, read and coded, though two feeds list it."""
    listed(engine, serve(server, "/one", 1, 2, 3), serve(server, "/two", 3, 4))
    report = cycle(engine)
    assert report.ended == "done"
    assert report.worked
    assert (report.feeds["read"], report.entries["new"]) == (2, 5)
    assert (report.pages["stored"], report.articles["new"], report.codings["new"]) == (4, 4, 4)
    assert (count(engine, "articles"), count(engine, "extractions"), pages_asked(server)) == (4, 4, 4)
    assert rows(engine, "SELECT DISTINCT state, lease_owner FROM pages") == [("done", None)]


def test_run_again_at_once_it_changes_nothing(engine: Engine, server: FaultServer) -> None:
    """Named feeds that are polled again bring no row but the poll's own, and no page is fetched."""
    listed(engine, serve(server, "/one", 1, 2))
    cycle(engine)
    before = rows(engine, "SELECT * FROM articles") + rows(engine, "SELECT * FROM extractions")
    report = cycle(engine, feeds=[int(str(rows(engine, "SELECT id FROM feeds")[0][0]))])
    assert report.feeds == {"unchanged": 1}
    assert (report.pages_claimed, pages_asked(server)) == (0, 2)
    assert rows(engine, "SELECT * FROM articles") + rows(engine, "SELECT * FROM extractions") == before
    assert cycle(engine).feeds_polled == 0


def test_every_format_of_the_sample_newsroom(engine: Engine, now: datetime) -> None:
    """Every article that the newsroom's feeds list is stored, in whatever format and encoding they come."""
    with newsroom(now) as room:
        listed(engine, *room.feeds)
        report = cycle(engine)
        assert report.feeds == {"read": len(room.feeds)}
        assert report.articles["new"] == report.entries["new"] == sum(len(outlet.stories) for outlet in room.outlets)


BAD = {
    "/410": "http-410",
    "/403": "http-403",
    "/503": "http-5xx",
    "/hang": "timeout-read",
    "/slow-body": "timeout-total",
    "/loop": "too-many-redirects",
    "/gzip-bomb": "too-large",
    "/reset": "reset",
    "/challenge-200": "challenge",
    "/html-as-rss": "html instead of a feed",
    "/empty": "empty",
    "/to-file": "bad-scheme",
}


def test_bad_feeds_are_named_and_hold_up_no_other(engine: Engine, server: FaultServer) -> None:
    """Each fault is told by its name, and the good feed among them is done."""
    listed(engine, serve(server, "/good", 1, 2), *[server.url(path) for path in BAD])
    report = cycle(engine)
    assert report.ended == "done"
    assert {failed.url.removeprefix(server.url("")): failed.reason for failed in report.failed_feeds} == BAD
    assert report.articles["new"] == 2
    assert rows(engine, "SELECT count(*) FROM feeds WHERE next_poll_at <= last_poll_at OR lease_owner IS NOT NULL") == [
        (0,)
    ]


def test_fine_feeds_do_not_wait_for_hanging_ones(engine: Engine, server: FaultServer) -> None:
    """50 feeds that hang and 50 that are fine: the fine ones are done long before the others are given up."""
    fine = [serve(server, f"/fine?{n}", n) for n in range(50)]
    listed(engine, *[server.url(f"/hang?{n}") for n in range(50)], *fine)
    done: list[float] = []
    start = time.monotonic()

    def progress(report: CycleReport) -> None:
        if report.articles["new"] >= 50:
            done.append(time.monotonic() - start)

    slow = WebPolicy(allow_private_hosts=True, host_delay=0, host_connections=16, read_timeout=6, total_timeout=7)
    report = cycle(engine, policy=slow, progress=progress)
    assert (report.feeds["read"], report.feeds["failed"]) == (50, 50)
    assert done[0] < 5.5


def test_pages_that_fail_are_tried_again_and_parked(engine: Engine, server: FaultServer) -> None:
    """A page that fails is due again later, each time later, and then stands parked with its reason."""
    listed(engine, serve(server, "/feed", 1))
    server.answers["/a/1"] = reply("500 Broken")
    moment, tries = NOW, 0
    while rows(engine, "SELECT 1 FROM pages WHERE state = 'parked'") == [] and tries < 10:
        report = cycle(engine, moment)
        tries += report.pages["failed"]
        moment += timedelta(hours=25)
    assert tries == 5
    assert rows(engine, "SELECT state, last_reason, due_at FROM pages") == [("parked", "http-5xx", None)]


def test_a_changed_article_is_a_revision(engine: Engine, server: FaultServer) -> None:
    """A recheck that finds another text stores a revision and codes it; one that finds the same changes nothing."""
    listed(engine, serve(server, "/feed", 1))
    cycle(engine)
    assert cycle(engine, NOW + 1.1 * HOUR).pages == {"unchanged": 1}
    server.answers["/a/1"] = html(
        article_page(1).replace("الأول".encode(), b"").replace("الفقرة".encode(), "الجملة".encode())
    )
    later = cycle(engine, NOW + 8 * HOUR)
    assert later.articles["revised"] == 1
    assert rows(engine, "SELECT revision, is_current FROM articles ORDER BY revision") == [(1, False), (2, True)]


def test_when_the_time_is_over_no_more_is_begun(engine: Engine, server: FaultServer) -> None:
    """What is left when the time is over stays due."""
    listed(engine, serve(server, "/feed", 1))
    report = cycle(engine, seconds=0)
    assert (report.ended, report.feeds_polled) == ("out of time", 0)
    assert cycle(engine).articles["new"] == 1


def test_a_database_that_is_away_ends_the_cycle() -> None:
    """The cycle waits for a while, then ends and says so."""
    nowhere = make_engine("postgresql://rasid@127.0.0.1:9/rasid", connect_seconds=1)
    report = cycle(nowhere, database_patience=0.5)
    assert (report.ended, report.note) == ("database lost", "OperationalError: it cannot be reached")
    assert not report.worked


def test_progress_is_told(engine: Engine, server: FaultServer) -> None:
    """The last word is the report itself."""
    told: list[CycleReport] = []
    listed(engine, serve(server, "/feed", 1))
    assert cycle(engine, progress=told.append) == told[-1]


def test_it_is_not_for_event_loops(engine: Engine) -> None:
    """Called where a loop runs, it says so rather than hang."""

    async def main() -> None:
        with pytest.raises(RuntimeError, match="running event loop"):
            cycle(engine)

    asyncio.run(main())

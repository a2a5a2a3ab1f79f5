"""Any number of workers share the work, and one that dies loses nothing."""

import multiprocessing
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import Engine, text

from db.engine import make_engine
from flows.steps.plan import CyclePlan, shards
from flows.steps.report import merged
from flows.steps.workshop import PRELOADED
from tests.flows.steps.factories import NOW
from tests.flows.steps.test_cycle import count, cycle, listed, pages_asked, rows, serve
from tests.flows.web.fault_server import FaultServer


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def test_two_cycles_at_once_share_the_work(engine: Engine, server: FaultServer) -> None:
    """Side by side on one database, nothing is polled, fetched or stored twice."""
    listed(engine, *[serve(server, f"/feed?{n}", *range(10 * n, 10 * n + 10)) for n in range(8)])
    with ThreadPoolExecutor(3) as threads:
        reports = list(threads.map(lambda _: cycle(engine), range(3)))
    whole = merged(reports)
    assert (whole.feeds["read"], whole.pages["stored"], whole.articles["new"]) == (8, 80, 80)
    assert (count(engine, "polls"), count(engine, "articles"), pages_asked(server)) == (8, 80, 80)


def test_shards_share_no_host(engine: Engine) -> None:
    """Each part of a plan takes its own hosts, and together they take all."""
    with FaultServer() as one, FaultServer() as other:
        listed(engine, serve(one, "/feed", 1, 2), serve(other, "/feed", 3).replace("127.0.0.1", "localhost"))
        reports = [cycle(engine, part=plan.part) for plan in shards(CyclePlan(), 5)]
        assert sorted(report.feeds_polled for report in reports if report.feeds_polled) in ([1, 1], [2])
        # A page on a host of a part that had ended already is left for the whole plan that follows.
        reports.append(cycle(engine))
    assert merged(reports).articles["new"] == 3


def test_what_a_dead_worker_left_is_taken_up(engine: Engine, server: FaultServer) -> None:
    """Pages that were fetched, or read, and not brought to their end are, once the lease is over."""
    listed(engine, serve(server, "/feed", 1, 2))
    cycle(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM extractions"))
        connection.execute(text("DELETE FROM readings WHERE page_id = 1"))
        connection.execute(text("DELETE FROM articles WHERE page_id = 1"))
        connection.execute(text("UPDATE pages SET stage = 'read', due_at = :now WHERE id = 1"), {"now": NOW})
        connection.execute(text("UPDATE pages SET stage = 'code', due_at = :now WHERE id = 2"), {"now": NOW})
        connection.execute(
            text("UPDATE pages SET lease_owner = 'dead', lease_until = :end"), {"end": NOW + timedelta(minutes=9)}
        )
    assert cycle(engine).codings.get("new", 0) == 0
    assert cycle(engine, NOW + timedelta(minutes=10)).codings["new"] == 2
    assert (count(engine, "articles"), pages_asked(server)) == (2, 2)


def work(address: str, minutes: int, begun: Connection) -> None:
    """What a worker process does until it is killed."""
    begun.send(True)
    cycle(make_engine(address), NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_point_nothing_is_lost_or_doubled(
    engine: Engine, server: FaultServer, database_url: str, seed: int
) -> None:
    """Workers killed in the middle of their work leave what a clean run brings to the same end."""
    listed(engine, *[serve(server, f"/feed?{n}", *range(20 * n, 20 * n + 20)) for n in range(4)])
    chance, context = random.Random(seed), multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, __name__])
    for turn in range(5):
        ours, theirs = context.Pipe()
        worker = context.Process(target=work, args=(database_url, 20 * turn, theirs))
        worker.start()
        ours.recv()
        time.sleep(chance.uniform(0.05, 0.7))
        worker.kill()
        worker.join()
        worker.close()
        ours.close()
        theirs.close()
    report = cycle(engine, NOW + timedelta(minutes=110))
    assert report.ended == "done"
    assert rows(engine, "SELECT count(*), count(DISTINCT page_id), sum(revision) FROM articles") == [(80, 80, 80)]
    assert rows(engine, "SELECT count(*), count(DISTINCT page_id) FROM extractions") == [(80, 80)]
    assert rows(engine, "SELECT DISTINCT state, lease_owner FROM pages") == [("done", None)]


def test_two_worker_processes_double_nothing(engine: Engine, server: FaultServer, database_url: str) -> None:
    """Two workers on one database, as on two machines: each feed is polled once, each page fetched and stored once."""
    listed(engine, *[serve(server, f"/feed?{n}", *range(20 * n, 20 * n + 20)) for n in range(4)])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, __name__])
    _, begun = context.Pipe()
    workers = [context.Process(target=work, args=(database_url, 0, begun)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert pages_asked(server) == 80
    assert (count(engine, "polls"), count(engine, "fetches")) == (4, 80)
    assert rows(engine, "SELECT count(*), count(DISTINCT page_id), sum(revision) FROM articles") == [(80, 80, 80)]
    assert rows(engine, "SELECT count(*), count(DISTINCT page_id) FROM extractions") == [(80, 80)]

"""What every measurement works with: a folder, articles on loopback, a database of its own, and one cycle over them."""

import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import Engine

from db import migrate
from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds, feed_ids
from flows.services.postgres import EmbeddedPostgres, embedded_postgres
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.report import CycleReport
from flows.steps.workshop import Workshop, available_cores
from flows.web import WebPolicy
from tests.bench.articles import Article, articles

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
POLICY = WebPolicy(allow_private_hosts=True, host_delay=0, host_connections=16)


@dataclass(frozen=True)
class Bench:
    """How much is measured with: so many pages for most figures, `many` for memory, `stock` in a full database."""

    server: EmbeddedPostgres
    pages: int
    many: int
    stock: int
    file: Path | None = None

    def articles(self, count: int) -> list[Article]:
        """So many articles."""
        return articles(count, NOW, self.file)

    @cached_property
    def processes(self) -> int:
        """As many as there are cores."""
        return available_cores()

    @contextmanager
    def database(self, name: str) -> Iterator[Engine]:
        """A fresh migrated database; dropped at the end."""
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER rasid")
        engine = make_engine(self.server.url(name, role="rasid"), pool_size=10)
        try:
            migrate.upgrade(engine)
            yield engine
        finally:
            engine.dispose()
            with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def bench(pages: int, many: int, stock: int, file: Path | None) -> Iterator[Bench]:
    """A bench on a server of its own, as the service starts it; all is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="rasid-bench-") as name:
        Path(name).chmod(0o755)  # the server runs as another user under root
        with embedded_postgres(Path(name) / "postgres") as server:
            yield Bench(server, pages, many, stock, file)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for exported files."""
    with tempfile.TemporaryDirectory(prefix="rasid-papers-") as name:
        yield Path(name)


def spent(server: EmbeddedPostgres, but: int | None = None) -> float:
    """Seconds of processor time that this process, all that it started and the database have used so far.

    One process may be left out: the papers' server, which in the world is somebody else's.
    """
    total = 0.0
    for root in filter(None, (psutil.Process(), server._postmaster())):
        for one in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += sum(one.cpu_times()[:4]) if one.pid != but else 0.0  # its own, and of those that ended
    return total


def listed(engine: Engine, urls: Sequence[str]) -> list[int]:
    """Have these feeds polled -> their ids."""
    with engine.begin() as connection:
        add_feeds(connection, [FeedSpec(url, publisher="صحيفة", country="IQ") for url in urls], now=NOW)
        return list(feed_ids(connection, urls).values())


def cycle(engine: Engine, feeds: Collection[int], workshop: Workshop) -> tuple[CycleReport, float]:
    """One cycle over these feeds, due or not -> its report, and the seconds it took."""
    began = time.perf_counter()
    report = run_cycle(CyclePlan(policy=POLICY, feeds=feeds), engine, workshop=workshop)
    return report, time.perf_counter() - began

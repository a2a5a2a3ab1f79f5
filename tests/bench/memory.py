"""Memory of all processes while many articles come in: the most, and whether it grows."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
from sqlalchemy import func, select

from db.engine import make_engine
from db.tables import ArticleRow
from extractors.coding import code_article, extractor_version
from flows.steps.workshop import PRELOADED, Workshop
from tests.bench.bench import Bench, cycle, folder, listed
from tests.bench.figure import Figure
from tests.bench.papers import export, served

SECONDS = 1.0  # between two looks
FIRST = 2000  # articles, after which memory should not grow
MEGABYTE = 2**20


@dataclass(slots=True)
class _Watch:
    """What was seen: articles stored, and bytes of Rasid's processes and of PostgreSQL's."""

    seen: list[tuple[int, int, int]] = field(default_factory=list)

    def most_of_ours(self, articles: range) -> float:
        """The most megabytes of Rasid's own processes while so many articles were stored."""
        return max((ours for stored, ours, _ in self.seen if stored in articles), default=0) / MEGABYTE

    def most(self, articles: range) -> float:
        """The most megabytes of all processes while so many articles were stored."""
        return max((ours + theirs for stored, ours, theirs in self.seen if stored in articles), default=0) / MEGABYTE


def measure(bench: Bench) -> Iterator[Figure]:
    """One cycle over all of them, in a process of its own whose family is weighed together with PostgreSQL's."""
    told = bench.articles(bench.many)
    count = len(told)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with folder() as papers, served(papers) as server, bench.database("memory") as engine:
        feeds = listed(engine, export(told, papers, server.address))
        del told
        address = engine.url.render_as_string(hide_password=False)
        began = time.perf_counter()
        process = context.Process(target=_ingest, args=(address, feeds))
        process.start()
        assert process.pid is not None
        watch, done = _Watch(), threading.Event()
        while process.is_alive():
            with engine.connect() as connection:
                stored = connection.execute(select(func.count()).select_from(ArticleRow)).scalar_one()
            watch.seen.append((stored, _weight(psutil.Process(process.pid)), _weight(bench.server._postmaster())))
            done.wait(SECONDS)
        taken = time.perf_counter() - began
        assert process.exitcode == 0
    first, last, whole = range(FIRST + 1), range(count - count // 4, count + 1), range(count + 1)
    yield Figure(f"peak memory over {count} articles", watch.most(whole), "MB", 1200, "at most", "PostgreSQL's too")
    grown = watch.most(last) / watch.most(first)
    yield Figure("memory over the last quarter / the first 2,000", grown, "", 1.1, "at most")
    yield Figure("Rasid's own processes, at most", watch.most_of_ours(whole), "MB")
    grown = watch.most_of_ours(last) / watch.most_of_ours(first)
    yield Figure("the same over the last quarter / the first 2,000", grown)
    yield Figure("articles", count / taken, "a second")


def _ingest(address: str, feeds: list[int]) -> None:
    engine = make_engine(address, pool_size=10)
    with Workshop(code_article, extractor_version()) as workshop:
        cycle(engine, feeds, workshop)


def _weight(process: psutil.Process | None) -> int:
    """Bytes of a process and all beneath it; what several share counts once."""
    if process is None:
        return 0
    total = 0
    with suppress(psutil.NoSuchProcess):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += one.memory_full_info().pss
    return total

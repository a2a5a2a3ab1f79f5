"""A whole cycle over pages on loopback, against trafilatura alone; the same again; and all articles coded anew."""

import time
from collections.abc import Iterator

from sqlalchemy import Engine, text

from extractors.coding import code_article, extractor_version
from flows.steps.replay import ReplayPlan, replay
from flows.steps.workshop import Workshop
from tests.bench import bare
from tests.bench.bench import Bench, cycle, folder, listed, spent
from tests.bench.figure import Figure
from tests.bench.papers import ARTICLE, export, served

ROUNDS = 5  # of coding all anew, so that it takes long enough to be measured


def measure(bench: Bench) -> Iterator[Figure]:
    """Trafilatura before and after the cycle, so that a machine that slows down does not tip the scales."""
    told = bench.articles(bench.pages)
    with folder() as papers, served(papers) as server, bench.database("ingest") as engine:
        urls = export(told, papers, server.address)
        files = [papers / ARTICLE / str(one.number) for one in told]
        feeds = listed(engine, urls)
        empty, before = _size(engine), bare.measure(files, bench.processes)
        with _workshop() as workshop:
            used = spent(bench.server, server.pid)
            report, first = cycle(engine, feeds, workshop)
            used = spent(bench.server, server.pid) - used
            second = [cycle(engine, feeds, workshop) for _ in range(3)]
        after = bare.measure(files, bench.processes)
        alone, bare_used = (before.rate + after.rate) / 2, (before.spent + after.spent) / 2
        stored = report.articles["new"]
        note = f"{stored} of {len(told)} pages, {bench.processes} processes"
        yield Figure("trafilatura alone", alone, "pages a second", note=note)
        yield Figure(
            "whole ingest", stored / first, "articles a second", note=f"{first:.1f} s, from feeds to incidents"
        )
        yield Figure("whole ingest / trafilatura alone, by rate", stored / first / alone, "", 0.75)
        each = used / stored
        told_of = f"{each * 1000:.1f} ms an article, {bare_used * 1000:.1f} ms a page: what a busy machine shows truly"
        yield Figure("trafilatura alone / whole ingest, by processor time", bare_used / each, "", 0.75, note=told_of)
        again = sorted(seconds for _, seconds in second)[1]
        fetched = sum(sum(one.pages.values()) for one, _ in second)
        yield Figure("second ingest / first, by time", again / first, "", 0.02, "at most", f"{fetched} pages fetched")
        size = (_size(engine) - empty) / stored / 1024
        yield Figure("disk, an article", size, "kB", note="page, text, words, reports and indexes, before any vacuum")
        yield from _anew(engine, stored, alone)


def _anew(engine: Engine, stored: int, alone: float) -> Iterator[Figure]:
    """All stored articles coded anew, as after a change of the rules that changes no row."""
    taken = []
    with _workshop() as workshop:
        for number in range(ROUNDS):
            workshop.version = f"bench-{number}"
            began = time.perf_counter()
            report = replay(ReplayPlan(), engine, workshop)
            taken.append(time.perf_counter() - began)
            assert report.coded == stored, report
    rate = stored / sorted(taken)[len(taken) // 2]
    yield Figure("stored articles coded anew", rate, "a second", 500, note="and compared with their rows")
    yield Figure("coded anew / trafilatura alone, by rate", rate / alone)


def _size(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _workshop() -> Workshop:
    return Workshop(code_article, extractor_version())

"""Linking reports to incidents, and the documented queries, on a database of very many incidents."""

import subprocess
import sys
import time
from collections.abc import Iterator

from sqlalchemy import Engine

from extractors.coding import code_article, extractor_version
from flows.steps.link import link, rebuild
from flows.steps.workshop import Workshop
from tests.bench.bench import Bench, cycle, folder, listed, spent
from tests.bench.figure import Figure
from tests.bench.growth import SYNTHETIC
from tests.bench.papers import export, served

INCIDENTS, RUNS = 1_000_000, 20
FEW, OWED = 28_000, 2_000  # incidents; as many a day as among very many, over all the days that are compared
YEARS = 3 * 365  # days over which the incidents of the full database are spread
QUERIES = SYNTHETIC.with_name("time_queries.py")


def measure(bench: Bench) -> Iterator[Figure]:
    """All articles of a cycle linked anew; reports linked beside few and very many; then each documented query."""
    with folder() as papers, served(papers) as server, bench.database("linking") as engine:
        feeds = listed(engine, export(bench.articles(bench.pages), papers, server.address))
        with Workshop(code_article, extractor_version()) as workshop:
            cycle(engine, feeds, workshop)
        link(engine)
        began = time.perf_counter()
        counts = rebuild(engine)
        rate = counts.reports / (time.perf_counter() - began)
        yield Figure("reports linked anew", rate, "a second", 300, note=f"{counts.reports} reports, one process")
    with bench.database("few") as engine:
        few, light = _linked(bench, engine, FEW, (FEW + OWED) * YEARS // INCIDENTS)
    yield Figure(f"reports linked beside {FEW:,} incidents", few, "a second")
    with bench.database("stocked") as engine:
        full, heavy = _linked(bench, engine, INCIDENTS, YEARS)
        address = engine.url.render_as_string(hide_password=False)
        lines = _run(str(QUERIES), "--database-url", address, "--runs", str(RUNS)).splitlines()
    yield Figure(f"reports linked beside {INCIDENTS:,} incidents", full, "a second", 300)
    note = "processor time, as many incidents a day"
    yield Figure("a report beside these / beside those", heavy / light, "", 1.25, "at most", note)
    slowest = {line.split()[0]: float(line.split()[2]) for line in lines if line[:2].isdigit()}
    name, most = max(slowest.items(), key=lambda query: query[1])
    note = f"of {len(slowest)}, on {INCIDENTS:,} incidents: {name}"
    yield Figure("slowest documented query, 95th percentile", most, "ms", 100, "at most", note)


def _linked(bench: Bench, engine: Engine, incidents: int, days: int) -> tuple[float, float]:
    """Reports linked a second into a database of so many incidents, and the seconds of processor time for each."""
    address = engine.url.render_as_string(hide_password=False)
    given = ["--incidents", str(incidents + OWED), "--owed", str(OWED), "--days", str(days)]
    _run(str(SYNTHETIC), "--database-url", address, *given)
    began, before = time.perf_counter(), spent(bench.server)
    reports = link(engine).reports
    return reports / (time.perf_counter() - began), (spent(bench.server) - before) / reports


def _run(*command: str) -> str:
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True)
    return done.stdout

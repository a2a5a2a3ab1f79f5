"""What an article costs where the database holds a few thousand articles, and where it holds hundreds of thousands."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from extractors.coding import code_article, extractor_version
from flows.steps.workshop import Workshop
from tests.bench.bench import NOW, Bench, cycle, folder, listed, spent
from tests.bench.figure import Figure
from tests.bench.papers import ENTRIES, export, served

FEW = 2_000  # articles in the small database
REPORTS = 1.25  # that make_synthetic gives an incident, each of an article of its own
TURNS = 4
SYNTHETIC = Path(__file__).parent.parent.parent / "deploy" / "make_synthetic.py"


def measure(bench: Bench) -> Iterator[Figure]:
    """The same pages into both databases, by turns, a part of them each time."""
    with ExitStack() as stack:
        few, stocked = (stack.enter_context(bench.database(name)) for name in ("few", "stocked"))
        _fill(few, FEW)
        _fill(stocked, bench.stock)
        papers = stack.enter_context(folder())
        server = stack.enter_context(served(papers))
        size = max(bench.pages // TURNS, ENTRIES)
        told = [replace(one, number=number) for number, one in enumerate(bench.articles(size * TURNS))]
        urls = export(told, papers, server.address)
        workshop = stack.enter_context(Workshop(code_article, extractor_version()))
        used = {few: 0.0, stocked: 0.0}
        for turn in range(TURNS):
            for engine in (few, stocked) if turn % 2 else (stocked, few):
                before = spent(bench.server, server.pid)
                report, _ = cycle(engine, listed(engine, urls[turn::TURNS]), workshop)
                assert report.articles["new"], report
                if turn:  # the first starts processes and fills caches
                    used[engine] += spent(bench.server, server.pid) - before
    pages = sum(len(told[place : place + ENTRIES]) for n, place in enumerate(range(0, len(told), ENTRIES)) if n % TURNS)
    note = "processor time, PostgreSQL included"
    yield Figure(f"an article beside {FEW}", used[few] / pages * 1000, "ms", note=note)
    yield Figure(f"an article beside {bench.stock}", used[stocked] / pages * 1000, "ms", note=note)
    yield Figure("the one / the other", used[stocked] / used[few], "", 1.15, "at most")


def _fill(engine: Engine, articles: int) -> None:
    """Articles with their words, reports and incidents, of the three years up to the day on which the others come."""
    address = engine.url.render_as_string(hide_password=False)
    count = str(int(articles / REPORTS))
    command = [sys.executable, str(SYNTHETIC), "--database-url", address, "--incidents", count]
    command += ["--until", NOW.date().isoformat()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

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
from tests.bench.bench import NOW, Bench, cycle, folder, listed
from tests.bench.figure import Figure
from tests.bench.papers import export, served

FEW = 2_000  # articles in the small database
REPORTS = 1.25  # that make_synthetic gives an incident, each of an article of its own
TURNS = 4
SYNTHETIC = Path(__file__).parent.parent.parent / "deploy" / "make_synthetic.py"


def measure(bench: Bench) -> Iterator[Figure]:
    """The same pages into both databases, by turns, a part of them each time."""
    with ExitStack() as stack:
        few, full = (stack.enter_context(bench.database(name)) for name in ("few", "stocked"))
        _fill(few, FEW)
        _fill(full, bench.stock)
        papers = stack.enter_context(folder())
        server = stack.enter_context(served(papers))
        size = bench.pages // TURNS
        told = [replace(one, number=number) for number, one in enumerate(bench.articles(size * TURNS))]
        urls = export(told, papers, server.address)
        workshop = stack.enter_context(Workshop(code_article, extractor_version()))
        spent = {few: 0.0, full: 0.0}
        shares = [urls[turn::TURNS] for turn in range(TURNS)]
        for turn, share in enumerate(shares):
            for engine in (few, full) if turn % 2 else (full, few):
                report, taken = cycle(engine, listed(engine, share), workshop)
                assert report.articles["new"], report
                spent[engine] += taken if turn else 0.0  # the first turn starts processes and fills caches
    pages = len(told) * (TURNS - 1) / TURNS
    note = f"{bench.stock} articles and {FEW}"
    yield Figure(f"an article beside {FEW}", spent[few] / pages * 1000, "ms")
    yield Figure(f"an article beside {bench.stock}", spent[full] / pages * 1000, "ms")
    yield Figure("the one / the other, by time", spent[full] / spent[few], "", 1.15, "at most", note)


def _fill(engine: Engine, articles: int) -> None:
    """Articles with their words, reports and incidents, of the three years up to the day on which the others come."""
    address = engine.url.render_as_string(hide_password=False)
    count = str(int(articles / REPORTS))
    command = [sys.executable, str(SYNTHETIC), "--database-url", address, "--incidents", count]
    command += ["--until", NOW.date().isoformat()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

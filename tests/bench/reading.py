"""One core alone: what coding an article costs beside trafilatura's time for its page; the start of the extractors."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extractors.coding import code_article
from extractors.reading.page import read_page
from extractors.records import Article, NewsText, Publisher
from flows.steps import warm  # noqa: F401 - as the worker processes are
from tests.bench import bare
from tests.bench.bench import NOW, Bench, folder
from tests.bench.figure import Figure
from tests.bench.papers import ARTICLE, export

TURN = 50  # pages of one kind of work, before the other has its turn
PUBLISHER = Publisher("صحيفة", "IQ", "Asia/Baghdad")
START = """
import psutil, time
began = time.process_time()
from extractors.coding import prepare
prepare()
print(time.process_time() - began, psutil.Process().memory_info().rss / 2**20)
"""


def measure(bench: Bench) -> Iterator[Figure]:
    """Coding and reading by turns with trafilatura; then the start, in a process of its own."""
    told = bench.articles(bench.pages)
    with folder() as papers:
        export(told, papers, "http://paper.example")
        pages = [(papers / ARTICLE / str(one.number)).read_bytes() for one in told]
    texts = [NewsText(one.title, "\n".join(one.paragraphs), one.published.date(), one.country) for one in told]
    alone, coding, reading = _by_turns((pages, bare.extracted), (texts, code_article), (pages, _read))
    words = statistics.mean(one.words for one in told)
    size = statistics.mean(map(len, pages)) / 1024
    yield Figure("pages, trafilatura alone", 1 / alone, "a second", note=f"one core, {size:.0f} kB a page")
    yield Figure("articles coded", 1 / coding, "a second", 400, note=f"one core, {words:.0f} words an article")
    yield Figure("coding / trafilatura, by time", coding / alone, "", 0.25, "at most")
    yield Figure("reading a page / trafilatura, by time", reading / alone, "", note="decoding, body, head, dates")
    seconds, memory = (float(word) for word in _run(START).split())
    yield Figure(
        "start of the extractors", seconds, "s", 0.5, "at most", "processor time: imports, lexicons and places"
    )
    yield Figure("memory of the extractors", memory, "MB", 150, "at most")


def _read(page: bytes) -> Article | None:
    found = read_page(
        page, url="http://paper.example/a", content_type="text/html", publisher=PUBLISHER, entry=None, now=NOW
    )
    return found if isinstance(found, Article) else None


def _by_turns(*work: tuple[Sequence[Any], Callable[[Any], object]]) -> list[float]:
    """Seconds of processor time a thing, for each kind of work. The first turns warm up and do not count."""
    spent = [0.0] * len(work)
    starts = range(0, min(len(things) for things, _ in work) - TURN + 1, TURN)
    for start in (None, *starts):
        for number, (things, do) in enumerate(work):
            began = time.process_time()
            for thing in things[start or 0 : (start or 0) + TURN]:
                do(thing)
            if start is not None:
                spent[number] += time.process_time() - began
    return [seconds / (len(starts) * TURN) for seconds in spent]


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

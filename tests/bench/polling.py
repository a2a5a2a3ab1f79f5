"""Feeds that did not change, asked with their validators: how long a thousand take."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractors.coding import code_article, extractor_version
from flows.steps.workshop import Workshop
from tests.bench.articles import Article
from tests.bench.bench import Bench, cycle, folder, listed
from tests.bench.figure import Figure
from tests.bench.papers import FEED, export, feed, served

FEEDS, LISTED = 1000, 20


def measure(bench: Bench) -> Iterator[Figure]:
    """A thousand feeds of twenty entries each, which all lead to the same twenty pages."""
    told = [replace(one, number=number) for number, one in enumerate(bench.articles(LISTED))]
    with folder() as papers, served(papers) as server, bench.database("polling") as engine:
        export(told, papers, server.address)
        feeds = listed(engine, _feeds(told, papers / FEED, server.address))
        with Workshop(code_article, extractor_version()) as workshop:
            first, taken = cycle(engine, feeds, workshop)
            report, again = cycle(engine, feeds, workshop)
        assert report.feeds["unchanged"] == FEEDS, report.feeds
        listing = sum(first.entries.values())
        yield Figure(f"{FEEDS} feeds, read", taken, "s", note=f"{listing} entries")
        yield Figure(f"{FEEDS} feeds, unchanged", again, "s", 20, "at most", "conditional requests, all answered 304")


def _feeds(told: list[Article], target: Path, base: str) -> list[str]:
    for number in range(FEEDS):
        (target / str(number)).write_bytes(feed(told, f"صحيفة {number}", base))
    return [f"{base}/{FEED}/{number}" for number in range(FEEDS)]

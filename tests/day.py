"""A day of the unattended service in an hour: `rasid up` with a clock that runs fast, on papers that print news.

    python -m tests.day --cycles 144 --feeds 300 --interval 20

Each feed prints an article now and then, as newsrooms do, more by day than by night. In the end every article that was
printed is stored once, Prefect's database is small, no process has grown, and no run waits behind another.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import psutil
from rich.console import Console

from flows.catalogue.opml import write_opml
from flows.catalogue.sources import Source
from flows.clock import utc_now
from tests.flows.web.fault_server import FaultServer, html, reply, xml
from tests.service import Service, prepared

HERE = Path(__file__).parent
BEGIN = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
CYCLE = timedelta(minutes=10)
HOSTS = 100  # of the papers: some have several feeds
LISTED = 20  # entries that a feed shows
HOURLY, DAILY = 6, 144  # cycles
WARM = 0.25  # part of the day after which memory has to be level
MOST_METADATA = 50 * 2**20
MOST_GROWTH = 1.1
ENOUGH = 0.9  # part of the cycles that have to be run; a run that takes longer than a cycle skips the next
PARTS = {"server": "prefect server start", "runner": "flows.services.runner"}
STATES = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass
class Papers:
    """The newsrooms, and what each feed has printed: numbers of articles, and when."""

    server: FaultServer
    feeds: int
    chance: random.Random
    printed: dict[int, list[tuple[int, datetime]]] = field(default_factory=dict)
    total: int = 0
    texts: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = (HERE / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        self.texts = [json.loads(line)["text"].split("\n") for line in lines]
        for feed in range(self.feeds):
            self._print(feed, [BEGIN - timedelta(minutes=self.chance.uniform(0, 600)) for _ in range(3)])

    def url(self, feed: int, path: str) -> str:
        """An address at the host of a feed."""
        return self.server.url(path, feed % HOSTS)

    def live(self, until: datetime) -> None:
        """Ten minutes of work: an article an hour by day, one in five hours by night."""
        share = CYCLE / timedelta(hours=1) * (1.0 if 5 <= until.hour < 21 else 0.2)
        for feed in range(self.feeds):
            if self.chance.random() < share:
                self._print(feed, [until])

    def _print(self, feed: int, moments: list[datetime]) -> None:
        for at in moments:
            self.total += 1
            self.printed.setdefault(feed, []).append((self.total, at))
            self.server.answers[f"/a/{self.total}"] = html(self._page())
        items = "".join(
            f"<item><title>خبر {number}</title><link>{self.url(feed, f'/a/{number}')}</link><guid>{number}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for number, at in reversed(self.printed[feed][-LISTED:])
        )
        channel = f'<rss version="2.0"><channel><title>صحيفة {feed}</title>{items}</channel></rss>'
        self.server.answers[f"/feed/{feed}"] = xml(channel.encode())

    def _page(self) -> bytes:
        """A text of one's own: an incident or none, and what other papers had about something else."""
        first, second, third = self.chance.sample(self.texts, 3)
        paragraphs = "".join(f"<p>{escape(words)}</p>" for words in (*first, second[-1], third[-1], str(self.total)))
        head = f'<html lang="ar"><head><meta charset="utf-8"><title>{escape(first[0][:80])}</title></head>'
        return f"{head}<body><article><h1>{escape(first[0][:80])}</h1>{paragraphs}</article></body></html>".encode()


@dataclass(frozen=True)
class Look:
    """How the service stood at one moment; memory and the size of Prefect's database in bytes."""

    completed: int
    memory: dict[str, int]
    metadata: int


@dataclass
class Day:
    """What came of it."""

    cycles: int
    looks: list[Look] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    waiting: int = 0  # the most runs that were due for three cycles and more, and had not begun
    printed: int = 0
    stored: int = 0
    rows: dict[str, object] = field(default_factory=dict)

    def troubles(self) -> Iterator[str]:
        """What is not as it should be."""
        if self.stored != self.printed:
            yield f"{self.printed} articles were printed and {self.stored} are stored"
        if self.states["FAILED"] or self.states["CRASHED"]:
            yield f"runs ended badly: {dict(self.states)}"
        if self.looks[-1].completed < ENOUGH * self.cycles:
            yield f"only {self.looks[-1].completed} ingests were completed: the machine is too slow for this interval"
        if self.waiting:
            yield f"{self.waiting} runs waited for three cycles and more"
        if self.looks[-1].metadata > MOST_METADATA:
            yield f"Prefect's database has {self.looks[-1].metadata / 2**20:.0f} MB"
        warm = self.looks[int(len(self.looks) * WARM)]
        for part, now in self.looks[-1].memory.items():
            if now > warm.memory[part] * MOST_GROWTH:
                yield f"{part} grew from {warm.memory[part] / 2**20:.0f} to {now / 2**20:.0f} MB"

    def told(self) -> Iterator[str]:
        """The figures, line by line."""
        yield f"runs {dict(self.states)}; at most {self.waiting} waited for three cycles and more"
        yield f"articles printed {self.printed}, stored {self.stored}; {self.rows}"
        for look in self.looks[:: max(len(self.looks) // 8, 1)] + self.looks[-1:]:
            memory = ", ".join(f"{part} {size / 2**20:.0f}" for part, size in look.memory.items())
            yield f"after {look.completed} runs: MB of memory: {memory}; of Prefect's database: {look.metadata / 2**20:.1f}"


def run(cycles: int, feeds: int, interval: int, seed: int = 1) -> Day:
    """Have the service live through so many cycles, one in each `interval` seconds of the machine's."""
    clock = f"{time.time()} {BEGIN.timestamp()} {CYCLE.total_seconds() / interval}"
    path = f"{HERE / 'fast_clock'}:{HERE.parent}"
    with FaultServer(hosts=min(feeds, HOSTS)) as server:
        papers = Papers(server, feeds, random.Random(seed))
        listed = [Source(papers.url(feed, f"/feed/{feed}")) for feed in range(feeds)]
        server.answers["/opml"] = reply("200 OK", write_opml(listed))
        with prepared(FAST_CLOCK=clock, PYTHONPATH=path, RASID_POLL_INTERVAL=str(interval)) as service:
            imported = service.rasid("feeds", "import", server.url("/opml"))
            assert imported.returncode == 0, imported.stderr
            service.start()
            return _lived(service, papers, cycles, interval)


def _lived(service: Service, papers: Papers, cycles: int, interval: int) -> Day:
    day = Day(cycles)
    begun, passed = time.time(), 0
    service.until(lambda: service.runs("COMPLETED"))
    while passed < cycles:
        time.sleep(1)
        while passed < (time.time() - begun) / interval:
            passed += 1
            papers.live(BEGIN + passed * CYCLE)
            _by_the_clock(service, passed)
            day.looks.append(_look(service))
        day.waiting = max(day.waiting, _waiting(service, timedelta(seconds=3 * interval)))
    _last_cycle(service)
    day.printed, day.stored = papers.total, service.sql("SELECT count(DISTINCT page_id) FROM articles")
    day.states.update({state: _count(service, state, None) for state in STATES})
    day.looks.append(_look(service))
    day.rows = {
        "incidents": service.sql("SELECT count(*) FROM incidents"),
        "polls": service.sql("SELECT count(*) FROM polls"),
        "database": service.sql("SELECT pg_size_pretty(pg_database_size(current_database()))"),
    }
    return day


def _by_the_clock(service: Service, passed: int) -> None:
    """What Prefect's schedules begin by the machine's time, begun by the papers'."""
    if passed % HOURLY == HOURLY // 2:
        service.begin("recheck")
    if passed % DAILY == DAILY // 2:
        service.begin("maintenance")
        service.begin("digest", day=BEGIN.date().isoformat())


def _last_cycle(service: Service) -> None:
    """Have all feeds polled once more, and wait for the run that does it."""
    service.sql("UPDATE feeds SET next_poll_at = added_at")
    service.until(lambda: service.sql("SELECT bool_and(next_poll_at > added_at) FROM feeds"))
    service.until(lambda: service.sql("SELECT count(*) = 0 FROM pages WHERE state = 'due'"))
    service.until(lambda: not service.runs("RUNNING"))


def _count(service: Service, state: str, flow: str | None = "ingest") -> int:
    question: dict[str, object] = {"flow_runs": {"state": {"type": {"any_": [state]}}}}
    if flow:
        question["flows"] = {"name": {"any_": [flow]}}
    return int(service.ask("flow_runs/count", question) or 0)


def _waiting(service: Service, late: timedelta) -> int:
    """Runs that should have begun so long ago."""
    due = {"before_": (utc_now() - late).isoformat()}
    runs = service.ask(
        "flow_runs/count",
        {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING"]}}, "expected_start_time": due}},
    )
    return int(runs or 0)


def _look(service: Service) -> Look:
    assert service.process
    processes = {"up": [psutil.Process(service.process.pid)]}
    processes |= {part: service.family(words) for part, words in PARTS.items()}
    memory = {part: max(one.memory_info().rss for one in found) for part, found in processes.items() if found}
    size = service.sql("SELECT pg_database_size(current_database())", "prefect")
    return Look(_count(service, "COMPLETED"), memory, size)


def main() -> int:
    """The command: 0 where all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cycles", type=int, default=144)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--interval", type=int, default=20, help="seconds of the machine's that a cycle may take")
    given = parser.parse_args()
    begun = time.monotonic()
    day = run(given.cycles, given.feeds, given.interval)
    say = Console(soft_wrap=True, highlight=False).print
    say(f"{given.cycles} cycles of {given.feeds} feeds in {(time.monotonic() - begun) / 60:.0f} minutes")
    for line in day.told():
        say(line, markup=False)
    wrong = list(day.troubles())
    say("\n".join(wrong) or "nothing lost, nothing grown, nothing piled up", markup=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

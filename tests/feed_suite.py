"""A folder of feeds, such as feedparser's own tests, through whole polls: every file must end in a named outcome.

    python -m tests.feed_suite FOLDER

Each file is served on loopback with the headers that the `Header:` lines of its comment name. What comes of it is
told by outcome, and the files that list entries in feedparser's reading but none in ours are named.
"""

import argparse
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import feedparser
from sqlalchemy import Engine, text

from db import migrate
from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds
from extractors.records import Coding
from flows.services.postgres import embedded_postgres
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.workshop import Workshop
from flows.web import WebPolicy
from tests.flows.web.fault_server import FaultServer, reply

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
POLICY = WebPolicy(allow_private_hosts=True, host_delay=0, host_connections=16, read_timeout=5, total_timeout=10)
HEADER = re.compile(rb"^\s*Header:\s*([A-Za-z-]+):\s*(.+?)\s*$", re.MULTILINE)
ENDINGS = {".xml", ".rss", ".atom", ".rdf", ".json"}
LEFT_OUT = {"content-length", "connection", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: `listed` as the poll counts, `expected` as feedparser finds them in it."""

    name: str
    outcome: str | None
    reason: str | None
    listed: int
    expected: int


def headers(body: bytes) -> list[str]:
    """The header lines that a file asks to be served with."""
    found = {name.decode().lower(): value.decode("latin-1") for name, value in HEADER.findall(body[:4000])}
    kept = {name: value for name, value in found.items() if name not in LEFT_OUT}
    return [f"{name}: {value}" for name, value in ({"content-type": "application/xml"} | kept).items()]


def poll_all(engine: Engine, server: FaultServer, files: Sequence[Path], folder: Path) -> list[Outcome]:
    """Serve the files, poll each once, and tell what came of it."""
    urls = {}
    for path in files:
        address = "/suite/" + quote(str(path.relative_to(folder)))
        body = path.read_bytes()
        server.answers[address] = reply("200 OK", body, *headers(body))
        urls[server.url(address)] = path
    with engine.begin() as connection:
        add_feeds(connection, [FeedSpec(url) for url in urls], now=NOW)
    plan = CyclePlan(policy=POLICY, seconds=3600)
    with Workshop(lambda _: Coding((), (), "not asked"), "suite", 0) as workshop:
        run_cycle(plan, engine, clock=lambda: NOW, workshop=workshop)
    query = "SELECT url, outcome, reason, entries_listed FROM feeds LEFT JOIN polls ON feed_id = feeds.id"
    with engine.connect() as connection:
        rows = {row.url: row for row in connection.execute(text(query))}
    return [
        Outcome(str(path.relative_to(folder)), row.outcome, row.reason, row.entries_listed or 0, _expected(path))
        for url, path in urls.items()
        if (row := rows.get(url)) is not None
    ]


def _expected(path: Path) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return len(feedparser.parse(path.read_bytes()).entries)


@contextmanager
def _engine() -> Iterator[Engine]:
    folder = Path(tempfile.mkdtemp(prefix="rasid-suite-"))
    folder.chmod(0o755)
    try:
        with embedded_postgres(folder, durable=False) as server:
            engine = make_engine(server.url("rasid"))
            migrate.upgrade(engine)
            yield engine
            engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """The command: 0 where every file ended in a named outcome."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS)
    with _engine() as engine, FaultServer() as server:
        outcomes = poll_all(engine, server, files, folder)
    for kind, count in Counter((one.outcome, one.reason) for one in outcomes).most_common():
        print(count, *filter(None, kind))
    poorer = [one for one in outcomes if one.listed < one.expected]
    print(f"{len(files)} files, {len(outcomes)} polled; {len(poorer)} list fewer entries than feedparser finds:")
    for one in poorer:
        print(f"  {one.name}: {one.listed} of {one.expected} ({one.outcome} {one.reason or ''})")
    nameless = [one.name for one in outcomes if one.outcome is None or (one.outcome == "failed" and not one.reason)]
    broken = [one.name for one in outcomes if one.reason in {"reader error", "internal"}]
    print("without an outcome:", nameless, "errors of our own:", broken)
    return 1 if nameless or broken or len(outcomes) < len(files) else 0


if __name__ == "__main__":
    sys.exit(main())

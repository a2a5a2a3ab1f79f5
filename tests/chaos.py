"""kill -9 at random points, workers and PostgreSQL alike; then one clean run, and all is as if nothing had happened.

    python -m tests.chaos --kills 200 --seed 1

Papers on loopback print more articles in each round. In each round one or two workers ingest them, and at a random
moment a worker, a session of PostgreSQL or the whole server is killed. In the end one undisturbed cycle runs, and
articles, entries, reports and incidents are compared with those of one undisturbed cycle on an empty database.
"""

import argparse
import faulthandler
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import Engine, text

from db import migrate
from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds
from extractors.coding import code_article, extractor_version
from flows.services.postgres import EmbeddedPostgres, embedded_postgres
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.report import CycleReport
from flows.steps.store import PATIENCE
from flows.steps.workshop import PRELOADED, Workshop
from flows.web import WebPolicy
from tests.flows.web.fault_server import FaultServer, html, xml

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ROUND = timedelta(minutes=15)  # by the workers' clock: longer than a lease
PAPERS, NEW_A_ROUND = 4, 4
TOLD_EVERY = 25  # rounds
LONGEST_CYCLE = PATIENCE + 90  # seconds
POLICY = WebPolicy(allow_private_hosts=True, host_delay=0, host_connections=16, read_timeout=60, total_timeout=90)
NEEDED = ["db.migrate", "flows.steps.cycle", "flows.services.postgres", "tests.flows.web.fault_server"]
CONTEXT = multiprocessing.get_context("forkserver")

CITIES = ("بغداد", "القاهرة", "دمشق", "صنعاء", "الخرطوم", "طرابلس", "عمان", "تونس")
LEADS = (
    "قتل {n} أشخاص وأصيب {m} آخرون بجروح في انفجار سيارة مفخخة وسط {city} صباح اليوم الأحد، وفق ما أعلنته الشرطة.",
    "تظاهر مئات من العمال في {city} يوم السبت احتجاجا على تأخر صرف الرواتب، واعتقلت قوات الأمن {n} منهم.",
    "اندلع حريق كبير في سوق شعبي في {city} مساء أمس وأدى إلى إصابة {m} شخصا، بحسب الدفاع المدني.",
    "افتتحت وزارة الثقافة في {city} معرض الكتاب السنوي بمشاركة {m} دار نشر من عدة بلدان.",
)
WORDS = (
    "المنطقة الطريق السوق المدرسة الحي القديم الجديد صباحا مساء السكان التجار الحركة عادت تدريجيا إلى طبيعتها بعد ساعات من "
    "إغلاق الشارع وقال شاهد إن الناس تجمعوا قرب الجسر ثم تفرقوا بهدوء فيما واصلت البلدية أعمال التنظيف ونقلت العربات الأتربة "
    "خارج الساحة وأضاف آخر أن المحال بقيت مفتوحة طوال اليوم رغم البرد وأن الحافلات تأخرت قليلا عن مواعيدها المعتادة"
)

COMPARED = {
    "articles": """
        SELECT pages.url, revision, articles.is_current, title, body, published_at, language, publisher
        FROM articles JOIN pages ON pages.id = page_id ORDER BY 1, 2""",
    "entries": """
        SELECT feeds.url, pages.url, guid, entries.title, published_at FROM entries
        JOIN feeds ON feeds.id = feed_id JOIN pages ON pages.id = page_id ORDER BY 1, 2""",
    "reports": """
        SELECT to_jsonb(r) - 'report_id' - 'article_id' - 'extracted_at' AS report FROM incident_reports AS r
        ORDER BY 1""",
    "figures": """
        SELECT article_url, to_jsonb(f) - 'report_id' - 'figure_id' - 'article_id' AS figure FROM report_figures AS f
        JOIN incident_reports AS r USING (report_id) ORDER BY 1, 2""",
    "incidents": """
        SELECT array_agg(article_url || ' ' || sub_event_type ORDER BY article_url, sub_event_type) AS reports
        FROM incident_members JOIN incident_reports USING (report_id) GROUP BY incident_id ORDER BY 1""",
    "pages": "SELECT url, state, lease_owner FROM pages ORDER BY 1",
}
BROKEN = {
    "an entry that no poll, or more than one, counted as new": """
        SELECT feed_id FROM feeds JOIN LATERAL (SELECT feeds.id AS feed_id, count(*) FROM entries
        WHERE feed_id = feeds.id) AS stored ON true
        WHERE stored.count <> (SELECT sum(entries_new) FROM polls WHERE feed_id = feeds.id)""",
    "an article without exactly one current extraction": """
        SELECT articles.id FROM articles LEFT JOIN extractions ON article_id = articles.id AND extractions.is_current
        WHERE articles.is_current GROUP BY articles.id HAVING count(extractions.id) <> 1""",
    "a body that was stored twice": """
        SELECT page_id FROM fetches WHERE outcome = 'stored' GROUP BY page_id, body_sha256 HAVING count(*) > 1""",
    "a page that is done without an article": """
        SELECT id FROM pages WHERE state = 'done' AND NOT EXISTS (SELECT FROM articles WHERE page_id = pages.id)""",
    "a page that was given up": "SELECT id FROM pages WHERE state <> 'done'",
}


def article(number: int) -> bytes:
    """A page: one of several kinds of news, in one of several cities."""
    said = LEADS[number % len(LEADS)].format(n=2 + number % 7, m=11 + number % 31, city=CITIES[number % len(CITIES)])
    chance = random.Random(number)  # texts that are all alike would be copies of each other, and linked as such
    told = (" ".join(chance.choices(WORDS.split(), k=40)) for _ in range(2))
    paragraphs = "".join(f"<p>{words}.</p>" for words in (said, *told, f"رقم الخبر {number}"))
    title = said.split("،")[0]
    return (
        f'<html lang="ar"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def feed(base: str, numbers: range) -> bytes:
    """A paper's feed."""
    items = "".join(
        f"<item><title>خبر {n}</title><link>{base}/a/{n}</link><guid>{n}</guid>"
        f"<pubDate>Sun, 01 Mar 2026 13:00:00 +0300</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>صحيفة</title>{items}</channel></rss>'.encode()


def publish(server: FaultServer, until: int) -> list[str]:
    """Have the papers print all articles up to a number -> the addresses of their feeds."""
    for number in range(until):
        if f"/a/{number}" not in server.answers:
            server.answers[f"/a/{number}"] = html(article(number))
    for paper in range(PAPERS):
        server.answers[f"/feed/{paper}"] = xml(feed(server.url(""), range(paper, until, PAPERS)))
    return [server.url(f"/feed/{paper}") for paper in range(PAPERS)]


def cycle(engine: Engine, now: datetime) -> CycleReport:
    """One cycle, all in this process, at a fixed moment."""
    with Workshop(code_article, extractor_version(), 0) as workshop:
        return run_cycle(CyclePlan(policy=POLICY), engine, clock=lambda: now, workshop=workshop)


def work(address: str, now: datetime, begun: Connection) -> None:
    """What a worker process does until it is killed. Where it hangs, SIGUSR1 makes it tell in what."""
    faulthandler.register(signal.SIGUSR1)
    engine = make_engine(address)
    begun.send(True)
    cycle(engine, now)


@dataclass
class Chaos:
    """The killing, and what was killed: `kills` counts what was alive when it was hit."""

    server: EmbeddedPostgres
    address: str
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)

    def round(self, now: datetime) -> None:
        """Let workers work, and kill something at a random moment; what survives comes to its end."""
        workers = [self._start(now) for _ in range(1 if self.chance.random() < 0.75 else 2)]
        time.sleep(self.chance.uniform(0.0, 0.45))
        kind = self.chance.choices(("worker", "session", "server"), (6, 2, 2))[0] if workers[0].is_alive() else ""
        if kind == "worker":
            workers[0].kill()
        elif kind == "session":
            self._kill_session()
        elif kind == "server":
            self._kill_server()
        self.kills.update(filter(None, [kind]))
        self._settle(workers)

    def _start(self, now: datetime) -> ForkServerProcess:
        ours, theirs = CONTEXT.Pipe()
        worker = CONTEXT.Process(target=work, args=(self.address, now, theirs))
        worker.start()
        ours.recv()
        ours.close()
        theirs.close()
        return worker

    def _kill_session(self) -> None:
        """One of the sessions that serve workers: the server then ends all others, and recovers."""
        with suppress(psycopg.Error), psycopg.connect(self.server.url("postgres")) as connection:
            query = "SELECT pid FROM pg_stat_activity WHERE datname = 'rasid' AND backend_type = 'client backend'"
            pids = [row[0] for row in connection.execute(query)]
            if pids:
                psutil.Process(self.chance.choice(pids)).kill()

    def _kill_server(self) -> None:
        first = self.server._postmaster()
        assert first is not None
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=5)
        self.server.ensure_running()

    def _settle(self, workers: list[ForkServerProcess]) -> None:
        for worker in workers:
            worker.join(LONGEST_CYCLE)
            if worker.is_alive():
                assert worker.pid is not None
                os.kill(worker.pid, signal.SIGUSR1)
                worker.join(2)
                worker.kill()
                raise AssertionError("a worker hangs")
            worker.close()


@contextmanager
def database(server: EmbeddedPostgres, name: str) -> Iterator[tuple[str, Engine]]:
    """A migrated database of the server: address and engine."""
    if name != "rasid":
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER rasid")
    address = server.url(name, role="rasid")
    engine = make_engine(address)
    migrate.upgrade(engine)
    yield address, engine
    engine.dispose()


def listed(engine: Engine, urls: list[str]) -> None:
    """Have the papers polled."""
    with engine.begin() as connection:
        add_feeds(connection, [FeedSpec(url, publisher="صحيفة", country="IQ") for url in urls], now=NOW)


def found(engine: Engine) -> dict[str, list[str]]:
    """What is compared, row by row as text."""
    with engine.connect() as connection:
        return {name: [str(row) for row in connection.execute(text(query))] for name, query in COMPARED.items()}


def broken(engine: Engine) -> dict[str, int]:
    """Invariants that do not hold, with the number of rows that break them."""
    with engine.connect() as connection:
        counts = {name: len(connection.execute(text(query)).all()) for name, query in BROKEN.items()}
    return {name: count for name, count in counts.items() if count}


def run(
    kills: int, seed: int, folder: Path, seconds: float = float("inf")
) -> tuple[Counter[str], dict[str, list[str]], dict[str, list[str]]]:
    """Kill until so many were hit, or the time is over -> what was killed, and what stands after a clean run in both databases.

    Raises AssertionError where an invariant is broken.
    """
    CONTEXT.set_forkserver_preload([*PRELOADED, *NEEDED])
    with FaultServer() as papers, embedded_postgres(folder) as server, database(server, "rasid") as (address, engine):
        chaos = Chaos(server, address, random.Random(seed))
        rounds, over = 0, time.monotonic() + seconds
        listed(engine, publish(papers, 0))
        while sum(chaos.kills.values()) < kills and time.monotonic() < over:
            publish(papers, (rounds + 1) * NEW_A_ROUND)
            chaos.round(NOW + rounds * ROUND)
            rounds += 1
            if rounds % TOLD_EVERY == 0:
                print(f"{rounds} rounds: {dict(chaos.kills)}", file=sys.stderr, flush=True)
        end = NOW + rounds * ROUND + timedelta(hours=8)
        engine.dispose()
        assert cycle(engine, end).ended == "done"
        assert broken(engine) == {}
        with database(server, "undisturbed") as (_, other):
            listed(other, publish(papers, rounds * NEW_A_ROUND))
            assert cycle(other, end).ended == "done"
            return chaos.kills, found(engine), found(other)


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> Iterator[str]:
    """What stands in one and not in the other, in words."""
    for name, rows in one.items():
        mine, theirs = Counter(rows), Counter(other[name])
        yield from (f"{name}: only after the kills: {row[:300]}" for row in (mine - theirs))
        yield from (f"{name}: only undisturbed: {row[:300]}" for row in (theirs - mine))


def main() -> int:
    """The command: 0 where both are the same."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--seconds", type=float, default=float("inf"), help="kill for no longer, then compare")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rasid-chaos-"))
    folder.chmod(0o755)
    start = time.monotonic()
    try:
        kills, one, other = run(given.kills, given.seed, folder, given.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"seed {given.seed}: {dict(kills)} in {time.monotonic() - start:.0f} s")
    print({name: len(rows) for name, rows in one.items()})
    wrong = list(differences(one, other))
    print("\n".join(wrong[:20]) or "the same articles, entries, reports and incidents as undisturbed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

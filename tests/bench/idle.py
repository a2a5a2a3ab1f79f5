"""The service with nothing to do: how soon it polls after its start, and what it costs beside Prefect's own server."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil
from sqlalchemy import Engine, func, select

from db.tables import PollRow
from flows.settings import environment
from tests.bench.bench import Bench, folder, listed
from tests.bench.figure import Figure
from tests.bench.papers import export, served

START, REST, WATCHED = 120.0, 45.0, 60.0  # seconds


def measure(bench: Bench) -> Iterator[Figure]:
    """`rasid up` on a database with one feed; after its first poll it is left alone, then watched."""
    with (
        folder() as papers,
        served(papers) as server,
        bench.database("idle") as engine,
        tempfile.TemporaryDirectory() as home,
    ):
        listed(engine, export(bench.articles(20), papers, server.address))
        began = time.perf_counter()
        with _service(home, bench.server.url("idle")) as process:
            while not _polls(engine):
                if time.perf_counter() - began > START or process.poll() is not None:
                    raise SystemExit("the service polled nothing")
                time.sleep(0.1)
            yield Figure("start of the service to its first poll", time.perf_counter() - began, "s", 20, "at most")
            time.sleep(REST)
            ours, prefects = _spent(process.pid)
            time.sleep(WATCHED)
            later, its = _spent(process.pid)
    share = (later - ours) / WATCHED * 100
    yield Figure("idle service", share, "% of a core", 3, "at most", "beside Prefect's server")
    yield Figure("Prefect's server", (its - prefects) / WATCHED * 100, "% of a core")


@contextmanager
def _service(home: str, database: str) -> Iterator["subprocess.Popen[bytes]"]:
    told = {
        "RASID_HOME": home,
        "RASID_DATABASE_URL": database,
        "RASID_SHIPPED_FEEDS": "false",
        "RASID_ALLOW_PRIVATE_HOSTS": "true",
    }
    command = [sys.executable, "-c", "from flows.cli import main; main()", "up"]
    process = subprocess.Popen(command, env=environment(**told), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _polls(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(PollRow)).scalar_one()


def _spent(pid: int) -> tuple[float, float]:
    """Seconds of processor time: of Rasid's processes, and of Prefect's server."""
    spent = {True: 0.0, False: 0.0}
    process = psutil.Process(pid)
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            spent["server" in one.cmdline()] += times.user + times.system
    return spent[False], spent[True]

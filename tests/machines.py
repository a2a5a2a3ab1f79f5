"""Two machines, as two network namespaces: a worker in each, one database, one Prefect server, papers on a bridge.

    python -m tests.machines        as root, where `ip netns` is allowed

Both share an ingest. Nothing is polled, fetched or stored twice, and no host is asked faster than one worker would ask
it. Then one machine dies in the middle of an ingest; the next one leaves everything as if it had lived.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from rich.console import Console
from sqlalchemy import Engine, make_url, text

from db import migrate
from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds
from flows.clock import utc_now
from flows.services.deployments import deployments
from flows.services.postgres import EmbeddedPostgres
from flows.services.register import register
from flows.settings import Settings
from tests.flows.steps.factories import article_page, rss
from tests.flows.web.fault_server import FaultServer, html, xml
from tests.service import kill
from tests.standing import Standing, standing, until, worker

NETWORK, BRIDGE = "10.77.0.", "rasid-bridge"
MACHINES = {"rasid-one": "10.77.0.101", "rasid-two": "10.77.0.102"}
HOSTS, ARTICLES = 24, 25  # papers, and articles of each
DELAY = 1.0  # seconds between two requests to a host
say = Console(soft_wrap=True, highlight=False).print


def ip(*words: str) -> None:
    """One command of `ip`."""
    subprocess.run(["ip", *words], check=True)


@contextmanager
def machines() -> Iterator[None]:
    """The bridge with an address for each paper, and a namespace for each machine."""
    with ExitStack() as undo:
        ip("link", "add", BRIDGE, "type", "bridge")
        undo.callback(ip, "link", "del", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for host in range(HOSTS):
            ip("addr", "add", f"{NETWORK}{1 + host}/24", "dev", BRIDGE)
        for number, (name, address) in enumerate(MACHINES.items()):
            ip("netns", "add", name)
            undo.callback(ip, "netns", "del", name)
            ip("link", "add", f"veth{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", f"veth{number}", "master", BRIDGE, "up")
            ip("-n", name, "addr", "add", f"{address}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        yield


@contextmanager
def database(folder: Path) -> Iterator[tuple[EmbeddedPostgres, str]]:
    """The embedded server, made to listen on the bridge -> it, and the database's address there."""
    server = EmbeddedPostgres(folder, durable=False)
    with server:
        access = server.data / "machines.conf"
        access.write_text("local all all trust\nhost all all 10.77.0.0/24 trust\n")
        (server.data / "local.conf").write_text(f"listen_addresses = '{NETWORK}1'\nhba_file = '{access}'\n")
        for path in (access, server.data / "local.conf"):
            server._system.own(path)
    with server:
        yield server, f"postgresql://rasid@{NETWORK}1:{server.port}/rasid"


def publish(papers: FaultServer, edition: int) -> list[str]:
    """Each paper prints another few articles -> the addresses of the feeds."""
    for host in range(HOSTS):
        numbers = [host * 1000 + number for number in range(edition * ARTICLES)]
        papers.answers[f"/feed/{host}"] = xml(rss(*numbers, base=papers.url("", host)))
        for number in numbers:
            papers.answers[f"/a/{number}"] = html(article_page(number))
    return [papers.url(f"/feed/{host}", host) for host in range(HOSTS)]


def in_machine(name: str) -> list[str]:
    """What is put before a command that runs there."""
    return ["ip", "netns", "exec", name]


def shared(server: Standing, papers: FaultServer, engine: Engine) -> None:
    """An ingest that both machines share."""
    one, two = MACHINES
    with (
        worker(server, one, *in_machine(one), limit=1),
        worker(server, two, *in_machine(two), limit=1),
    ):
        ended = server.ended(server.start("ingest"), 600)
        until(lambda: _none_running(server), 600)
    say(f"shared: {ended['message']}", markup=False)
    checked(papers, engine, 1)
    asked = {name: sum(request.by == address for request in papers.asked) for name, address in MACHINES.items()}
    say(f"requests by machine: {asked}", markup=False)
    assert min(asked.values()) > 0


def one_dies(server: Standing, papers: FaultServer, engine: Engine) -> None:
    """A machine that dies with all that it does, in the middle of an ingest; the other one goes on."""
    one, two = MACHINES
    papers.asked.clear()
    _due(engine)
    with worker(server, one, *in_machine(one), limit=1) as doomed, worker(server, two, *in_machine(two), limit=1):
        first = server.start("ingest")
        until(lambda: any("/a/" in request.path for request in papers.asked))
        process = psutil.Process(doomed.pid)
        kill([*process.children(recursive=True), process])
        began = time.monotonic()
        until(lambda: _none_running(server) or time.monotonic() - began > 40)
        say(f"a machine died; its run is {server.ask(f'flow_runs/{first}')['state']['name']}")
        # What the dead one held is free when its leases end, and its run's place when its end is noticed.
        with engine.begin() as connection:
            connection.execute(text("UPDATE pages SET lease_until = now() WHERE lease_until IS NOT NULL"))
            connection.execute(text("UPDATE feeds SET lease_until = now() WHERE lease_until IS NOT NULL"))
        server.crash(first)
        say(f"then: {server.ended(server.start('ingest'), 600)['message']}", markup=False)
        until(lambda: _all_done(engine), 600)  # by the share that the living machine has in hand
    checked(papers, engine, 2)


def checked(papers: FaultServer, engine: Engine, edition: int) -> None:
    """Nothing is missing, nothing is double, and no host was hurried."""
    with engine.connect() as connection:
        counts = connection.execute(
            text(
                "SELECT count(*), count(DISTINCT url), (SELECT count(*) FROM pages WHERE state <> 'done') FROM articles"
            )
        ).one()
    assert tuple(counts) == (HOSTS * ARTICLES * edition, HOSTS * ARTICLES * edition, 0), counts
    if edition == 1:
        fetched = [request.path for request in papers.asked if "/a/" in request.path or "/feed/" in request.path]
        assert len(fetched) == len(set(fetched)), "something was asked for twice"
    moments = defaultdict(list)
    for request in papers.asked:
        moments[request.host].append(request.at)
    # Of a pair of requests one may be held up on its way by a busy machine; of a row of them that makes little.
    pauses = {host: (max(times) - min(times)) / (len(times) - 1) for host, times in moments.items()}
    say(f"{counts[0]} articles, each once; the shortest mean pause at a host was {min(pauses.values()):.2f} s")
    assert min(pauses.values()) > DELAY * 0.9


def _due(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE feeds SET next_poll_at = added_at"))


def _all_done(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.execute(text("SELECT bool_and(state = 'done') FROM pages")).scalar_one())


def _none_running(server: Standing) -> bool:
    runs = server.ask(
        "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}}}
    )
    return not [run for run in runs if not run["auto_scheduled"]]


async def _registered(api: str) -> None:
    with temporary_settings({PREFECT_API_URL: api}):
        async with get_client() as client:
            await register(client, deployments(Settings(poll_interval=3600)))


def main() -> int:
    """The command: 0 where all held."""
    folder = Path(tempfile.mkdtemp(prefix="rasid-machines-"))
    try:
        with (
            machines(),
            FaultServer(hosts=HOSTS, network=NETWORK) as papers,
            database(folder) as (postgres, url),
        ):
            engine = make_engine(url)
            migrate.upgrade(engine)
            with engine.begin() as connection:
                add_feeds(connection, [FeedSpec(feed) for feed in publish(papers, 1)], now=utc_now())
            told = {"RASID_WORKERS": "2", "RASID_HOST_DELAY": str(DELAY)}
            with standing(postgres, make_url(url).render_as_string(), f"{NETWORK}1", **told) as server:
                asyncio.run(_registered(server.api))
                shared(server, papers, engine)
                publish(papers, 2)
                one_dies(server, papers, engine)
            engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every alert in action, on a real Prefect server: what has to happen is made to happen, and somebody is told.

    python -m tests.alerts

Windows of half an hour and more are cut to a minute; all else is as in deploy/automations.yaml. It takes ten minutes:
Prefect puts off events of runs that were scheduled less than five minutes ahead, which only a test does.

no worker               -> runs late, no completed ingest, no fresh article
worker killed in a run  -> zombie run, which is marked as crashed and so is a run that failed; its place is free again
another worker          -> a completed run
"""

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from pydantic import SecretStr
from rich.console import Console
from sqlalchemy import Engine

from db import migrate
from db.engine import make_engine
from db.feeds import FeedSpec, add_feeds
from flows.clock import utc_now
from flows.newsroom import newsroom
from flows.services.alerts import Alert, alerts, register_alerts
from flows.services.deployments import deployments
from flows.services.postgres import embedded_postgres
from flows.services.register import register
from flows.settings import Settings
from tests.flows.web.fault_server import FaultServer
from tests.service import kill
from tests.standing import Standing, listener, mailbox, standing, until, worker

SHORT = 60  # seconds instead of half an hour and more
say = Console(soft_wrap=True, highlight=False).print


def shortened(alert: Alert) -> Alert:
    """The same with a window of a minute, where it is a dead man's switch."""
    if alert.trigger["posture"] == "Reactive" or "after" in alert.trigger:
        return alert
    return alert.model_copy(update={"trigger": alert.trigger | {"within": SHORT}})


async def registered(api: str, targets: tuple[str, str], interval: int) -> None:
    """The deployments, `ingest` as often as told, and the alerts, told to a webhook and a mailbox."""
    hook, mail = map(SecretStr, targets)
    with temporary_settings({PREFECT_API_URL: api}):
        settings = Settings(alert_webhook=hook, alert_email=mail, poll_interval=interval)
        async with get_client() as client:
            await register(client, deployments(settings))
            await register_alerts(client, settings, [shortened(alert) for alert in alerts()])


@dataclass
class Told:
    """What was posted to the webhook, and what came by mail."""

    posted: list[dict[str, Any]]
    mailed: list[EmailMessage]

    def wait(self, words: str, patience: float = 500.0) -> None:
        """Until the notice that begins so came both ways."""
        begun = time.monotonic()
        found = until(lambda: self._posted(words), patience)
        until(lambda: self._mailed(words), patience=30)
        say(f"after {time.monotonic() - begun:.0f} s, by mail too: {' / '.join(found.splitlines())}", markup=False)

    def _posted(self, words: str) -> str | None:
        return next((one["text"] for one in self.posted if one["text"].startswith(words)), None)

    def _mailed(self, words: str) -> bool:
        return any(one["subject"].startswith(words) and "What to do" in one.get_content() for one in self.mailed)


def killed_in_a_run(server: Standing) -> tuple[str, float]:
    """A worker that is killed with all that it started, while it runs `ingest` -> the run, and when it was killed."""
    with worker(server, "doomed") as process:
        run = server.start("ingest")
        until(lambda: server.ask(f"flow_runs/{run}")["state"]["type"] == "RUNNING")
        time.sleep(3)  # so that it has given a first sign of life
        doomed = psutil.Process(process.pid)
        kill([*doomed.children(recursive=True), doomed])
    return run, time.monotonic()


def scene(server: Standing, engine: Engine, targets: tuple[str, str], told: Told) -> None:
    """All of it, one after another."""
    asyncio.run(registered(server.api, targets, 10))
    for words in ("Rasid: no ingest completed", "Rasid: no fresh article", "Rasid: runs are late"):
        told.wait(words)
    server.tell(_silent())
    told.wait("Rasid: Al-Waha is silent")
    asyncio.run(registered(server.api, targets, 600))
    server.forget_scheduled()
    with FaultServer() as hanging, newsroom(utc_now()) as room:
        with engine.begin() as connection:
            add_feeds(connection, [FeedSpec(hanging.url("/hang"))], now=utc_now())
        run, struck = killed_in_a_run(server)
        with engine.begin() as connection:
            add_feeds(connection, [FeedSpec(url) for url in room.feeds], now=utc_now())
        with worker(server, "other"):
            state = server.ended(run)
            assert (state["type"], "no sign of life" in state["message"]) == ("CRASHED", True), state
            say(f"run of the killed worker marked as crashed after {time.monotonic() - struck:.0f} s")
            told.wait(f"Rasid: run {server.ask(f'flow_runs/{run}')['name']} Crashed")
            state = server.ended(server.start("ingest"))
            assert state["type"] == "COMPLETED", state
            say(f"a run of another worker completed {time.monotonic() - struck:.0f} s after the kill")


def _silent() -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "occurred": utc_now().isoformat(),
        "event": "rasid.source.silent",
        "resource": {"prefect.resource.id": "rasid.source.1", "prefect.resource.name": "Al-Waha"},
        "payload": {"url": "https://a.example/feed", "since": "2026-03-01 12:00"},
    }


def main() -> int:
    """The command: 0 where everything was told."""
    folder = Path(tempfile.mkdtemp(prefix="rasid-alerts-"))
    with embedded_postgres(folder, durable=False) as postgres:
        url = postgres.url("rasid", role="rasid")
        engine = make_engine(url)
        migrate.upgrade(engine)
        with standing(postgres, url) as server, listener() as (hook, posted), mailbox() as (mail, mailed):
            scene(server, engine, (hook, mail), Told(posted, mailed))
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The deployments and alerts of deploy/ on a real Prefect server, carried out by a real worker."""

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings
from pydantic import SecretStr
from sqlalchemy import Engine, text

from db.feeds import FeedSpec, add_feeds
from flows.clock import utc_now
from flows.newsroom import newsroom
from flows.services import prefect
from flows.services.alerts import alert_differences, register_alerts
from flows.services.deployments import deployments
from flows.services.postgres import EmbeddedPostgres
from flows.services.register import differences, register
from flows.settings import Settings, environment

PATIENCE = 240.0
POOL = "rasid"


@dataclass(frozen=True)
class Standing:
    """A Prefect server with its own database, and what processes are told to use it."""

    api: str
    told: dict[str, str]

    def rasid(self, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """A command line of Rasid's, carried out."""
        command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
        return subprocess.run(command, env=self.told | changed, capture_output=True, text=True, check=False)

    def ask(self, path: str, question: dict[str, Any] | None = None) -> Any:
        """What the API answers; what it is posted, if anything."""
        url = f"{self.api}/{path}"
        with httpx.Client(trust_env=False) as client:
            answer = client.get(url) if question is None else client.post(url, json=question)
        answer.raise_for_status()
        return answer.json()

    def start(self, name: str, **parameters: object) -> str:
        """A new run of a deployment -> its id."""
        deployment = self.ask(f"deployments/name/{name}/{name}")
        return str(self.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})["id"])

    def ended(self, run: str) -> dict[str, Any]:
        """The state in which a run ended."""
        state = _until(lambda: _over(self.ask(f"flow_runs/{run}")["state"]))
        assert isinstance(state, dict)
        return state


def _over(state: dict[str, Any] | None) -> dict[str, Any] | None:
    return state if state and state["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None


def _until(found: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
    return value


@pytest.fixture
def standing(postgres: EmbeddedPostgres, database_url: str, engine: Engine) -> Iterator[Standing]:
    """A server as `rasid up` starts it, on a database of its own."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE deployed OWNER rasid")
    address = prefect.choose_address(None)
    with tempfile.TemporaryDirectory(prefix="rasid-deploy-", ignore_cleanup_errors=True) as folder:
        server = prefect.server(Path(folder), postgres.url("deployed", role="rasid"), address)
        server.start()
        try:
            prefect.wait_until_healthy(address.api, alive=lambda: server.ended is None)
            settings = {
                "RASID_HOME": folder,
                "RASID_DATABASE_URL": database_url,
                "RASID_ALLOW_PRIVATE_HOSTS": "true",
                "RASID_HOST_DELAY": "0",
                "RASID_PROCESSES": "1",
            }
            yield Standing(
                address.api, environment(**settings, **prefect.client_environment(Path(folder), address.api))
            )
        finally:
            server.stop()
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE deployed WITH (FORCE)")


@contextmanager
def worker(standing: Standing) -> Iterator[None]:
    """A worker of the pool, as the units and manifests in deploy/ start it."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--name", "one"]
    told = standing.told | {"PREFECT_WORKER_QUERY_SECONDS": "1"}
    process = subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def listener() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A loopback address, and what was posted to it."""
    posted: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", posted
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_registered_deployments_are_carried_out_by_a_worker(standing: Standing, engine: Engine) -> None:
    """What deploy/ says stands on the server, runs on a worker, leaves its rows and artifacts, and tells of failures."""
    with newsroom(utc_now()) as room, listener() as (hook, posted):
        first = standing.rasid("deploy", RASID_ALERT_WEBHOOK=hook)
        assert first.returncode == 0, first.stdout + first.stderr
        with engine.begin() as connection:
            add_feeds(connection, [FeedSpec(url) for url in room.feeds], now=utc_now())
        with worker(standing):
            runs = [standing.start("ingest"), standing.start("digest", day="2026-03-01"), standing.start("maintenance")]
            runs += [standing.start("backfill", archives=["/nowhere.jsonl"])]
            _spoil(standing)
            assert asyncio.run(_told_and_mended(standing.api, hook)) == []
            states = [standing.ended(run) for run in runs]
        assert [state["type"] for state in states] == ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED"]
        assert "6 feeds polled, 0 of them failed" in states[0]["message"]
        told = _until(lambda: [one["text"] for one in posted if "backfill" in one["text"]])
        assert "runbook.md" in told[0]
    assert standing.ask(f"flow_runs/{runs[0]}")["name"].startswith("ingest 20")
    keys = {one["key"] for one in standing.ask("artifacts/filter", {}) if one["key"]}
    assert keys == {"ingest-summary", "sources", "digest", "maintenance"}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM incident_reports")).scalar_one() > 0


async def _told_and_mended(api: str, hook: str) -> list[str]:
    """What still differs after what was changed was told and registered anew."""
    with temporary_settings({PREFECT_API_URL: api}):
        settings = Settings(alert_webhook=SecretStr(hook))
        wanted = deployments(settings)
        async with get_client() as client:
            found = await differences(client, wanted) + await alert_differences(client)
            assert any("digest/digest: description" in line for line in found), found
            assert any("is not in the file" in line for line in found), found
            await register(client, wanted)
            await register_alerts(client, settings)
            return await differences(client, wanted) + await alert_differences(client)


def _spoil(standing: Standing) -> None:
    """Change on the server what somebody might change there."""
    deployment = standing.ask("deployments/name/digest/digest")["id"]
    asyncio.run(_patched(f"{standing.api}/deployments/{deployment}", {"description": "another"}))
    alert = standing.ask("automations/filter", {})[0]
    standing.ask("automations/", {"name": "rasid: of old", "trigger": alert["trigger"], "actions": alert["actions"]})


async def _patched(url: str, values: dict[str, str]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        (await client.patch(url, json=values)).raise_for_status()

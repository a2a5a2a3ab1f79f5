"""A Prefect server as it stands for workers, a worker of its pool, and who is told by alerts: each a real one.

with standing(postgres, database_url) as server, worker(server), listener() as (hook, posted):
    server.ended(server.start("ingest"))
"""

import email
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from flows.services import prefect
from flows.services.postgres import EmbeddedPostgres
from flows.settings import environment
from tests.service import free_port

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
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
            answer = client.get(url) if question is None else client.post(url, json=question)
        answer.raise_for_status()
        return answer.json()

    def tell(self, event: dict[str, Any]) -> None:
        """Something happened."""
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
            client.post(f"{self.api}/events", json=[event]).raise_for_status()

    def forget_scheduled(self) -> None:
        """Delete the runs that wait for a worker."""
        for run in self.ask("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}):
            httpx.delete(f"{self.api}/flow_runs/{run['id']}", trust_env=False).raise_for_status()

    def crash(self, run: str) -> None:
        """What the alert for zombie runs does when a run has given no sign of life."""
        self.ask(f"flow_runs/{run}/set_state", {"state": {"type": "CRASHED"}, "force": False})

    def start(self, name: str, **parameters: object) -> str:
        """A new run of a deployment -> its id."""
        deployment = self.ask(f"deployments/name/{name}/{name}")
        return str(self.ask(f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})["id"])

    def ended(self, run: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The state in which a run ended."""
        state = until(lambda: _over(self.ask(f"flow_runs/{run}")["state"]), patience)
        assert isinstance(state, dict)
        return state


def _over(state: dict[str, Any] | None) -> dict[str, Any] | None:
    return state if state and state["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None


def until(found: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Wait until something is found -> it."""
    end = time.monotonic() + patience
    while not (value := found()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
    return value


@contextmanager
def standing(
    postgres: EmbeddedPostgres, database_url: str, host: str = prefect.HOST, **told: str
) -> Iterator[Standing]:
    """A server as `rasid up` starts it, on a database of its own, beside a migrated database for Rasid.

    `told` are settings of those who use it.
    """
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE deployed OWNER rasid")
    address = prefect.choose_address(free_port())
    with tempfile.TemporaryDirectory(prefix="rasid-deploy-", ignore_cleanup_errors=True) as folder:
        server = prefect.server(Path(folder), postgres.url("deployed", role="rasid"), address)
        server.environment = {**server.environment, "PREFECT_SERVER_API_HOST": host}
        api = address.api.replace(prefect.HOST, host)
        server.start()
        try:
            prefect.wait_until_healthy(api, alive=lambda: server.ended is None)
            settings = {
                "RASID_HOME": folder,
                "RASID_DATABASE_URL": database_url,
                "RASID_ALLOW_PRIVATE_HOSTS": "true",
                "RASID_HOST_DELAY": "0",
                "RASID_PROCESSES": "1",
            }
            settings |= prefect.client_environment(Path(folder), api) | told
            yield Standing(api, environment(**settings))
        finally:
            server.stop()
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE deployed WITH (FORCE)")


@contextmanager
def worker(
    server: Standing, name: str = "one", *before: str, limit: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of the pool, as the units and manifests in deploy/ start it; `before` is put before its command."""
    command = [*before, sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--name", name]
    command += [] if limit is None else ["--limit", str(limit)]
    told = server.told | {"PREFECT_WORKER_QUERY_SECONDS": "1"}
    process = subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # it waits for runs that hang
            process.kill()
            process.wait()
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()


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


@contextmanager
def mailbox() -> Iterator[tuple[str, list[EmailMessage]]]:
    """A mail server on loopback, as RASID_ALERT_EMAIL names it, and what was sent to it."""
    received: list[EmailMessage] = []

    class Handler(Message):
        def prepare_message(self, session: object, envelope: Any) -> EmailMessage:
            del session
            message: EmailMessage = email.message_from_bytes(envelope.content, policy=default)
            return message

        def handle_message(self, message: Any) -> None:
            received.append(message)

    controller = Controller(Handler(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        sender = "from=rasid@rasid.example&to=operators@rasid.example"
        yield f"mailto://127.0.0.1:{controller.port}/?{sender}&mode=insecure&format=text", received
    finally:
        controller.stop()

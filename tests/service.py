"""`rasid up` as a process of its own, in a folder of its own, with what it stores and what its Prefect server says.

with running(RASID_POLL_INTERVAL="10") as service:
    service.until(lambda: service.runs("COMPLETED"))
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import httpx
import psutil
import psycopg

from flows.settings import environment

PATIENCE = 150.0  # seconds; a busy machine is slow
COMMAND = [sys.executable, "-c", "from flows.cli import main; main()"]

Found = TypeVar("Found")


@dataclass
class Service:
    """The service and its environment. `process` is `rasid up` itself."""

    told: dict[str, str]
    process: "subprocess.Popen[str] | None" = None

    @property
    def home(self) -> Path:
        """The folder of all that it keeps."""
        return Path(self.told["RASID_HOME"])

    @property
    def ui(self) -> str:
        """The address of its UI."""
        return f"http://127.0.0.1:{self.told['RASID_UI_PORT']}"

    def rasid(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command line of Rasid's beside the service."""
        return subprocess.run([*COMMAND, *arguments], env=self.told, capture_output=True, text=True, check=False)

    def sql(self, query: LiteralString, database: str = "rasid") -> Any:
        """The one value that a query of one of its databases gives; None where it gives none."""
        port = int((self.home / "postgres" / "port").read_text())
        server = {"host": str(self.home / "postgres" / "run"), "port": port, "user": "postgres"}
        with psycopg.connect(**server, dbname=database, autocommit=True) as connection:
            answer = connection.execute(query)
            row = answer.fetchone() if answer.description else None
        return row and row[0]

    def start(self) -> None:
        """Start it; what it says on standard error goes to ours."""
        self.process = subprocess.Popen([*COMMAND, "up"], env=self.told, stdout=subprocess.PIPE, text=True)

    def stop(self) -> str:
        """End it with SIGTERM -> what it printed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        said, _ = self.process.communicate(timeout=60)
        return said

    def ask(self, path: str, question: dict[str, Any] | None = None) -> Any:
        """What the Prefect server answers; None while it does not."""
        url = f"{self.ui}/api/{path}"
        try:
            answer = httpx.request("GET" if question is None else "POST", url, json=question, trust_env=False)
        except httpx.HTTPError:
            return None
        return answer.json() if answer.is_success else None

    def runs(self, *states: str, flow: str = "ingest", **filters: Any) -> list[dict[str, Any]]:
        """Runs of a flow in these types of states, the newest first; none while the server does not answer."""
        question = {
            "flows": {"name": {"any_": [flow]}},
            "flow_runs": {"state": {"type": {"any_": list(states)}}, **filters},
            "sort": "START_TIME_DESC",
        }
        return self.ask("flow_runs/filter", question) or []

    def begin(self, name: str, **parameters: object) -> str:
        """A new run of a deployment -> its id."""
        deployment = self.ask(f"deployments/name/{name}/{name}")["id"]
        return str(self.ask(f"deployments/{deployment}/create_flow_run", {"parameters": parameters})["id"])

    def family(self, *words: str) -> list[psutil.Process]:
        """The processes under the service, those alone that have these words on their command lines."""
        assert self.process is not None
        family = psutil.Process(self.process.pid).children(recursive=True)
        return [one for one in family if all(word in " ".join(_command(one)) for word in words)]

    def until(self, found: Callable[[], Found], patience: float = PATIENCE) -> Found:
        """Wait until something is found -> it."""
        end = time.monotonic() + patience
        while not (value := found()):
            assert self.process is None or self.process.poll() is None, "the service ended"
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.3)
        return value


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@contextmanager
def prepared(**told: str) -> Iterator[Service]:
    """A service that is not started yet, in a folder that the database server's own user can reach."""
    folder = tempfile.mkdtemp(prefix="rasid-up-")
    settings = {
        "RASID_HOME": folder,
        "RASID_DATABASE_URL": "",
        "PREFECT_API_URL": "",
        "RASID_UI_PORT": str(free_port()),
        "RASID_SHIPPED_FEEDS": "false",
        "RASID_ALLOW_PRIVATE_HOSTS": "true",
        "RASID_HOST_DELAY": "0",
        "RASID_PROCESSES": "1",
    }
    service = Service(environment(**{**settings, **told}))
    try:
        yield service
    finally:
        if service.process is not None and service.process.poll() is None:
            service.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(**told: str) -> Iterator[Service]:
    """The same, started."""
    with prepared(**told) as service:
        service.start()
        yield service


def kill(processes: list[psutil.Process]) -> None:
    """Kill with signal 9, at once and without a word."""
    for process in processes:
        os.kill(process.pid, signal.SIGKILL)


def free_port() -> int:
    """Not the usual port: a service that runs on this machine may have it, or take it in between."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

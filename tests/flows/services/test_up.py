"""The unattended service, started and stopped for real."""

import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from flows.clock import utc_now
from flows.newsroom import newsroom
from flows.settings import environment

PATIENCE = 150.0
Told = dict[str, str]


@pytest.fixture
def told() -> Iterator[Told]:
    """The environment of a service of its own, in a folder that the server's own user can reach."""
    with tempfile.TemporaryDirectory(prefix="rasid-up-", ignore_cleanup_errors=True) as folder:
        settings = {
            "RASID_HOME": folder,
            "RASID_DATABASE_URL": "",
            "PREFECT_API_URL": "",
            "RASID_UI_PORT": str(_free_port()),
            "RASID_SHIPPED_FEEDS": "false",
            "RASID_ALLOW_PRIVATE_HOSTS": "true",
            "RASID_HOST_DELAY": "0",
            "RASID_PROCESSES": "1",
        }
        yield environment(**settings)


def _free_port() -> int:
    """Not the usual port: a service that runs on this machine may have it, or take it in between."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _rasid(told: Told, *arguments: str) -> list[str]:
    return [sys.executable, "-c", "from flows.cli import main; main()", *arguments]


def _typed(told: Told, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_rasid(told, *arguments), env=told, capture_output=True, text=True, check=False)


def _until(found: Callable[[], Any], service: "subprocess.Popen[str]") -> Any:
    end = time.monotonic() + PATIENCE
    while not (value := found()):
        assert service.poll() is None, "the service ended"
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.3)
    return value


def _asked(port: str, what: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        answer = httpx.post(f"http://127.0.0.1:{port}/api/{what}/filter", json=question, trust_env=False)
    except httpx.HTTPError:
        return []
    return answer.json() if answer.is_success else []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_service_runs_ingest_and_ends_with_all_that_it_started(told: Told) -> None:
    """One command gives a completed run with its tables and rows; SIGTERM leaves no process and no lock behind."""
    port = told["RASID_UI_PORT"]
    with newsroom(utc_now()) as room:
        assert _typed(told, "feeds", "import", room.opml_url).returncode == 0
        service = subprocess.Popen(_rasid(told, "up"), env=told, stdout=subprocess.PIPE, text=True)
        try:
            completed = {
                "flows": {"name": {"any_": ["ingest"]}},
                "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
            }
            (run,) = _until(lambda: _asked(port, "flow_runs", completed), service)
            assert "6 feeds polled, 0 of them failed" in run["state"]["message"]
            assert {one["key"] for one in _asked(port, "artifacts", {})} == {"ingest-summary", "sources"}
            _until(
                lambda: _asked(port, "flow_runs", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}), service
            )
            ui = httpx.get(f"http://127.0.0.1:{port}/ui-settings", trust_env=False).json()
            assert ui["api_url"] == f"http://127.0.0.1:{port}/api"
            second = _typed(told, "up")
            assert second.returncode == 1
            assert f"already running in {told['RASID_HOME']} (process {service.pid})" in second.stderr
            counted = _typed(told, "sql", "-At", "-c", "SELECT count(*) > 0 FROM incident_reports")
            assert counted.stdout == "t\n"
            family = psutil.Process(service.pid).children(recursive=True)
        finally:
            service.send_signal(signal.SIGTERM)
            said, _ = service.communicate(timeout=60)
    assert service.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert "rasid sql" in said
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert not (Path(told["RASID_HOME"]) / "postgres" / "data" / "postmaster.pid").exists()

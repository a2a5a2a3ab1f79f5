"""The unattended service, started and stopped for real."""

import httpx
import psutil
import pytest

from flows.clock import utc_now
from flows.newsroom import newsroom
from tests.service import prepared


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_service_runs_ingest_and_ends_with_all_that_it_started() -> None:
    """One command gives a completed run with its tables and rows; SIGTERM leaves no process and no lock behind."""
    with newsroom(utc_now()) as room, prepared() as service:
        assert service.rasid("feeds", "import", room.opml_url).returncode == 0
        service.start()
        (run,) = service.until(lambda: service.runs("COMPLETED"))
        assert "6 feeds polled, 0 of them failed" in run["state"]["message"]
        assert {one["key"] for one in service.ask("artifacts/filter", {})} == {"ingest-summary", "sources"}
        service.until(lambda: service.runs("SCHEDULED"))
        ui = httpx.get(f"{service.ui}/ui-settings", trust_env=False).json()
        assert ui["api_url"] == f"{service.ui}/api"
        second = service.rasid("up")
        assert second.returncode == 1
        assert service.process
        assert f"already running in {service.home} (process {service.process.pid})" in second.stderr
        assert service.rasid("sql", "-At", "-c", "SELECT count(*) > 0 FROM incident_reports").stdout == "t\n"
        family = service.family()
        said = service.stop()
        assert service.process.returncode == 0
        assert service.ui in said
        assert "rasid sql" in said
        _, alive = psutil.wait_procs(family, timeout=5)
        assert alive == []
        assert not (service.home / "postgres" / "data" / "postmaster.pid").exists()

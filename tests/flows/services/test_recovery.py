"""What happens when a part of the running service is killed: nobody has to do anything."""

import time
from pathlib import Path

import psutil
import pytest

from flows.clock import utc_now
from flows.newsroom import newsroom
from tests.service import Service, kill, prepared

FIVE_MINUTES = 300.0


def _server(service: Service) -> list[psutil.Process]:
    return service.family("prefect", "server", "start")


def _runner(service: Service) -> list[psutil.Process]:
    """The process that keeps the schedule, with the runs that it has in hand."""
    (runner,) = service.family("flows.services.runner")
    return [*runner.children(recursive=True), runner]


def _postgres(service: Service) -> list[psutil.Process]:
    first = psutil.Process(int((Path(service.home) / "postgres/data/postmaster.pid").read_text().split()[0]))
    return [first, *first.children(recursive=True)]


@pytest.mark.slow
@pytest.mark.timeout(1000)
def test_schedule_recovers_from_the_loss_of_any_part() -> None:
    """Server, runner and PostgreSQL killed in turn: each time runs are completed again in less than five minutes."""
    with newsroom(utc_now()) as room, prepared(RASID_POLL_INTERVAL="10") as service:
        assert service.rasid("feeds", "import", room.opml_url).returncode == 0
        service.start()
        service.until(lambda: service.runs("COMPLETED"))
        for part in (_server, _runner, _postgres):
            struck, begun = utc_now(), time.monotonic()
            kill(part(service))
            later = {"start_time": {"after_": struck.isoformat()}}
            service.until(lambda later=later: service.runs("COMPLETED", **later), FIVE_MINUTES)
            print(
                f"{part.__name__.strip('_')} killed: a later run was completed after {time.monotonic() - begun:.0f} s"
            )
        assert service.sql("SELECT count(*) > 20 AND count(*) = count(DISTINCT url) FROM articles")

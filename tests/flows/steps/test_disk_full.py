"""A disk that is really full: a small file system of its own, where the tests may mount one."""

import gc
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from db import migrate
from db.engine import make_engine
from flows.services.postgres import EmbeddedPostgres, PostgresUnavailable, embedded_postgres
from tests.flows.steps.factories import HOUR, NOW
from tests.flows.steps.test_cycle import cycle, listed, rows, serve
from tests.flows.web.fault_server import FaultServer

SIZE = 256  # MiB: a new server with its log takes the most of it
ARTICLES = 60


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder on a small disk."""
    folder = Path(tempfile.mkdtemp(prefix="rasid-disk-"))
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def fill(disk: Path) -> Path:
    """Leave no room."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(2**12))
    return ballast


def end_the_log(postgres: EmbeddedPostgres) -> None:
    """Have PostgreSQL want a new file for its log, without which it cannot live."""
    with suppress(psycopg.Error), psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        for _ in range(20):
            connection.execute("SELECT pg_logical_emit_message(false, 'x', 'y'), pg_switch_wal()")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("down", "said"),
    [(False, "DiskFull: its disk is full"), (True, "OperationalError: it cannot be reached")],
    ids=["no room for rows", "no room for the log"],
)
def test_a_full_disk_ends_the_cycle_and_harms_nothing(
    disk: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch, *, down: bool, said: str
) -> None:
    """Cycle and server say what is the matter; with room again the next cycle goes on, nothing lost or doubled."""
    monkeypatch.setattr("flows.services.postgres.ATTEMPTS", 1)
    with embedded_postgres(disk / "home") as postgres:
        engine = make_engine(postgres.url("rasid"), connect_seconds=2)
        migrate.upgrade(engine)
        listed(engine, serve(server, "/feed", *range(ARTICLES)))
        ballast = fill(disk)
        if down:
            end_the_log(postgres)
        lost = cycle(engine, database_patience=1)
        assert (lost.ended, lost.note) == ("database lost", said)
        assert postgres.is_running() is not down
        if down:
            with pytest.raises(PostgresUnavailable, match="No space left on device"):
                postgres.ensure_running()
        ballast.unlink()
        assert postgres.ensure_running() is down
        assert cycle(engine, NOW + HOUR).ended == "done"
        assert rows(engine, "SELECT count(*), count(DISTINCT page_id) FROM articles") == [(ARTICLES, ARTICLES)]
        engine.dispose()
        gc.collect()

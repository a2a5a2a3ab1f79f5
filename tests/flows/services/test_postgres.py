"""The embedded server: started, shared, taken over after a crash, and really stopped."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import psutil
import psycopg
import pytest

from flows.services.postgres import embedded_postgres

HOLDER = """
import signal, sys, time, pathlib
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would inherit a deaf ear
from flows.services.postgres import embedded_postgres
with embedded_postgres(pathlib.Path(sys.argv[1]), durable=False) as server:
    print(server.url(), flush=True)
    sys.stdout = None
    time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="rasid-pg-"))
    yield path
    for process in _servers(path):
        process.kill()
    rmtree(path, ignore_errors=True)


def _servers(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        command = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and str(folder / "data") in command:
            found.append(process)
    return found


def _ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    return row and row[0]


def _hold(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLDER, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as said:
        while not said.readline().startswith("postgresql://"):
            assert process.poll() is None
    return process


def test_it_serves_and_stops(folder: Path) -> None:
    """The block has a server with both databases, each owned by a role without special rights; after it there is none."""
    with embedded_postgres(folder, durable=False) as server:
        assert _ask(server.url(), "SELECT current_database() || ' ' || current_user") == "rasid rasid"
        assert _ask(server.url("prefect"), "SELECT current_database() || ' ' || current_user") == "prefect prefect"
        assert (
            _ask(
                server.url(),
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user",
            )
            is False
        )
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            _ask(server.url("prefect", role="rasid_analyst"), "SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host="127.0.0.1", port=server.port, user="rasid", dbname="rasid")
    assert _servers(folder) == []


def test_it_goes_on_where_it_was(folder: Path) -> None:
    """What was stored is there after the next start, at the same address."""
    with embedded_postgres(folder) as server:
        first = server.url()
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    with embedded_postgres(folder) as server:
        assert first == server.url()
        assert _ask(server.url(), "SELECT one FROM kept") == 1


def test_it_is_shared_until_the_last_one_leaves(folder: Path) -> None:
    """A second process joins the running server, and it stops with the last of them, whoever started it."""
    holder = _hold(folder)
    with embedded_postgres(folder, durable=False) as server:
        assert len(_servers(folder)) >= 1
        holder.send_signal(signal.SIGINT)
        holder.wait(30)
        assert _ask(server.url(), "SELECT 1") == 1
    assert _servers(folder) == []


def test_a_killed_owner_is_followed(folder: Path) -> None:
    """The server of a process that was killed is joined by the next one, which stops it when it leaves."""
    holder = _hold(folder)
    holder.kill()
    holder.wait(10)
    assert _servers(folder)
    with embedded_postgres(folder, durable=False) as server:
        assert _ask(server.url(), "SELECT 1") == 1
    assert _servers(folder) == []


def test_a_killed_server_is_started_again(folder: Path) -> None:
    """A server that was killed is found dead and started again, with its data; so it is after a kill of everything."""
    with embedded_postgres(folder) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        _kill_all(folder)
        assert server.ensure_running()
        assert not server.ensure_running()
        assert _ask(server.url(), "SELECT one FROM kept") == 1
        _kill_all(folder)
    with embedded_postgres(folder) as server:
        assert _ask(server.url(), "SELECT one FROM kept") == 1


def test_a_stale_pid_of_another_program_is_no_server(folder: Path) -> None:
    """A process number that now belongs to some other program does not keep the server from starting."""
    with embedded_postgres(folder, durable=False):
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (folder / "data" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with embedded_postgres(folder, durable=False) as server:
            assert _ask(server.url(), "SELECT 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_a_long_path_is_no_obstacle(folder: Path) -> None:
    """A folder whose path is too long for a socket gets its socket elsewhere."""
    deep = folder / ("long-" * 12) / ("path-" * 12)
    with embedded_postgres(deep, durable=False) as server:
        assert _ask(server.url(), "SELECT 1") == 1
        for process in _servers(deep):
            assert process.is_running()
    assert _servers(deep) == []


def _kill_all(folder: Path) -> None:
    for process in _servers(folder):
        children = process.children(recursive=True)
        process.kill()
        for child in children:
            child.kill()
    deadline = time.monotonic() + 10
    while _servers(folder) and time.monotonic() < deadline:
        time.sleep(0.05)

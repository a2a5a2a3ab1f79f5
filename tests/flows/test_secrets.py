"""A password goes to the database and nowhere else: not to a log, a message, a table or the process list."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, make_url

from extractors.reading.urls import canonical_url
from flows.settings import environment
from tests.flows.cli.conftest import Rasid, rasid  # noqa: F401 - a fixture
from tests.flows.web.fault_server import FaultServer

SECRET = "Qamar-4711-sirr"


@pytest.fixture
def with_password(database_url: str) -> str:
    """The tests' database by an address that holds a password."""
    return make_url(database_url).set(password=SECRET).render_as_string(hide_password=False)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def test_commands_say_no_password(
    rasid: Rasid,  # noqa: F811
    with_password: str,
    server: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether a command works or fails, at whatever log level, what it prints holds no password."""
    monkeypatch.setenv("RASID_LOG_LEVEL", "debug")
    monkeypatch.setenv("RASID_DATABASE_URL", with_password)
    feed = ("ingest", "--allow-private-hosts", "--feed", server.url("/ok").replace("//", f"//reader:{SECRET}@"))
    commands = (feed, ("status",), ("feeds", "list"), ("feeds", "export"), ("parked",))
    said = [rasid(*command) for command in commands]
    assert [code for code, _, _ in said] == [0] * len(said)
    nowhere = f"postgresql://rasid:{SECRET}@127.0.0.1:9/rasid"
    for address in (nowhere, f"mysql://rasid:{SECRET}@127.0.0.1/rasid", f"postgresql://rasid:{SECRET}@[::bad/rasid"):
        monkeypatch.setenv("RASID_DATABASE_URL", address)
        said.append(rasid("status"))
        assert said[-1][0] in {1, 2}
    assert SECRET not in "".join(out + error for _, out, error in said)


def test_addresses_are_listed_without_passwords() -> None:
    """User name and password of an address are no part of it."""
    assert canonical_url(f"https://reader:{SECRET}@news.example/feed") == "https://news.example/feed"


@pytest.mark.usefixtures("engine")
def test_the_process_list_shows_no_password(with_password: str, tmp_path: Path, engine: Engine) -> None:
    """Neither the command nor a program that it starts bears the password on its command line."""
    told = environment(RASID_DATABASE_URL=with_password, RASID_HOME=str(tmp_path), PYTHONPATH=str(Path.cwd()))
    command = [sys.executable, "-c", "from flows.cli import main; main()", "sql", "-c", "SELECT pg_sleep(2)"]
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) as process:
        seen: list[str] = []
        while process.poll() is None:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            seen += [" ".join(one.cmdline()) for one in family if one.status() != psutil.STATUS_ZOMBIE]
            time.sleep(0.1)
    assert process.returncode == 0
    assert any("psql" in line for line in seen)
    assert not any(SECRET in line for line in seen)

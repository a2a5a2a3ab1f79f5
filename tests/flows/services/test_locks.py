"""Two services on one database: the second is told so, whatever the database went through meanwhile."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from flows.services.locks import AlreadyRunning, alone_on
from flows.settings import environment


def end_sessions(url: str) -> None:
    """What a restart of the server does to them."""
    question = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rasid service'"
    with psycopg.connect(url) as connection:
        connection.execute(question)


def up(url: str, home: Path) -> "subprocess.CompletedProcess[str]":
    told = environment(RASID_DATABASE_URL=url, RASID_HOME=str(home))
    command = [sys.executable, "-c", "from flows.cli import main; main()", "up"]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=60)


def test_a_second_service_on_a_database_is_refused(database_url: str, tmp_path: Path) -> None:
    """From another home, as on another machine: one clear line, and nothing is begun."""
    with alone_on(database_url):
        second = up(database_url, tmp_path)
    assert second.returncode == 1
    assert "a service is already running on this database, perhaps on another machine" in second.stderr
    assert "Traceback" not in second.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"service.lock"}


def test_a_service_whose_database_is_away_says_so(tmp_path: Path) -> None:
    """A database that cannot be reached ends the start with one line, which holds no password."""
    ended = up("postgresql://rasid:geheim@127.0.0.1:9/rasid", tmp_path)
    assert ended.returncode == 1
    assert "database: connection" in ended.stderr
    assert "geheim" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_lock_outlives_a_restart_of_the_database(database_url: str) -> None:
    """A service takes its lock again, so that no second one comes in; one that was quicker keeps it."""
    with alone_on(database_url) as lock:
        end_sessions(database_url)
        lock.keep()
        with pytest.raises(AlreadyRunning), alone_on(database_url):
            pass
        end_sessions(database_url)
        with alone_on(database_url), pytest.raises(AlreadyRunning):
            lock.keep()
        lock.keep()
        with pytest.raises(AlreadyRunning), alone_on(database_url):
            pass


def test_a_database_that_is_away_is_waited_for(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing answers, the lock's keeper neither fails nor gives up."""
    with alone_on(database_url) as lock:
        end_sessions(database_url)
        with monkeypatch.context() as away:
            away.setattr(lock, "_url", "postgresql://127.0.0.1:9/rasid")
            lock.keep()
            lock.keep()
        lock.keep()
        with pytest.raises(AlreadyRunning), alone_on(database_url):
            pass

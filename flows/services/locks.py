"""One service to a home folder and to a database: a second one is told so, and harms nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from db import advisory


class AlreadyRunning(Exception):  # noqa: N818 - reads as what is the matter
    """Another service has this home folder or this database; the text is one line."""


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Hold the home folder. The lock dies with its process, however that ends.

    Raises:
        AlreadyRunning: another live process holds it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "service.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(f"a service is already running in {home} (process {lock.read().strip()})") from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def holder(home: Path) -> str | None:
    """The process id of the service that runs in a home folder, None where none does."""
    path = home / "service.lock"
    if not path.exists():
        return None
    with path.open(encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return lock.read().strip()
    return None


@contextmanager
def alone_on(database_url: str) -> Iterator[None]:
    """Hold the database, by an advisory lock of a connection of its own.

    Raises:
        AlreadyRunning: another service, perhaps on another machine, holds it.
    """
    with psycopg.connect(database_url, autocommit=True, application_name="rasid service") as connection:
        held = connection.execute("SELECT pg_try_advisory_lock(%s)", [advisory.SERVICE]).fetchone()
        if held != (True,):
            raise AlreadyRunning("a service is already running on this database, perhaps on another machine")
        yield

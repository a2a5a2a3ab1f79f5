"""One service to a home folder and to a database: a second one is told so, and harms nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from db import advisory
from db.engine import libpq_url

CONNECT_SECONDS = 5
SILENT_SECONDS = 20


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


class ServiceLock:
    """The database's own mark that one service works on it: an advisory lock of a session that lasts as long."""

    def __init__(self, database_url: str) -> None:
        self._url = libpq_url(database_url)
        self._session: psycopg.Connection | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            AlreadyRunning: another service, perhaps on another machine, holds it.
            psycopg.OperationalError: the database cannot be reached.
        """
        self._session = psycopg.connect(
            self._url,
            autocommit=True,
            application_name="rasid service",
            connect_timeout=CONNECT_SECONDS,
            tcp_user_timeout=SILENT_SECONDS * 1000,  # a network that swallows packets does not hold the service up
        )
        held = self._session.execute("SELECT pg_try_advisory_lock(%s)", [advisory.SERVICE]).fetchone()
        if held != (True,):
            self.leave()
            raise AlreadyRunning("a service is already running on this database, perhaps on another machine")

    def keep(self) -> None:
        """Take the lock again where a restart of the database ended its session. One that is away is left for later.

        Raises:
            AlreadyRunning: another service was quicker.
        """
        try:
            if self._session is not None:
                self._session.execute("SELECT 1")
                return
        except psycopg.OperationalError:
            self.leave()
        with suppress(psycopg.OperationalError):
            self.take()

    def leave(self) -> None:
        """Give the lock back."""
        if self._session is not None:
            self._session.close()
            self._session = None


@contextmanager
def alone_on(database_url: str) -> Iterator[ServiceLock]:
    """Hold the database. Raises as ServiceLock.take does."""
    lock = ServiceLock(database_url)
    lock.take()
    try:
        yield lock
    finally:
        lock.leave()

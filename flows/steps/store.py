"""The database as a running cycle meets it: transactions off the event loop, tried again while the server is away."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from tenacity import AsyncRetrying, RetryError, retry_if_exception, stop_after_delay, wait_exponential_jitter

from db.leases import release_leases

THREADS = 4

PATIENCE = 90.0  # seconds
REFUSED = "not storable"

Found = TypeVar("Found")
Item = TypeVar("Item")


class DatabaseLost(Exception):  # noqa: N818 - reads as what is the matter
    """The database stayed away for longer than a cycle waits; the text is one line, without addresses or secrets."""


def is_passing(error: BaseException) -> bool:
    """Whether a failed transaction may go well when done again: server away or full, deadlock, lost connection."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return isinstance(error, DBAPIError) and (error.connection_invalidated or _first_line(error) in _WORDS)


class Store:
    """Runs transactions for one worker, which is known to the database as `owner`.

    A transaction is tried again for `patience` seconds while the server is away.
    """

    def __init__(self, engine: Engine, owner: str, clock: Callable[[], datetime], patience: float = PATIENCE) -> None:
        self.owner = owner
        self.clock = clock
        self._engine = engine
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.release()

    def release(self) -> None:
        """Give back what this worker still holds. Where the database is away, leases end by themselves."""
        try:
            with self._engine.begin() as connection:
                release_leases(connection, owner=self.owner)
        except DBAPIError:
            return

    async def run(self, work: Callable[[Connection], Found]) -> Found:
        """What `work` returns, done in a transaction of its own. It may run more than once, each time from the start.

        Raises DatabaseLost when the server stays away; errors of the work itself pass.
        """
        attempts = AsyncRetrying(
            retry=retry_if_exception(is_passing),
            wait=wait_exponential_jitter(multiplier=0.2, max=5.0),
            stop=stop_after_delay(self._patience),
        )

        async def attempt() -> Found:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._transaction, work)

        try:
            return await attempts(attempt)
        except RetryError as error:
            raise DatabaseLost(_in_words(error.last_attempt.exception())) from error

    async def run_batch(
        self,
        work: Callable[[Connection, Sequence[Item]], Found],
        batch: Sequence[Item],
        refused: Callable[[Item, str], Item],
    ) -> list[Found]:
        """As `run`, for a batch of which the database may refuse an item.

        That one is found by halving and stored as what `refused` makes of it and of the reason; others go well.
        """
        try:
            return [await self.run(lambda connection: work(connection, batch))]
        except DBAPIError as error:
            if len(batch) == 1:
                instead = [refused(batch[0], _first_line(error))]
                return [await self.run(lambda connection: work(connection, instead))]
        middle = len(batch) // 2
        first = await self.run_batch(work, batch[:middle], refused)
        return first + await self.run_batch(work, batch[middle:], refused)

    def _transaction(self, work: Callable[[Connection], Found]) -> Found:
        with self._engine.begin() as connection:
            return work(connection)


_WORDS = {
    "OperationalError": "it cannot be reached",
    "ConnectionTimeout": "it does not answer",
    "DiskFull": "its disk is full",
    "OutOfMemory": "it is out of memory",
    "TooManyConnections": "it has no connection left",
    "ReadOnlySqlTransaction": "it takes no writes",
    "CannotConnectNow": "it is starting up or shutting down",
    "AdminShutdown": "it was shut down",
    "DeadlockDetected": "deadlocks do not end",
}


def _in_words(error: BaseException | None) -> str:
    kind = _first_line(error)
    return f"{kind}: {_WORDS[kind]}" if kind in _WORDS else kind


def _first_line(error: BaseException | None) -> str:
    cause = getattr(error, "orig", None) or error
    return type(cause).__name__ if cause is not None else "unknown"

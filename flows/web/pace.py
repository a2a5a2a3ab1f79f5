"""One pace per host, whatever the number of feeds, pages and tasks that ask for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from flows.web.book import HostBook
from flows.web.errors import WebError
from flows.web.messages import Reason

PATIENCE = 5.0  # seconds that a request stands in line for a host that asked for a pause; longer ones come back later
MAX_PAUSE = 24 * 3600.0
OVERDUE = 1.0
LENT_PER_PLACE = 4


class HostPace:
    """The turns of one host: so many at once, so far apart, none while the host wants a pause.

    A host that is asked without any delay is the operator's own. There, a request that has waited long for its answer
    lends its place to the next one, so that answers that hang do not hold up those that would come at once.

    With a book, other clients' turns at the host and the pauses that it asked them for are heeded too.
    """

    def __init__(self, delay: float, places: int, *, host: str = "", book: HostBook | None = None) -> None:
        self.delay = delay
        self._host = host
        self._book = book
        self._places = asyncio.Semaphore(places)
        self._lent = 0
        self._may_lend = LENT_PER_PLACE * places
        self._next_start = 0.0
        self._closed_until = 0.0

    def pause(self, seconds: float) -> None:
        """Keep away from this host for so long; a later, shorter wish does not shorten it."""
        until = asyncio.get_running_loop().time() + min(seconds, MAX_PAUSE)
        self._closed_until = max(self._closed_until, until)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place and the time for it; WebError HOST_WAIT where the host's pause is too long to stand."""
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        lender = _Lender(self)
        try:
            await self._wait(loop)
            overdue = loop.call_later(OVERDUE, lender.lend) if self.delay == 0 else None
            try:
                yield
            finally:
                if overdue:
                    overdue.cancel()
        finally:
            lender.settle()

    async def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            pause = self._closed_until - loop.time()
            if pause > PATIENCE:
                raise WebError(Reason.HOST_WAIT, f"for {pause:.0f} s more", retry_after=pause)
            if pause > 0:
                await asyncio.sleep(pause)
            elif await self._others_let(loop):
                start = max(self._next_start, loop.time())
                self._next_start = start + self.delay
                await asyncio.sleep(max(start - loop.time(), 0))
                return

    async def _others_let(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Wait for a turn among all clients; False where the host turned out to be closed."""
        if self._book is None:
            return True
        turn = await self._book.turn(self._host, self.delay)
        if not turn.granted:
            self.pause(turn.wait)
            return False
        self._next_start = max(self._next_start, loop.time() + turn.wait)
        return True

    def lend_place(self) -> bool:
        """Let one more request in, if there is something left to lend."""
        if self._lent >= self._may_lend:
            return False
        self._lent += 1
        self._places.release()
        return True

    def return_place(self, *, lent: bool) -> None:
        """A request is done: its place is free, unless it was lent before."""
        if lent:
            self._lent -= 1
        else:
            self._places.release()


class _Lender:
    """The place of one request, and whether it was lent."""

    def __init__(self, pace: HostPace) -> None:
        self._pace = pace
        self._lent = False

    def lend(self) -> None:
        self._lent = self._pace.lend_place()

    def settle(self) -> None:
        self._pace.return_place(lent=self._lent)


class Paces:
    """The pace of every host met so far."""

    def __init__(self, delay: float, places: int, book: HostBook | None = None) -> None:
        self._delay = delay
        self._places = places
        self._book = book
        self._by_host: dict[str, HostPace] = {}

    def of(self, host: str) -> HostPace:
        """The one pace of a host."""
        pace = self._by_host.get(host)
        if pace is None:
            pace = self._by_host[host] = HostPace(self._delay, self._places, host=host, book=self._book)
        return pace

"""The second stage of a cycle: claim the pages that are due, fetch them, fairly between hosts, and record what came."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from db.fetches import FetchResult, record_fetches
from db.pages import ClaimedPage, claim_pages
from flows.steps.deriving import Deriving
from flows.steps.fetch import fetch, result_of
from flows.steps.plan import CyclePlan
from flows.steps.read import stored_page
from flows.steps.report import Tally
from flows.steps.store import REFUSED, Store
from flows.web import Reason, Web, WebFailure, WebResponse

RECORDED_AT_ONCE = 32
MANY_IN_HAND = 8
GATHERING = 0.02
LOOK_AGAIN = 0.5  # seconds until due pages are looked for though nothing called for it


@dataclass(frozen=True, slots=True)
class _Fetched:
    page: ClaimedPage
    answer: WebResponse | WebFailure
    at: datetime
    result: FetchResult

    @property
    def size(self) -> int:
        return len(self.answer.body) if isinstance(self.answer, WebResponse) else 0


class Fetching:
    """Fetches of one cycle: `run` asks, `record` stores and hands bodies on to be read."""

    def __init__(self, plan: CyclePlan, store: Store, web: Web, tally: Tally, deriving: Deriving) -> None:
        self._plan, self._store, self._web, self._tally, self._deriving = plan, store, web, tally, deriving
        self._hosts: Counter[str] = Counter()  # pages in hand
        self._fetched: asyncio.Queue[_Fetched] = asyncio.Queue(RECORDED_AT_ONCE)
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Look for due pages soon: there may be some."""
        self._news.set()

    async def run(self, deadline: float | None, until: "asyncio.Task[bool]") -> bool:
        """Fetch until nothing is due and `until` is done too (True), or no more is to be begun (False)."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            while deadline is None or loop.time() < deadline:
                over = until.done() and not self._hosts.total()  # as it stood before the look
                pages = await self._claim()
                for page in pages:
                    group.create_task(self._fetch(page))
                if not pages and over and self._has_room():
                    return True
                if not pages or not self._has_room():
                    await self._wait()
        return False

    def _has_room(self) -> bool:
        return (
            self._hosts.total() < self._plan.pages_at_once and self._deriving.bytes_waiting < self._plan.bytes_waiting
        )

    async def _wait(self) -> None:
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), LOOK_AGAIN)
        except TimeoutError:
            return

    async def _claim(self) -> list[ClaimedPage]:
        if not self._has_room():
            return []
        store, plan = self._store, self._plan
        busy = [host for host, pages in self._hosts.items() if pages >= plan.pages_per_host]
        limit = plan.pages_at_once - self._hosts.total()
        pages = await store.run(
            lambda connection: claim_pages(
                connection,
                owner=store.owner,
                now=store.clock(),
                limit=limit,
                feeds=plan.feeds,
                except_hosts=busy,
                per_host=plan.pages_per_host,
                part=plan.part,
            )
        )
        self._tally.pages_claimed += len(pages)
        self._hosts.update(page.host for page in pages)
        return pages

    async def _fetch(self, page: ClaimedPage) -> None:
        try:
            answer = await fetch(self._web, page)
            now = self._store.clock()
            one = _Fetched(page, answer, now, result_of(page, answer, now=now))
            self._deriving.weigh(one.size)
            await self._fetched.put(one)
        finally:
            self._hosts[page.host] -= 1
            if not self._hosts[page.host]:
                del self._hosts[page.host]
            self.wake()

    async def record(self) -> None:
        """Store what was fetched, some at a time, and hand it on; runs until it is cancelled."""
        while True:
            batch = [await self._fetched.get()]
            if self._hosts.total() >= MANY_IN_HAND:
                await asyncio.sleep(
                    GATHERING
                )  # more come at once: one transaction for many costs little more than for one
            while len(batch) < RECORDED_AT_ONCE and not self._fetched.empty():
                batch.append(self._fetched.get_nowait())
            await self._record(batch)
            for _ in batch:
                self._fetched.task_done()

    async def _record(self, batch: list[_Fetched]) -> None:
        store, stored = self._store, dict[int, int]()
        for ids in await store.run_batch(self._store_batch, batch, _refused):
            stored |= ids
        self._tally.fetched([one.result for one in batch], stored)
        for one in batch:
            fetch_id = stored.get(one.page.id)
            if fetch_id is not None and isinstance(one.answer, WebResponse):
                await self._deriving.put(stored_page(one.page, fetch_id, one.answer, fetched_at=one.at))
            else:
                self._deriving.weigh(-one.size)

    def _store_batch(self, connection: Connection, batch: Sequence[_Fetched]) -> dict[int, int]:
        results = [one.result for one in batch]
        return record_fetches(connection, results, owner=self._store.owner, now=self._store.clock())

    async def settled(self) -> None:
        """Wait until all that was fetched is recorded."""
        await self._fetched.join()


def _refused(one: _Fetched, why: str) -> _Fetched:
    """The fetch as a failure of our own, where the database would not take it."""
    failure = WebFailure(one.page.url, Reason.INTERNAL, f"{REFUSED}: {why}")
    return replace(one, result=result_of(one.page, failure, now=one.at))

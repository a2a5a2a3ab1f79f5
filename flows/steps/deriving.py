"""The last stage of a cycle: read and code what was fetched, and what workers that died left behind."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection

from db.codings import CodingCounts, CodingResult, record_codings
from db.pages import ClaimedPage, claim_pages
from db.progress import Failure
from db.readings import ReadingCounts, ReadingResult, StoredPage, pages_to_read, record_readings
from db.replay import StoredArticle, articles_to_code
from extractors.reading.version import READER_VERSION
from flows.steps.code import Coded
from flows.steps.decide import retry_failure
from flows.steps.derive import Derived
from flows.steps.plan import CyclePlan
from flows.steps.report import Tally
from flows.steps.store import REFUSED, Store
from flows.steps.workshop import Workshop

BATCH = 16
WAITING = 64  # pages; beyond it, fetching waits
LEFTOVERS = 64


@dataclass(frozen=True, slots=True)
class _Page:
    stored: StoredPage
    attempts: int  # at reading it that failed before


@dataclass(frozen=True, slots=True)
class _Work:
    """A page beside what was made of it."""

    page: _Page
    derived: Derived


class Deriving:
    """Readings and codings of one cycle. `run` may run several times side by side.

    `bytes_waiting` weighs the bodies that are in memory, from their arrival to the end of their reading.
    """

    def __init__(self, plan: CyclePlan, store: Store, workshop: Workshop, tally: Tally) -> None:
        self._plan, self._store, self._workshop, self._tally = plan, store, workshop, tally
        self._waiting: asyncio.Queue[_Page] = asyncio.Queue(WAITING)
        self.bytes_waiting = 0

    def weigh(self, size: int) -> None:
        """A body of so many bytes came into memory; or, with a negative number, left it."""
        self.bytes_waiting += size

    async def put(self, page: StoredPage, attempts: int = 0) -> None:
        """Take a page, already weighed, to be read; waits while too many are waiting."""
        await self._waiting.put(_Page(page, attempts))

    async def run(self) -> None:
        """Read and code what is put in, some at a time; runs until it is cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._derive(batch)
            for page in batch:
                self.weigh(-len(page.stored.body))
                self._waiting.task_done()

    async def settled(self) -> None:
        """Wait until all that was put in is recorded."""
        await self._waiting.join()

    async def _derive(self, batch: Sequence[_Page]) -> None:
        derived = await self._workshop.derive([page.stored for page in batch], waiting=self._tally.pages_in_hand)
        work = [_Work(page, one) for page, one in zip(batch, derived, strict=True)]
        for readings, codings in await self._store.run_batch(self._record, work, _refused):
            self._tally.derived(readings, codings)
        self._tally.not_read(derived)

    def _record(self, connection: Connection, work: Sequence[_Work]) -> tuple[ReadingCounts, CodingCounts]:
        now, owner = self._store.clock(), self._store.owner
        # Whose lease ended while it waited here may have been claimed again, by ourselves: it counts once.
        work = list({one.derived.page_id: one for one in work}.values())
        results = [
            ReadingResult(
                page_id=one.derived.page_id,
                fetch_id=one.derived.fetch_id,
                publisher=one.page.stored.publisher,
                outcome=one.derived.reading,
                retry_at=retry_failure(one.page.attempts, now=now),
            )
            for one in work
        ]
        readings = record_readings(connection, results, owner=owner, reader_version=READER_VERSION, now=now)
        coded = [
            (readings.articles[one.derived.page_id], one.derived.page_id, one.derived.coded, 0)
            for one in work
            if one.derived.coded is not None and one.derived.page_id in readings.articles
        ]
        return readings, self._record_codings(connection, coded)

    def _record_codings(self, connection: Connection, coded: Sequence[tuple[int, int, Coded, int]]) -> CodingCounts:
        """Store codings, each with its article, its page, and the attempts that failed before."""
        now = self._store.clock()
        results = [
            CodingResult(
                article_id=article_id,
                page_id=page_id,
                text=one.text,
                outcome=one.outcome,
                duration_ms=one.duration_ms,
                retry_at=retry_failure(attempts, now=now),
            )
            for article_id, page_id, one, attempts in coded
        ]
        version = self._workshop.version
        return record_codings(connection, results, owner=self._store.owner, extractor_version=version, now=now)

    async def claim_leftovers(self) -> None:
        """Take up readings and codings that are due: workers that died and failures that wait for another try."""
        while pages := await self._claim():
            unread = {page.id: page.attempts for page in pages if page.stage == "read"}
            uncoded = {page.id: page.attempts for page in pages if page.stage == "code"}
            for page in await self._store.run(partial(_pages, page_ids=unread)):
                self.weigh(len(page.body))
                await self.put(page, unread[page.page_id])
            await self._code(await self._store.run(partial(_articles, page_ids=uncoded)), uncoded)

    async def _claim(self) -> list[ClaimedPage]:
        store, plan = self._store, self._plan
        pages = await store.run(
            lambda connection: claim_pages(
                connection,
                owner=store.owner,
                now=store.clock(),
                limit=LEFTOVERS,
                stages=("read", "code"),
                feeds=plan.feeds,
                part=plan.part,
            )
        )
        self._tally.pages_left_over += len(pages)
        return pages

    async def _code(self, articles: Sequence[StoredArticle], attempts: dict[int, int]) -> None:
        if not articles:
            return
        coded = await self._workshop.derive_codings(articles, waiting=len(articles))
        work = [
            (article.article_id, article.page_id, one, attempts[article.page_id])
            for article, one in zip(articles, coded, strict=True)
        ]
        self._tally.coded(await self._store.run(lambda connection: self._record_codings(connection, work)))


def _pages(connection: Connection, page_ids: Collection[int]) -> list[StoredPage]:
    return pages_to_read(connection, page_ids)


def _articles(connection: Connection, page_ids: Collection[int]) -> list[StoredArticle]:
    return articles_to_code(connection, page_ids)


def _refused(work: _Work, why: str) -> _Work:
    """The work with a failure in place of what the database would not take."""
    return replace(work, derived=replace(work.derived, reading=Failure(REFUSED, why), coded=None))

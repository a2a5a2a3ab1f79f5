"""Anew from what is stored, without the network: pages -> articles -> codings. What comes out the same changes no row.

stored pages -> read -> record        (where asked for)
stored articles -> code -> record
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine

from db.codings import CodingCounts, CodingResult, record_codings
from db.readings import ReadingCounts, ReadingResult, StoredPage, pages_after, record_readings
from db.replay import StoredArticle, articles_after
from extractors.reading.version import READER_VERSION
from flows.clock import utc_now
from flows.steps.link import link_all
from flows.steps.store import DatabaseLost, Store
from flows.steps.workshop import MANY, Workshop

PAGES_A_BATCH = 16
ARTICLES_A_BATCH = 64
OWNER = "replay"  # it claims nothing: the name shows in no row

Item = TypeVar("Item", StoredPage, StoredArticle)


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """Which articles to code anew; None stands for no limit.

    `everything` reads all stored pages anew first and codes all articles; otherwise articles are left out that this
    version of the extractors has coded. Moments are aware and of publication, `until` excluded. With `version` only
    articles that it coded last. `part` (i, n) leaves all pages but those of the i-th of n parts, from 0, to others, who
    may work side by side; without `links` the reports are left unlinked, for whoever links when all parts are done.
    """

    everything: bool = False
    publisher: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    version: str | None = None
    part: tuple[int, int] | None = None
    links: bool = True


@dataclass(slots=True)
class ReplayReport:
    """What came of it. articles: new revised same unreadable failed · codings: new changed same failed reports."""

    articles: Counter[str] = field(default_factory=Counter)
    codings: Counter[str] = field(default_factory=Counter)
    note: str | None = None  # why it ended early

    @property
    def read(self) -> int:
        """Pages that were read anew."""
        return self.articles.total()

    @property
    def coded(self) -> int:
        """Articles that were coded anew."""
        return self.codings.total() - self.codings["reports"]


Tell = Callable[[ReplayReport], None]


def replay(
    plan: ReplayPlan,
    engine: Engine,
    workshop: Workshop,
    *,
    clock: Callable[[], datetime] = utc_now,
    tell: Tell = lambda _: None,
) -> ReplayReport:
    """Read and code anew by plan. It may be interrupted and run again: what is done is done."""
    return asyncio.run(_replay(plan, engine, workshop, clock, tell))


async def _replay(
    plan: ReplayPlan, engine: Engine, workshop: Workshop, clock: Callable[[], datetime], tell: Tell
) -> ReplayReport:
    report = ReplayReport()
    async with Store(engine, OWNER, clock) as store:
        pass_ = _Pass(plan, store, workshop, report, tell)
        try:
            if plan.everything:
                await pass_.read_pages()
            await pass_.code_articles()
            if plan.links:
                await link_all(store)
        except* DatabaseLost as lost:
            report.note = f"the database was lost: {lost.exceptions[0]}"
    return report


class _Pass:
    """Batches in order of id, several in hand at once."""

    def __init__(self, plan: ReplayPlan, store: Store, workshop: Workshop, report: ReplayReport, tell: Tell) -> None:
        self._plan, self._store, self._workshop = plan, store, workshop
        self._report, self._tell = report, tell

    async def read_pages(self) -> None:
        async def load(last: StoredPage | None) -> Sequence[StoredPage]:
            after = last.page_id if last else 0
            return await self._store.run(
                lambda connection: pages_after(connection, after, PAGES_A_BATCH, part=self._plan.part)
            )

        await self._all(load, self._read)

    async def code_articles(self) -> None:
        plan = self._plan
        not_version = None if plan.everything else self._workshop.version

        async def load(last: StoredArticle | None) -> Sequence[StoredArticle]:
            after = last.article_id if last else 0
            return await self._store.run(
                lambda connection: articles_after(
                    connection,
                    after,
                    ARTICLES_A_BATCH,
                    publisher=plan.publisher,
                    since=plan.since,
                    until=plan.until,
                    not_version=not_version,
                    only_version=plan.version,
                    part=plan.part,
                )
            )

        await self._all(load, self._code)

    async def _all(
        self,
        load: Callable[[Item | None], Coroutine[None, None, Sequence[Item]]],
        work: Callable[[Sequence[Item]], Coroutine[None, None, None]],
    ) -> None:
        room = asyncio.Semaphore(self._workshop.hands + 1)  # one batch waits at the door while the others are worked at
        last: Item | None = None
        async with asyncio.TaskGroup() as group:
            while batch := await load(last):
                last = batch[-1]
                await room.acquire()
                group.create_task(work(batch)).add_done_callback(lambda _: room.release())

    async def _read(self, pages: Sequence[StoredPage]) -> None:
        derived = await self._workshop.derive(pages, waiting=_waiting(pages, PAGES_A_BATCH))
        results = [
            ReadingResult(page.page_id, page.fetch_id, page.publisher, one.reading)
            for page, one in zip(pages, derived, strict=True)
        ]
        counts = await self._store.run(
            lambda connection: record_readings(
                connection, results, owner=None, reader_version=READER_VERSION, now=self._store.clock()
            )
        )
        self._count(self._report.articles, counts)

    async def _code(self, articles: Sequence[StoredArticle]) -> None:
        coded = await self._workshop.derive_codings(articles, waiting=_waiting(articles, ARTICLES_A_BATCH))
        results = [
            CodingResult(article.article_id, article.page_id, one.text, one.outcome, one.duration_ms)
            for article, one in zip(articles, coded, strict=True)
        ]
        counts = await self._store.run(
            lambda connection: record_codings(
                connection, results, owner=None, extractor_version=self._workshop.version, now=self._store.clock()
            )
        )
        self._count(self._report.codings, counts)

    def _count(self, counter: Counter[str], counts: ReadingCounts | CodingCounts) -> None:
        counter.update({name: value for name, value in asdict(counts).items() if isinstance(value, int) and value})
        self._tell(self._report)


def _waiting(batch: Sequence[object], full: int) -> int:
    """After a full batch there are more, which is worth processes; after any other one there are none."""
    return MANY if len(batch) == full else 0

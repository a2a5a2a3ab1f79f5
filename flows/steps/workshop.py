"""Where pages are read and coded: in this process for a few, in processes of their own for many."""

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from db.progress import Failure
from db.readings import StoredPage
from db.replay import StoredArticle
from flows.steps.code import Coded, Coder
from flows.steps.derive import Derived, derive, derive_codings

MANY = 40  # pages waiting that are worth the start of processes
CRASHED = "crash"
PAGES_A_PROCESS = 5000  # then it is replaced, so that what leaks in a parser does not add up
PRELOADED = ["extractors.coding", "extractors.reading", "flows.steps.derive"]

Work = TypeVar("Work")
Done = TypeVar("Done")


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workshop:
    """A context manager. `processes` 0 keeps all work in this process; the others start when work piles up."""

    def __init__(self, coder: Coder, processes: int | None = None) -> None:
        self._coder = coder
        self.processes = available_cores() if processes is None else processes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="derive")
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._close_pool(wait=True)

    async def derive(self, pages: Sequence[StoredPage], *, waiting: int) -> list[Derived]:
        """Read and code pages; `waiting` is how many more there are, which decides where."""
        return await self._run(derive, pages, waiting, _crashed_page)

    async def derive_codings(self, articles: Sequence[StoredArticle], *, waiting: int) -> list[Coded]:
        """Code stored articles."""
        return await self._run(derive_codings, articles, waiting, _crashed_article)

    async def _run(
        self,
        work: Callable[[Sequence[Work], Coder], list[Done]],
        batch: Sequence[Work],
        waiting: int,
        crashed: Callable[[Work], Done],
    ) -> list[Done]:
        loop = asyncio.get_running_loop()
        if self._pool is None and (waiting < MANY or not self.processes):
            return await loop.run_in_executor(self._thread, work, batch, self._coder)
        try:
            return await loop.run_in_executor(self._open_pool(), work, batch, self._coder)
        except BrokenProcessPool:
            return [await self._alone(work, item, crashed) for item in batch]

    async def _alone(
        self, work: Callable[[Sequence[Work], Coder], list[Done]], item: Work, crashed: Callable[[Work], Done]
    ) -> Done:
        """One item again after a process died, to find the one that kills processes and to name it."""
        self._close_pool(wait=False)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            try:
                done = await asyncio.get_running_loop().run_in_executor(pool, work, [item], self._coder)
            except BrokenProcessPool:
                return crashed(item)
        return done[0]

    def _open_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forked from a clean server that has loaded the lexicons once: no threads or connections are inherited.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(PRELOADED)
            self._pool = ProcessPoolExecutor(self.processes, mp_context=context)
        return self._pool

    def _close_pool(self, *, wait: bool) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=wait, cancel_futures=True)


def _crashed_page(page: StoredPage) -> Derived:
    return Derived(page.page_id, page.fetch_id, Failure(CRASHED, "the process that read it died"), None)


def _crashed_article(article: StoredArticle) -> Coded:
    return Coded(article.text, Failure(CRASHED, "the process that coded it died"), 0.0)

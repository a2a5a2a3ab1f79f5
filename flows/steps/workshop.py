"""Where pages are read and coded: in this process for a few, in processes of their own for many."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Self, TypeVar

from db.progress import Failure
from db.readings import StoredPage
from db.replay import StoredArticle
from flows.steps.code import Coded, Coder
from flows.steps.derive import Derived, derive, derive_codings

MANY = 40  # pages waiting that are worth the start of processes
CRASHED = "crash"
PRELOADED = ["flows.steps.derive", "flows.steps.warm"]

Work = TypeVar("Work")
Done = TypeVar("Done")


def extractors_workshop(processes: int | None = None) -> "Workshop":
    """The workshop that codes with the extractors; None for a process for each core."""
    from extractors.coding import code_article, extractor_version  # noqa: PLC0415 - lexicons are loaded when needed

    return Workshop(code_article, extractor_version(), processes)


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workshop:
    """A context manager that cycles may share. With `processes` 0 all work stays in this process.

    The processes start when work piles up, and stay.
    """

    def __init__(self, coder: Coder, version: str, processes: int | None = None) -> None:
        self.version = version  # of the coder, as codings are stamped with it
        self._coder = coder
        self._processes = available_cores() if processes is None else processes
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="derive")
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    @property
    def hands(self) -> int:
        """How many batches can be worked at side by side."""
        return max(self._processes, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

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
        if self._pool is None and (waiting < MANY or not self._processes):
            return await loop.run_in_executor(self._thread, work, batch, self._coder)
        pool = self._open_pool()
        try:
            return await loop.run_in_executor(pool, work, batch, self._coder)
        except BrokenProcessPool:
            self._discard(pool)
            return [await self._alone(work, item, crashed) for item in batch]

    async def _alone(
        self, work: Callable[[Sequence[Work], Coder], list[Done]], item: Work, crashed: Callable[[Work], Done]
    ) -> Done:
        """One item again after a process died, to find the one that kills processes and to name it."""
        with ProcessPoolExecutor(1, mp_context=_forkserver(), initializer=_end_with_parent) as pool:
            try:
                done = await asyncio.get_running_loop().run_in_executor(pool, work, [item], self._coder)
            except BrokenProcessPool:
                return crashed(item)
        return done[0]

    def _open_pool(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._processes, mp_context=_forkserver(), initializer=_end_with_parent
                )
            return self._pool

    def _discard(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)


def _forkserver() -> BaseContext:
    """Processes forked from a clean server that has loaded the lexicons once: no threads, no connections inherited."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _end_with_parent() -> None:
    """Have this process end when the one that it works for is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _crashed_page(page: StoredPage) -> Derived:
    return Derived(page.page_id, page.fetch_id, Failure(CRASHED, "the process that read it died"), None)


def _crashed_article(article: StoredArticle) -> Coded:
    return Coded(article.text, Failure(CRASHED, "the process that coded it died"), 0.0)

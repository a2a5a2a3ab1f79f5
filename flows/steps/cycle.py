"""One cycle: poll, fetch, read and code side by side, each as far as the next can take it.

    due feeds -> ask -> read_feed -> record                                  (Polling)
        due pages -> fetch -> record -> derive in processes -> record        (Fetching, Deriving)
    what was coded -> stories, links and incidents                           (link)

Every stage claims from the database and records in it, so that any number of cycles may run at once and one that is
killed loses nothing: what it held is due again when its lease ends.
"""

import asyncio
import os
import random
import socket
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import structlog
from sqlalchemy import Engine

from db.clock_steps import clock_stepped_back
from flows.clock import utc_now
from flows.steps.deriving import Deriving
from flows.steps.fetching import Fetching
from flows.steps.hosts import StoredHosts
from flows.steps.link import link_all
from flows.steps.plan import CyclePlan
from flows.steps.polling import Polling
from flows.steps.report import CycleReport, Ending, Progress, Tally, no_progress
from flows.steps.store import DatabaseLost, Store
from flows.steps.workshop import Workshop, extractors_workshop
from flows.web import Web
from flows.web.errors import chain

log = structlog.get_logger()

PROGRESS_SECONDS = 0.2


def run_cycle(
    plan: CyclePlan,
    engine: Engine,
    *,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress = no_progress,
    workshop: Workshop | None = None,
) -> CycleReport:
    """Run one cycle to its end and tell what it did. Not to be called where an event loop runs.

    Args:
        plan: which feeds, how politely, for how long.
        engine: of a migrated database.
        clock: the present, aware UTC.
        progress: called from time to time with the counts so far.
        workshop: where pages are read and coded, shared by cycles that run side by side; without one the cycle has its
            own, with the extractors and a process for each core.

    Failures of feeds and pages are counted, not raised. A database that stays away ends the cycle: the report says so.
    """
    _refuse_loops()
    with ExitStack() as stack:
        own = workshop or stack.enter_context(extractors_workshop())
        return asyncio.run(_cycle(plan, engine, clock, progress, own))


def _refuse_loops() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("run_cycle blocks: call it from a thread, not from a running event loop")


def worker_name() -> str:
    """A name for this cycle among all workers: where it runs, and one of a kind."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


async def _cycle(
    plan: CyclePlan, engine: Engine, clock: Callable[[], datetime], progress: Progress, workshop: Workshop
) -> CycleReport:
    tally = Tally(clock())
    note: str | None = None
    ended: Ending
    async with (
        Store(engine, worker_name(), clock, plan.database_patience) as store,
        Web(plan.policy, book=StoredHosts(store)) as web,
    ):
        try:
            await _heed_clock(store)
            ended = await _stages(plan, store, web, workshop, tally, progress)
            await link_all(store)
        except* DatabaseLost as lost:
            ended = "database lost"
            note = next((str(error) for error in chain(lost) if isinstance(error, DatabaseLost)), None)
    report = tally.report(clock(), ended, note)
    progress(report)
    _tell_events(report)
    return report


def _tell_events(report: CycleReport) -> None:
    for feed in report.failed_feeds:
        log.info("feed failed", feed=feed.feed_id, url=feed.url, reason=feed.reason, in_a_row=feed.failures)
    for reason, count in report.page_failures.items():
        log.info("pages failed", reason=reason, pages=count)
    seconds = (report.finished_at - report.started_at).total_seconds() if report.finished_at else None
    log.info(
        "cycle ended",
        how=report.ended,
        seconds=seconds,
        feeds=report.feeds_polled,
        feeds_failed=report.feeds.get("failed", 0),
        entries_new=report.entries.get("new", 0),
        pages=report.pages_claimed,
        articles_new=report.articles.get("new", 0),
        articles_revised=report.articles.get("revised", 0),
        incidents=report.codings.get("reports", 0),
    )


async def _heed_clock(store: Store) -> None:
    back = await store.run(lambda connection: clock_stepped_back(connection, now=store.clock()))
    if back is not None:
        log.warning("clock stepped back", seconds=round(back.total_seconds()))


async def _stages(
    plan: CyclePlan, store: Store, web: Web, workshop: Workshop, tally: Tally, progress: Progress
) -> Ending:
    """Run all stages until nothing is left to do or the time is over."""
    chance = random.random
    deriving = Deriving(plan, store, workshop, tally)
    fetching = Fetching(plan, store, web, tally, deriving)
    polling = Polling(plan, store, web, tally, chance, wake=fetching.wake)
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(_tell(tally, progress))
        hands = [group.create_task(deriving.run()) for _ in range(workshop.hands + 1)]
        leftovers = group.create_task(deriving.claim_leftovers())
        clerk = group.create_task(fetching.record())
        deadline = asyncio.get_running_loop().time() + plan.seconds if plan.seconds is not None else None
        polled = group.create_task(polling.run(deadline))
        polled.add_done_callback(lambda _: fetching.wake())
        complete = await fetching.run(deadline, until=polled)
        await asyncio.gather(polled, leftovers)
        await fetching.settled()
        await deriving.settled()
        for task in (telling, clerk, *hands):
            task.cancel()
    return "done" if complete and polled.result() else "out of time"


async def _tell(tally: Tally, progress: Progress) -> None:
    while True:
        await asyncio.sleep(PROGRESS_SECONDS)
        progress(tally.report(None, None))

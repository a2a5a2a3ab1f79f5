"""The flow `ingest`: a thin shell over flows/steps/cycle.py, for Prefect to schedule and to show.

due feeds -> shards that share no host -> a cycle each, side by side -> two tables for operators
"""

from contextvars import ContextVar
from datetime import timedelta
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from sqlalchemy import Engine, text

from db.engine import make_engine
from flows import logs
from flows.artifacts import SOURCES_KEY, SUMMARY_KEY, source_rows, summary_rows
from flows.clock import utc_now
from flows.running import named, plainly
from flows.settings import Settings
from flows.steps.cycle import run_cycle
from flows.steps.freshness import freshness
from flows.steps.plan import CyclePlan, shards
from flows.steps.report import CycleReport, merged
from flows.steps.workshop import Workshop, extractors_workshop
from flows.summary import alarm, headline, summary
from flows.telling import tell_freshness

FEEDS_A_SHARD = 10  # with fewer, a shard costs Prefect more than it gains
OF_THE_INTERVAL = 0.9  # after this part of the time until the next run, a run begins nothing new

_DUE = text("SELECT count(*) FROM feeds WHERE state IN ('active', 'gone') AND next_poll_at <= :now")

_THREADS = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=32))

# The processes that read pages serve all shards of a run; a task itself is handed plain numbers alone.
_workshop: ContextVar[Workshop | None] = ContextVar("workshop", default=None)


@flow(
    name="ingest",
    description="Poll the feeds that are due, fetch their new pages, read the articles and code what happened.",
    flow_run_name=named("ingest"),
    task_runner=_THREADS,
    persist_result=False,
)
@plainly
def ingest() -> State[None]:
    """One cycle over all that is due. Failed feeds are counted and listed.

    A run in which nothing worked is failed, and so is one in which pages came and no article.
    """
    settings = Settings.load()
    logs.configure(settings)
    engine = make_engine(settings.database_address())
    try:
        report = _side_by_side(_shard_count(engine, settings), settings.processes)
        _leave_tables(engine, report, settings)
    finally:
        engine.dispose()
    trouble = alarm(report)
    if trouble or not report.worked:
        return Failed(message="; ".join(filter(None, (trouble, headline(report)))))
    return Completed(message=headline(report))


@task(
    name="shard",
    task_run_name="shard {number} of {count}",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def shard(number: int, count: int) -> CycleReport:
    """A cycle over the hosts of one shard, counted from 1."""
    settings = Settings.load()
    engine = make_engine(settings.database_address())
    try:
        plan = CyclePlan(policy=settings.web_policy(), seconds=settings.poll_interval * OF_THE_INTERVAL)
        return run_cycle(shards(plan, count)[number - 1], engine, workshop=_workshop.get())
    finally:
        engine.dispose()


def _shard_count(engine: Engine, settings: Settings) -> int:
    with engine.connect() as connection:
        due: int = connection.execute(_DUE, {"now": utc_now()}).scalar_one()
    return max(1, min(settings.shards, -(-due // FEEDS_A_SHARD)))


def _side_by_side(count: int, processes: int | None) -> CycleReport:
    with extractors_workshop(processes) as workshop:
        token = _workshop.set(workshop)
        try:
            futures = [shard.submit(number, count) for number in range(1, count + 1)]
            return merged([future.result() for future in futures])
        finally:
            _workshop.reset(token)


def _leave_tables(engine: Engine, report: CycleReport, settings: Settings) -> None:
    now = utc_now()
    with engine.connect() as connection:
        fresh = freshness(connection, now=now, before=now - timedelta(seconds=settings.poll_interval))
        sources = source_rows(connection, fresh.sources)
        tell_freshness(connection, fresh)
    create_table_artifact(summary_rows(summary(report)), key=SUMMARY_KEY, description="What the run did.")
    create_table_artifact(
        sources, key=SOURCES_KEY, description="The state of each source, the worst first; times in UTC."
    )

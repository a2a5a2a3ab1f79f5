"""The flow `ingest`: a thin shell over flows/steps/cycle.py, for Prefect to schedule and to show.

due feeds -> shards that share no host -> a cycle each, side by side -> two tables for operators
With several workers (RASID_WORKERS) each of the others is asked to take a share of the hosts; what nobody has taken in
the end is done here. Claims in the database keep them apart, whoever comes late or dies.
"""

from contextvars import ContextVar
from datetime import timedelta
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.deployments import run_deployment
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
        _ask_others(settings.workers)
        report = _side_by_side(_shard_count(engine, settings), settings)
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
    # Of all hosts in as many parts as all workers have shards, every workers-th is one of ours.
    parts = shards(_plan(settings), count * settings.workers)
    return _cycle(parts[(number - 1) * settings.workers], settings)


@task(name="rest", task_run_name="what others left", cache_policy=NO_CACHE, persist_result=False)
def rest() -> CycleReport:
    """A cycle over all that is still due."""
    settings = Settings.load()
    return _cycle(_plan(settings), settings)


@flow(name="share", flow_run_name=named("share"), persist_result=False)
@plainly
def share(number: int) -> State[None]:
    """Take a share of the ingest that goes on. Begun by ingest itself where RASID_WORKERS is more than 1.

    Args:
        number: Which share, counted from 1; share 0 is ingest's own.
    """
    settings = Settings.load()
    logs.configure(settings)
    with extractors_workshop(settings.processes) as workshop:
        token = _workshop.set(workshop)
        try:
            report = _cycle(shards(_plan(settings), max(settings.workers, number + 1))[number], settings)
        finally:
            _workshop.reset(token)
    return Completed(message=headline(report)) if report.worked else Failed(message=headline(report))


def _plan(settings: Settings) -> CyclePlan:
    return CyclePlan(policy=settings.web_policy(), seconds=settings.poll_interval * OF_THE_INTERVAL)


def _cycle(plan: CyclePlan, settings: Settings) -> CycleReport:
    engine = make_engine(settings.database_address())
    try:
        return run_cycle(plan, engine, workshop=_workshop.get())
    finally:
        engine.dispose()


def _ask_others(workers: int) -> None:
    for number in range(1, workers):
        run_deployment("share/share", parameters={"number": number}, timeout=0, as_subflow=False)


def _shard_count(engine: Engine, settings: Settings) -> int:
    with engine.connect() as connection:
        due: int = connection.execute(_DUE, {"now": utc_now()}).scalar_one()
    return max(1, min(settings.shards, -(-due // FEEDS_A_SHARD)))


def _side_by_side(count: int, settings: Settings) -> CycleReport:
    with extractors_workshop(settings.processes) as workshop:
        token = _workshop.set(workshop)
        try:
            futures = [shard.submit(number, count) for number in range(1, count + 1)]
            reports = [future.result() for future in futures]
            return merged([*reports, *([rest()] if settings.workers > 1 else [])])
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

"""The flow `extract`: code stored articles anew, without the network.

runner `lead`: one process leads, others are handed texts · runner `parts`: the pages are cut into parts, a task each
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.task_runners import ProcessPoolTaskRunner
from pydantic import Field
from sqlalchemy import Engine

from flows.running import begun, named, plainly
from flows.steps.link import link
from flows.steps.replay import ReplayPlan, ReplayReport, replay
from flows.steps.workshop import available_cores, extractors_workshop

PARTS_A_PROCESS = 4  # so that no process idles for long when the others are done
MOST_PARTS = 64


@flow(name="extract", flow_run_name=named("extract"), persist_result=False)
@plainly
def extract(
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
    version: str | None = None,
    everything: bool = False,
    processes: Annotated[int | None, Field(ge=0, le=256)] = None,
    runner: Literal["lead", "parts"] = "lead",
) -> State[None]:
    """Code stored articles anew: those that these extractors have not coded yet, or all within the bounds given.

    What comes out as before changes no row; what comes out otherwise supersedes what was there, which is kept.

    Args:
        since: Only articles published on this day (UTC) or later.
        until: Only articles published before this day (UTC).
        publisher: Only articles of this publisher, named as in the list of sources.
        version: Only articles that this version of the extractors coded last.
        everything: Read all stored pages anew first, and code every article, whatever coded it last.
        processes: Processes that share the work; 0: none but this one; empty: one for each core.
        runner: lead: one process leads and hands out texts. parts: for millions of articles on many cores, the work is
            cut into parts, a task each, on Prefect's process pool.
    """
    with begun(pool_size=8) as (settings, engine):
        plan = ReplayPlan(everything, publisher, _start(since), _start(until), version)
        hands = settings.processes if processes is None else processes
        report = _in_parts(plan, engine, hands) if runner == "parts" else _led(plan, engine, hands)
    done = report.codings
    said = (
        f"{report.read} pages read, {report.coded} articles coded: {done['changed']} changed, {done['new']} new, "
        f"{done['same']} as before, {done['failed']} failed"
    )
    return Failed(message=f"{said}; {report.note}") if report.note else Completed(message=said)


@task(name="part", task_run_name="part {number} of {count}", cache_policy=NO_CACHE, persist_result=False)
def part(number: int, count: int, plan: ReplayPlan) -> ReplayReport:
    """One of the parts, counted from 1, all in the process that it runs in."""
    with begun(pool_size=2) as (_, engine):
        mine = replace(plan, part=(number - 1, count), links=False)
        return _led(mine, engine, 0)


def _led(plan: ReplayPlan, engine: Engine, processes: int | None) -> ReplayReport:
    with extractors_workshop(processes) as workshop:
        return replay(plan, engine, workshop)


def _in_parts(plan: ReplayPlan, engine: Engine, processes: int | None) -> ReplayReport:
    hands = max(1, available_cores() if processes is None else processes)
    count = min(hands * PARTS_A_PROCESS, MOST_PARTS)
    with ProcessPoolTaskRunner(max_workers=hands) as pool:
        futures = [pool.submit(part, {"number": n, "count": count, "plan": plan}) for n in range(1, count + 1)]
        report = _merged([future.result() for future in futures])
    link(engine)
    return report


def _merged(reports: Sequence[ReplayReport]) -> ReplayReport:
    total = ReplayReport()
    for one in reports:
        total.articles += one.articles
        total.codings += one.codings
        total.note = total.note or one.note
    return total


def _start(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, UTC)

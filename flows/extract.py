"""The flow `extract`: code stored articles anew, without the network."""

from datetime import UTC, date, datetime, time
from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from flows.running import begun, named
from flows.steps.replay import ReplayPlan, replay
from flows.steps.workshop import extractors_workshop


@flow(name="extract", flow_run_name=named("extract"), persist_result=False)
def extract(
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
    version: str | None = None,
    everything: bool = False,
    processes: Annotated[int | None, Field(ge=0, le=256)] = None,
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
    """
    with begun(pool_size=8) as (settings, engine):
        plan = ReplayPlan(everything, publisher, _start(since), _start(until), version)
        with extractors_workshop(settings.processes if processes is None else processes) as workshop:
            report = replay(plan, engine, workshop)
    done = report.codings
    said = (
        f"{report.read} pages read, {report.coded} articles coded: {done['changed']} changed, {done['new']} new, "
        f"{done['same']} as before, {done['failed']} failed"
    )
    return Failed(message=f"{said}; {report.note}") if report.note else Completed(message=said)


def _start(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, UTC)

"""The flow `recheck`: a cycle without polling, over pages that are owed a second look or another try."""

from datetime import timedelta
from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field
from sqlalchemy import Engine

from db.rechecks import look_again
from flows.clock import utc_now
from flows.running import begun, named, plainly
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.workshop import extractors_workshop

SECONDS = 1800.0  # until no more is begun: what is left is taken up by the next run


@flow(name="recheck", flow_run_name=named("recheck"), persist_result=False)
@plainly
def recheck(days: Annotated[int, Field(ge=0, le=365)] = 0, publisher: str | None = None) -> State[None]:
    """Fetch again the pages that are owed a second look, and try failed ones again; no feed is polled.

    Args:
        days: Look again at all pages first fetched in the last days, owed or not. 0: only at those that are owed it.
        publisher: With days, only at pages of this publisher, named as in the list of sources.
    """
    with begun(pool_size=10) as (settings, engine):
        asked = _ask_for(engine, days, publisher) if days else 0
        plan = CyclePlan(policy=settings.web_policy(), polls=False, seconds=SECONDS)
        with extractors_workshop(settings.processes) as workshop:
            report = run_cycle(plan, engine, workshop=workshop)
    said = (
        f"{report.pages_claimed} pages looked at again ({asked} by wish): {report.articles.get('revised', 0)} articles "
        f"revised, {report.articles.get('new', 0)} new, {report.pages.get('failed', 0)} pages failed"
    )
    return Completed(message=said) if report.worked else Failed(message=f"{said}; ended early: {report.note}")


def _ask_for(engine: Engine, days: int, publisher: str | None) -> int:
    now = utc_now()
    with engine.begin() as connection:
        return look_again(connection, now=now, since=now - timedelta(days=days), publisher=publisher)

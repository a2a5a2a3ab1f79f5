"""The flow `maintenance`: what is old by policy goes, what the dead left is cleared, Prefect's records stay small."""

import asyncio
from datetime import datetime, timedelta

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import summary_rows
from flows.clock import utc_now
from flows.running import begun, named, plainly
from flows.services.deployments import deployments
from flows.services.metadata import delete_runs, free_places
from flows.settings import Settings
from flows.steps.retain import Policy, Retained, retain

MAINTENANCE_KEY = "maintenance"


@flow(name="maintenance", flow_run_name=named("maintenance"), persist_result=False)
@plainly
def maintenance() -> State[None]:
    """Apply the retention policy (RASID_KEEP_…), clear what dead workers left, and delete old runs of Prefect's."""
    now = utc_now()
    with begun() as (settings, engine):
        policy = Policy(pages=settings.keep_pages_days, polls=settings.keep_polls_days)
        retained = retain(engine, policy, now=now)
    runs, freed = asyncio.run(_metadata(settings, now))
    rows = _rows(retained, runs, freed)
    create_table_artifact(summary_rows(rows), key=MAINTENANCE_KEY, description="What was cleared away.")
    return Completed(message="; ".join(f"{count} {what}" for what, count in rows))


def _rows(retained: Retained, runs: int, freed: list[str]) -> list[tuple[str, int]]:
    return [
        ("raw pages let go", retained.pages),
        ("records of polls deleted", retained.polls),
        ("leases of dead workers cleared", retained.leases),
        ("old runs deleted", runs),
        ("places given back that no run held", len(freed)),
    ]


async def _metadata(settings: Settings, now: datetime) -> tuple[int, list[str]]:
    ours = deployments(settings)
    async with get_client() as client:
        before = now - timedelta(days=settings.keep_runs_days)
        runs = await delete_runs(client, [one.name for one in ours], before=before)
        return runs, await free_places(client, ours)

"""Prefect's own records, kept small and true: old runs are deleted, places held by runs that are over given back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterEndTime,
    FlowRunFilterState,
)
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound

from flows.services.deployments import Deployment

BATCH = 200
UNFINISHED = (StateType.PENDING, StateType.RUNNING, StateType.CANCELLING)


async def delete_runs(client: PrefectClient, names: Sequence[str], *, before: datetime) -> int:
    """Delete runs of the flows of these names that ended before then -> how many. Their logs and tasks go with them."""
    deleted = 0
    ours = FlowFilter(name=FlowFilterName(any_=list(names)))
    old = FlowRunFilter(end_time=FlowRunFilterEndTime.model_validate({"before_": before}))
    while runs := await client.read_flow_runs(flow_filter=ours, flow_run_filter=old, limit=BATCH):
        for run in runs:
            try:
                await client.delete_flow_run(run.id)
            except ObjectNotFound:  # the server's own vacuum was quicker
                continue
            deleted += 1
    return deleted


async def free_places(client: PrefectClient, wanted: Sequence[Deployment]) -> list[str]:
    """Give back places of limits that no run holds: with them no run would ever start -> deployments set right."""
    freed: list[str] = []
    for one in wanted:
        try:
            there = await client.read_deployment_by_name(f"{one.flow().name}/{one.name}")
        except ObjectNotFound:
            continue
        limit = there.global_concurrency_limit
        if limit and limit.active_slots and not await _live(client, there.id):
            await client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
            freed.append(one.name)
    return freed


async def _live(client: PrefectClient, deployment: UUID) -> bool:
    """Whether any run goes on: asked after the places were counted, so that one that just began is seen."""
    unfinished = FlowRunFilterState(type=StateTypes(any_=list(UNFINISHED)))
    mine = FlowRunFilterDeploymentId(any_=[deployment])
    return bool(
        await client.read_flow_runs(flow_run_filter=FlowRunFilter(deployment_id=mine, state=unfinished), limit=1)
    )

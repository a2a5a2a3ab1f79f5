"""Deployments onto a Prefect server, and whether what stands there is what the file says."""

from collections.abc import Mapping, Sequence
from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.workers.process import ProcessWorker

from flows.services.deployments import Deployment, Timing


async def register(client: PrefectClient, wanted: Sequence[Deployment]) -> None:
    """Bring the server to what the file says: pools, deployments, and no schedule beside the file's."""
    for name in sorted({one.work_pool.name for one in wanted}):
        await _ensure_pool(client, name)
    for one in wanted:
        made = await one.made(for_workers=True)
        deployment = await made.aapply()
        await _drop_schedules(client, one, await client.read_deployment(deployment))


async def differences(client: PrefectClient, wanted: Sequence[Deployment]) -> list[str]:
    """A line for each thing on the server that is not as the file says."""
    found: list[str] = []
    for one in wanted:
        name = f"{one.flow().name}/{one.name}"
        try:
            there = await client.read_deployment_by_name(name)
        except ObjectNotFound:
            found.append(f"{name}: is not there")
            continue
        found += [f"{name}: {line}" for line in _compared(_expected(one), _standing(there))]
    return found


async def paused(client: PrefectClient, wanted: Sequence[Deployment]) -> list[str]:
    """What of the file's a person has paused on the server: told, but no difference."""
    told: list[str] = []
    for one in wanted:
        name = f"{one.flow().name}/{one.name}"
        there = await client.read_deployment_by_name(name)
        told += [f"{name}: schedule {each.slug} is paused" for each in there.schedules if not each.active]
        told += [f"{name}: is paused"] if there.paused else []
    return told


async def _ensure_pool(client: PrefectClient, name: str) -> None:
    """A pool that is there stays as it is: on Kubernetes it is of another type."""
    template = ProcessWorker.get_default_base_job_template()
    try:
        await client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))
    except ObjectAlreadyExists:
        return


async def _drop_schedules(client: PrefectClient, one: Deployment, there: DeploymentResponse) -> None:
    """Applying a deployment leaves schedules that have left the file: they would run on for ever."""
    slugs = {timing.slug for timing in one.schedules}
    for schedule in there.schedules:
        if schedule.slug not in slugs:
            await client.delete_deployment_schedule(there.id, schedule.id)


def _compared(expected: Mapping[str, Any], standing: Mapping[str, Any]) -> list[str]:
    return [
        f"{what}: {standing[what]!r} on the server, {value!r} in the file"
        for what, value in expected.items()
        if standing[what] != value
    ]


def _expected(one: Deployment) -> dict[str, Any]:
    limit = one.concurrency_limit
    return {
        "entrypoint": one.entrypoint,
        "description": one.description,
        "tags": sorted(one.tags),
        "parameters": one.parameters,
        "schedules": sorted(_timing(timing) for timing in one.schedules),
        "limit": limit.limit,
        "collision strategy": limit.collision_strategy.value,
        "grace period": limit.grace_period_seconds,
        "work pool": one.work_pool.name,
        "work queue": one.work_pool.work_queue_name,
    }


def _standing(there: DeploymentResponse) -> dict[str, Any]:
    options = there.concurrency_options
    return {
        "entrypoint": there.entrypoint,
        "description": there.description,
        "tags": sorted(there.tags),
        "parameters": there.parameters,
        "schedules": sorted(_scheduled(each.slug, each.schedule) for each in there.schedules),
        "limit": there.global_concurrency_limit.limit if there.global_concurrency_limit else None,
        "collision strategy": options.collision_strategy.value if options else None,
        "grace period": options.grace_period_seconds if options else None,
        "work pool": there.work_pool_name,
        "work queue": there.work_queue_name,
    }


def _timing(timing: Timing) -> str:
    return f"{timing.slug}: {timing.cron or f'every {timing.interval} s'} {timing.timezone}"


def _scheduled(slug: str | None, schedule: object) -> str:
    if isinstance(schedule, CronSchedule):
        return f"{slug}: {schedule.cron} {schedule.timezone}"
    if isinstance(schedule, IntervalSchedule):
        return f"{slug}: every {schedule.interval.total_seconds():.0f} s {schedule.timezone}"
    return f"{slug}: {schedule}"

"""The process that keeps the schedule: it registers all deployments, runs `ingest` at once, then each as it falls due.

The first run happens in this very process, which has all it needs loaded: a run's own process would take seconds more.
"""

import asyncio
import signal
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus
from prefect.exceptions import TerminationSignal
from prefect.flow_engine import run_flow
from prefect.runner import Runner
from prefect.states import Cancelled, Crashed, Pending

from flows.clock import utc_now
from flows.ingest import ingest
from flows.services.alerts import register_alerts
from flows.services.deployments import INGEST, deployments
from flows.services.prefect import PrefectError, wait_until_healthy
from flows.settings import Settings

_UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


async def begin(settings: Settings) -> FlowRun | None:
    """Register deployments and alerts, settle what an earlier service left, and make the first run of `ingest`.

    It is ready to be run here. None where the server grants no run: one goes on elsewhere.
    """
    registered = {one.name: await (await one.made(for_workers=False)).aapply() for one in deployments(settings)}
    async with get_client() as client:
        for deployment in registered.values():
            await settle(client, deployment, utc_now())
        await register_alerts(client, settings)
        run = await client.create_flow_run_from_deployment(registered[INGEST])
        granted: OrchestrationResult[None] = await client.set_flow_run_state(run.id, Pending())
        return await client.read_flow_run(run.id) if granted.status is SetStateStatus.ACCEPT else None


async def serve(settings: Settings) -> None:
    """Start the deployments' runs as they fall due, until SIGTERM or SIGINT; runs that go on then are cancelled."""
    # Schedules stay as they are while the service is down, so that a pause made in the UI outlives it.
    runner = Runner(name="rasid", pause_on_shutdown=False)
    for one in deployments(settings):
        await runner.aadd_deployment(await one.made(for_workers=False))
    await _run_until_told(runner)


async def settle(client: PrefectClient, deployment: UUID, now: datetime) -> None:
    """Tidy up after a service that ended: its unfinished runs are over, and what fell due meanwhile is left out.

    Without this an unfinished run holds the only place until its lease ends, and missed runs come all at once.
    """
    for run in await _runs(client, deployment, _UNFINISHED):
        over: State[None] = Crashed(
            message="The service ended during this run; what it had not done is taken up by the next."
        )
        await client.set_flow_run_state(run.id, over, force=True)
    for run in await _runs(client, deployment, [StateType.SCHEDULED]):
        if run.expected_start_time is not None and run.expected_start_time <= now:
            missed: State[None] = Cancelled(message="Fell due while the service was not running.")
            await client.set_flow_run_state(run.id, missed, force=True)


async def _runs(client: PrefectClient, deployment: UUID, types: list[StateType]) -> list[FlowRun]:
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            deployment_id=FlowRunFilterDeploymentId(any_=[deployment]),
            state=FlowRunFilterState(type=StateTypes(any_=types)),
        )
    )


async def _run_until_told(runner: Runner) -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    running = asyncio.create_task(runner.start())
    while not (runner.started or running.done()):  # noqa: ASYNC110
        await asyncio.sleep(0.05)  # the runner has no event to wait for
    for number in (signal.SIGTERM, signal.SIGINT):  # after the runner has set its own, which leaves runs unfinished
        loop.add_signal_handler(number, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not running.done():
        await runner.astop()
    await running


def main() -> None:
    """Serve under this process's settings, once the Prefect server answers."""
    settings = Settings.load()
    if settings.prefect_api_url is None:
        raise PrefectError("PREFECT_API_URL is not set")
    wait_until_healthy(settings.prefect_api_url, alive=lambda: True)
    first = asyncio.run(begin(settings))
    try:
        if first:
            run_flow(ingest, flow_run=first, return_type="state")
        asyncio.run(serve(settings))
    except TerminationSignal:  # told to end during the first run, which Prefect has noted
        return


if __name__ == "__main__":
    main()

"""`rasid deploy`: the deployments and alerts of deploy/ on a Prefect server."""

import asyncio
from typing import Annotated

import typer

from flows.cli.errors import FAILED, WRONG, CommandError
from flows.cli.show import console
from flows.settings import Settings


def deploy(
    *, check: Annotated[bool, typer.Option("--check", help="Change nothing: only tell what differs.")] = False
) -> int:
    """Register the deployments and alerts on a Prefect server, and check that they stand there.

    The server is the one at PREFECT_API_URL. Ends with 0 where it says what deploy/prefect.yaml and
    deploy/automations.yaml say, with 1 and a line for each difference where it does not.
    """
    from flows.services.prefect import PrefectError, healthy

    settings = Settings.load()
    if settings.prefect_api_url is None:
        raise CommandError("PREFECT_API_URL: is not set: which server?", WRONG)
    if not healthy(settings.prefect_api_url):
        raise PrefectError(f"no Prefect server answers at {settings.prefect_api_url}")
    found, notes = asyncio.run(_deploy(settings, check=check))
    for line in notes:
        console().print(f"note: {line}", markup=False, soft_wrap=True)
    for line in found:
        console().print(f"differs: {line}", markup=False, soft_wrap=True)
    if not found:
        console().print(f"the server at {settings.prefect_api_url} stands as the files say", markup=False)
    return FAILED if found else 0


async def _deploy(settings: Settings, *, check: bool) -> tuple[list[str], list[str]]:
    from prefect.client.orchestration import get_client

    from flows.services import alerts, deployments, register

    wanted = deployments.deployments(settings)
    async with get_client() as client:
        if not check:
            await register.register(client, wanted)
            await alerts.register_alerts(client, settings)
        found = await register.differences(client, wanted) + await alerts.alert_differences(client)
        return found, [] if found else await register.paused(client, wanted)

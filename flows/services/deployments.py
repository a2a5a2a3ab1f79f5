"""deploy/prefect.yaml -> deployments: what runs when, said in one place for `rasid up` and for `rasid deploy`."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml  # type: ignore[import-untyped]
from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.services.prefect import PrefectError
from flows.settings import Settings

FOLDER = Path(__file__).parents[2] / "deploy"
INGEST = "ingest"
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)  # intervals are counted from here, so that ten minutes fall on the clock's


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Timing(_Strict):
    """When a deployment runs: every so many seconds, or by a cron expression."""

    slug: str
    timezone: Literal["UTC"]
    interval: Annotated[int, Field(ge=10)] | None = None
    cron: str | None = None

    def schedule(self) -> Schedule:
        """The same in Prefect's terms."""
        if self.cron is not None:
            return Cron(self.cron, timezone=self.timezone, slug=self.slug)
        assert self.interval is not None
        every = timedelta(seconds=self.interval)
        return Interval(every, anchor_date=_EPOCH, timezone=self.timezone, slug=self.slug)


class Limit(_Strict):
    """How many runs there may be at once, and what becomes of one too many."""

    limit: Annotated[int, Field(ge=1)]
    collision_strategy: ConcurrencyLimitStrategy
    grace_period_seconds: Annotated[int, Field(ge=60)]


class Pool(_Strict):
    """Where workers look for its runs."""

    name: str
    work_queue_name: str


class Deployment(_Strict):
    """One deployment of the file."""

    name: str
    description: str
    entrypoint: str
    tags: tuple[str, ...]
    parameters: dict[str, Any] = {}
    schedules: tuple[Timing, ...]
    concurrency_limit: Limit
    work_pool: Pool

    def flow(self) -> Flow[..., Any]:
        """The flow that it runs."""
        module, _, name = self.entrypoint.rpartition(".")
        found: Flow[..., Any] = getattr(import_module(module), name)
        return found

    async def made(self, *, for_workers: bool) -> RunnerDeployment:
        """The deployment in Prefect's terms: for workers of its pool, or for the process that makes it to serve."""
        return await self.flow().ato_deployment(
            name=self.name,
            description=self.description,
            tags=list(self.tags),
            parameters=self.parameters,
            schedules=[timing.schedule() for timing in self.schedules],
            concurrency_limit=ConcurrencyLimitConfig(**self.concurrency_limit.model_dump()),
            entrypoint_type=EntrypointType.MODULE_PATH,
            work_pool_name=self.work_pool.name if for_workers else None,
            work_queue_name=self.work_pool.work_queue_name if for_workers else None,
        )


def deployments(settings: Settings, folder: Path = FOLDER) -> tuple[Deployment, ...]:
    """The deployments of the file, `ingest` as often as the settings say.

    Raises:
        PrefectError: the file is missing, or is not what it has to be.
    """
    found = read_deployments(folder / "prefect.yaml")
    return tuple(_timed(one, settings.poll_interval) if one.name == INGEST else one for one in found)


def read_deployments(path: Path) -> tuple[Deployment, ...]:
    """The deployments as the file has them.

    Raises:
        PrefectError: the file is missing, or is not what it has to be.
    """
    try:
        return tuple(Deployment.model_validate(one) for one in read_yaml(path)["deployments"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise PrefectError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (KeyError, TypeError):
        raise PrefectError(f"{path}: names no deployments") from None


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - whatever the file says
    """A YAML file's content.

    Raises:
        PrefectError: it cannot be read.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PrefectError(f"{path}: {error.strerror}: Rasid is installed from its whole folder") from None
    except yaml.YAMLError as error:
        raise PrefectError(f"{path}: {error}") from None


def _timed(deployment: Deployment, seconds: int) -> Deployment:
    timings = tuple(timing.model_copy(update={"interval": seconds}) for timing in deployment.schedules)
    return deployment.model_copy(update={"schedules": timings})

"""What every flow begins with, settings, events and the database; and how it ends where it cannot work."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

from prefect.client.schemas.objects import State
from prefect.exceptions import FailedRun
from prefect.states import Failed
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from db.engine import make_engine
from db.migrate import DatabaseTooNew
from flows import logs
from flows.archives.pages import ArchiveError
from flows.catalogue.sources import CatalogueError
from flows.cli.errors import explain
from flows.clock import utc_now
from flows.settings import Settings, SettingsError

FORESEEN = (ArchiveError, CatalogueError, SettingsError, DatabaseTooNew, OperationalError)

_RUN_LOGGER = "prefect.flow_runs"

Given = ParamSpec("Given")


def worth_telling(record: logging.LogRecord) -> bool:
    """False for the traceback with which Prefect's engine greets a run that says by itself that it failed."""
    return not (record.exc_info and isinstance(record.exc_info[1], FailedRun))


def plainly(work: Callable[Given, State[None]]) -> Callable[Given, State[None]]:
    """The same work, whose foreseen troubles end the run as failed with one line; a traceback is a fault of Rasid's."""

    @wraps(work)
    def carried_out(*args: Given.args, **kwargs: Given.kwargs) -> State[None]:
        logging.getLogger(_RUN_LOGGER).addFilter(worth_telling)
        try:
            return work(*args, **kwargs)
        except FORESEEN as error:
            failed: State[None] = Failed(message=explain(error)[0])
            return failed

    return carried_out


@contextmanager
def begun(*, pool_size: int = 5) -> Iterator[tuple[Settings, Engine]]:
    """The settings and an engine on the database that they name, for as long as a flow runs."""
    settings = Settings.load()
    logs.configure(settings)
    engine = make_engine(settings.database_address(), pool_size=pool_size)
    try:
        yield settings, engine
    finally:
        engine.dispose()


def named(what: str) -> Callable[[], str]:
    """How a flow's runs are called in the UI: by what they do and when they began, in UTC."""
    return lambda: f"{what} {utc_now():%Y-%m-%d %H:%M}"

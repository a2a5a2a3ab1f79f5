"""What every flow begins with: this process's settings, its events, and the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from db.engine import make_engine
from flows import logs
from flows.clock import utc_now
from flows.settings import Settings


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

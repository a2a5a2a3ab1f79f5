"""The database as it stands: what watchers from outside look at, without starting or changing anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine


class NotRunning(Exception):  # noqa: N818 - reads as what is the matter
    """There is nothing to look at: the embedded database runs only with the service."""


@contextmanager
def standing(settings: Settings) -> Iterator["Engine"]:
    """The database as it stands: nothing is started for the look, nothing migrated.

    Raises:
        NotRunning, PrefectError, DatabaseTooNew: there is nothing to look at, or it is not to be looked at.
    """
    from db.engine import make_engine
    from db.migrate import refuse_newer
    from flows.services.database import place
    from flows.services.locks import holder
    from flows.services.prefect import PrefectError, healthy

    if settings.database_url is None and holder(settings.home) is None:
        raise NotRunning(f"no service runs in {settings.home}")
    if settings.prefect_api_url is not None and not healthy(settings.prefect_api_url):
        raise PrefectError(f"no Prefect server answers at {settings.prefect_api_url}")
    with place(settings) as found:
        engine = make_engine(found.url, pool_size=1)
        try:
            with engine.connect() as connection:
                refuse_newer(connection)
            yield engine
        finally:
            engine.dispose()

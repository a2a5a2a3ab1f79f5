"""The unattended service: the database, the Prefect server and the schedule, kept alive until Ctrl-C or SIGTERM.

database | migrate | Prefect server | runner of the `ingest` deployment
"""

from collections.abc import Callable
from contextlib import ExitStack

from db.engine import make_engine, normal_url
from db.feeds import sync_catalogue
from db.migrate import upgrade
from flows.catalogue.sources import shipped
from flows.catalogue.specs import feed_specs
from flows.clock import utc_now
from flows.services import prefect
from flows.services.children import Child
from flows.services.database import Place, place
from flows.services.locks import ServiceLock, alone_in, alone_on
from flows.services.supervisor import until_told, watch
from flows.settings import Settings, environment

Say = Callable[[str, str], None]  # a word and what it stands for, to the operator


def up(settings: Settings, say: Say) -> None:
    """Run the service until it is told to end, then stop every child that it started.

    Raises:
        AlreadyRunning, PostgresUnavailable, PrefectError, DatabaseTooNew: it cannot start; nothing is left running.
    """
    with (
        until_told(),
        alone_in(settings.home),
        place(settings) as database,
        alone_on(database.url) as lock,
        ExitStack() as stop,
    ):
        say("data", str(settings.home))
        say("query", f"rasid sql   or   psql '{normal_url(database.url).set(drivername='postgresql')}'")
        api_url, server = _prefect(settings, database)
        if server:
            stop.callback(server.stop)
            server.start()
        _prepare(settings, database)
        runner = _runner(settings, database, api_url)
        stop.callback(runner.stop)
        runner.start()
        watch([*([server] if server else []), runner], also=_Rounds(database, lock, api_url, say).look)


class _Rounds:
    """What is looked at beside the children: the database is up and ours; the UI is announced once it answers."""

    def __init__(self, database: Place, lock: ServiceLock, api_url: str, say: Say) -> None:
        self._database, self._lock, self._api_url, self._say = database, lock, api_url, say
        self._announced = False

    def look(self) -> None:
        if self._database.embedded:
            self._database.embedded.ensure_running()
        self._lock.keep()
        if not self._announced and prefect.healthy(self._api_url):
            self._announced = True
            self._say("ui", self._api_url.rstrip("/").removesuffix("/api"))
            self._say("stop", "Ctrl-C")


def _prefect(settings: Settings, database: Place) -> tuple[str, Child | None]:
    if settings.prefect_api_url is not None:
        return settings.prefect_api_url, None
    address = prefect.choose_address(settings.ui_port)
    embedded = database.embedded
    metadata = embedded.url("prefect") if embedded else prefect.metadata_beside(database.url)
    return address.api, prefect.server(settings.home, metadata, address)


def _prepare(settings: Settings, database: Place) -> None:
    engine = make_engine(database.url)
    try:
        upgrade(engine)
        if settings.shipped_feeds:
            with engine.begin() as connection:
                sync_catalogue(connection, feed_specs(shipped()), now=utc_now())
    finally:
        engine.dispose()


def _runner(settings: Settings, database: Place, api_url: str) -> Child:
    folder = prefect.client_folder(settings.home)
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "RASID_HOME": str(settings.home),
        "RASID_DATABASE_URL": database.url,
        **prefect.client_environment(settings.home, api_url, json=settings.log_format == "json"),
    }
    return Child("runner", "flows.services.runner", (), environment(**told), folder)

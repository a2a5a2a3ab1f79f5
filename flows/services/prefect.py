"""The Prefect server as a child process: its UI, its own database beside Rasid's, and settings that last for months."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from psycopg import sql

from db.engine import libpq_url, normal_url
from flows.logs import LOGGER
from flows.services.children import Child
from flows.settings import environment

HOST = "127.0.0.1"
USUAL_PORT = 4200
DAY = 86_400

# What the server is told, whatever the machine's own Prefect settings are.
_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the new UI asks a measuring service elsewhere, whatever is set
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLI_PROMPT": "false",
    # Leases in memory are lost in a restart while their slots stay taken: no run would start again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # Runs are kept for two weeks and events for two days, so that the metadata stays small.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(14 * DAY),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
}


# What processes that carry out flows are told: a run that gives no sign of life for some of these is taken for dead.
FLOWS = {
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER,  # our events show in the run's log
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}
# And where machines read the logs: Prefect's own lines come in the form of ours.
JSON_LINES = {
    "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": "flows.logs.MachineLines",
}


class PrefectError(Exception):
    """The Prefect server cannot be used; the text is one line that says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Prefect server answers."""

    port: int

    @property
    def ui(self) -> str:
        """The page that operators open."""
        return f"http://{HOST}:{self.port}"

    @property
    def api(self) -> str:
        """What programs are told as PREFECT_API_URL."""
        return f"{self.ui}/api"


def choose_address(port: int | None) -> Address:
    """The given port, which has to be free; without one the usual port, or any free one where that is taken.

    Raises:
        PrefectError: the given port is taken.
    """
    if port is not None and not _free(port):
        raise PrefectError(f"RASID_UI_PORT: port {port} is taken")
    return Address(port or (USUAL_PORT if _free(USUAL_PORT) else _any_free_port()))


def server(home: Path, database_url: str, address: Address) -> Child:
    """The server's process, not yet started. `database_url` is of Prefect's own database."""
    folder = client_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        **_ALWAYS,
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(address.port),
        "PREFECT_API_URL": address.api,
        "PREFECT_UI_API_URL": address.api,  # the browser's way to the API: without it, always the usual port
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": asyncpg_url(database_url),
    }
    return Child(
        name="prefect server",
        module="prefect",
        arguments=("server", "start"),
        environment=environment(**told),
        folder=folder,
        log=home / "logs" / "prefect-server.log",
    )


def client_folder(home: Path) -> Path:
    """Prefect's own folder under Rasid's: leases, profiles, memos."""
    return home / "prefect"


def client_environment(home: Path, api_url: str, *, json: bool = False) -> dict[str, str]:
    """What a process that talks to the server is told; `json` for logs that machines read."""
    return {
        **FLOWS,
        **(JSON_LINES if json else {}),
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(client_folder(home)),
        "PREFECT_API_URL": api_url,
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    }


def wait_until_healthy(api_url: str, alive: Callable[[], bool], patience: float = 120.0) -> None:
    """Return as soon as the server answers.

    Raises:
        PrefectError: it ended meanwhile, or did not answer for `patience` seconds.
    """
    end = time.monotonic() + patience
    while not healthy(api_url):
        if not alive():
            raise PrefectError("the Prefect server ended while it was starting")
        if time.monotonic() > end:
            raise PrefectError(f"no Prefect server answers at {api_url}")
        time.sleep(0.2)


def healthy(api_url: str) -> bool:
    """Whether a Prefect server answers there."""
    try:
        return httpx.get(f"{api_url.rstrip('/')}/health", timeout=5.0, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def metadata_beside(database_url: str) -> str:
    """The address of Prefect's own database, beside Rasid's and named after it; made where it is not there yet.

    Raises:
        PrefectError: the role may not create databases.
    """
    rasid = normal_url(database_url)
    name = f"{rasid.database}_prefect"
    with psycopg.connect(libpq_url(rasid), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _create(connection, name)
    return libpq_url(rasid.set(database=name))


def _create(connection: psycopg.Connection, name: str) -> None:
    try:
        connection.execute(
            sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
        )
    except psycopg.errors.DuplicateDatabase:
        return
    except psycopg.errors.InsufficientPrivilege:
        raise PrefectError(f"this role may not create the database {name}: create it, or set PREFECT_API_URL") from None


def asyncpg_url(database_url: str) -> str:
    """The same database by the driver that Prefect uses, which calls TLS by another name."""
    url = normal_url(database_url).set(drivername="postgresql+asyncpg")
    mode = url.query.get("sslmode")
    query = {key: value for key, value in url.query.items() if key in {"host", "port"}}
    return url.set(query={**query, **({"ssl": mode} if mode else {})}).render_as_string(hide_password=False)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port

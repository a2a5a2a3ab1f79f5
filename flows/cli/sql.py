"""`rasid sql`: psql on the database."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from db.engine import libpq_url
from flows.cli.errors import CommandError
from flows.services.database import place
from flows.services.postgres import PostgresUnavailable, programs
from flows.settings import Settings, environment


def sql(context: typer.Context) -> int:
    """Open psql on the database. What follows is psql's own: rasid sql -c 'TABLE incident_reports'."""
    with place(Settings.load()) as database, _interrupts_left_to_psql():
        command = [_psql(), *context.args]
        told = environment(PGAPPNAME="rasid sql", **_variables(libpq_url(database.url)))
        return subprocess.run(command, env=told, check=False).returncode  # noqa: S603 - no shell, psql's own arguments


def _psql() -> str:
    try:
        return str(programs() / "psql")
    except PostgresUnavailable:
        found = shutil.which("psql")
        if found is None:
            raise CommandError("no psql is installed here") from None
        return found


def _variables(url: str) -> dict[str, str]:
    """The address as libpq's variables: on a command line every user of the machine could read the password."""
    names = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    given = conninfo_to_dict(url)
    return {names[keyword]: str(value) for keyword, value in given.items() if keyword in names}


@contextmanager
def _interrupts_left_to_psql() -> Iterator[None]:
    """Ctrl-C ends a query inside psql, not this command around it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # ignoring it outright would pass on to psql
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

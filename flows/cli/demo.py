"""`rasid demo`: the whole job on a sample newsroom, offline, in a database of its own that is gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, text

from db.engine import make_engine
from db.feeds import add_feeds
from db.migrate import upgrade
from flows.catalogue.opml import parse_opml
from flows.catalogue.specs import feed_specs
from flows.cli.errors import FAILED
from flows.cli.fetch import read_file_or_url
from flows.cli.incidents import incident_table
from flows.cli.ingest import cycle, show
from flows.cli.show import console, table
from flows.clock import utc_now
from flows.newsroom import newsroom
from flows.services.postgres import embedded_postgres
from flows.settings import Settings

_OFFLINE = {"allow_private_hosts": True, "host_delay": 0.0, "host_connections": 16}


def demo() -> int:
    """Serve a small sample newsroom on this machine, ingest it, and show the incidents found. Needs no network."""
    settings = Settings.load().model_copy(update=_OFFLINE)
    output = console()
    with _database() as engine, newsroom(utc_now()) as room:
        output.print(f"A newsroom of {len(room.outlets)} outlets is served at {room.base}, for as long as this runs.")
        with engine.begin() as connection:
            sources = parse_opml(read_file_or_url(room.opml_url, settings))
            add_feeds(connection, feed_specs(sources), now=utc_now())
        report = cycle(engine, settings, None, output)
        show(report, output)
        _incidents(engine, output)
        _queries(engine, output)
    output.print("\nmake run does this with real feeds; rasid sql asks its database in the same way.")
    return 0 if report.worked else FAILED


@contextmanager
def _database() -> Iterator[Engine]:
    with (
        tempfile.TemporaryDirectory(prefix="rasid-demo-") as folder,
        embedded_postgres(Path(folder), durable=False) as server,
    ):
        engine = make_engine(server.url(), pool_size=10)
        try:
            upgrade(engine)
            yield engine
        finally:
            engine.dispose()


def _incidents(engine: Engine, output: Console) -> None:
    with engine.connect() as connection:
        output.print()
        output.print(incident_table(connection))


def _queries(engine: Engine, output: Console) -> None:
    output.print("\nSome queries to go on with, and what they say here:")
    with engine.connect() as connection:
        for query in queries():
            found = connection.execute(text(query))
            output.print(f"\n{query}\n", markup=False)
            output.print(table(list(found.keys()), found.all(), cut="evidence"))


def queries() -> list[str]:
    """The queries that are shown, each with the comment that says what it asks."""
    written = files("flows.cli").joinpath("demo.sql").read_text(encoding="utf-8")
    return [query.strip() + ";" for query in written.split(";") if query.strip()]

"""The database that a command works on: the one that the settings name, or the embedded one for as long as needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from db.engine import make_engine
from db.revision import is_current
from flows.services.postgres import EmbeddedPostgres
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is. `embedded` is its server where that is ours."""

    url: str
    embedded: EmbeddedPostgres | None = None


@contextmanager
def place(settings: Settings) -> Iterator[Place]:
    """The database's address while the block runs; the embedded server runs as long, and longer if others use it.

    Raises:
        PostgresUnavailable: the embedded server cannot be started.
    """
    if settings.database_url is not None:
        yield Place(settings.database_url.get_secret_value())
        return
    with EmbeddedPostgres(embedded_folder(settings.home)) as server:
        yield Place(server.url(), server)


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """An engine on the database for commands that look and list; brought up to this code's revision if it is not.

    Raises:
        PostgresUnavailable, DatabaseTooNew, sqlalchemy.exc.OperationalError: it cannot be used.
    """
    with _engine(settings, 5) as engine:
        if not is_current(engine):
            _upgrade(engine)
        yield engine


@contextmanager
def migrated(settings: Settings, *, pool_size: int = 5) -> Iterator[Engine]:
    """An engine on the database for commands that code articles; with the revision and the taxonomy of this code.

    Raises:
        PostgresUnavailable, DatabaseTooNew, sqlalchemy.exc.OperationalError: it cannot be used.
    """
    with _engine(settings, pool_size) as engine:
        _upgrade(engine)
        yield engine


@contextmanager
def _engine(settings: Settings, pool_size: int) -> Iterator[Engine]:
    with place(settings) as found:
        engine = make_engine(found.url, pool_size=pool_size)
        try:
            yield engine
        finally:
            engine.dispose()


def _upgrade(engine: Engine) -> None:
    from db.migrate import upgrade  # noqa: PLC0415 - alembic is slow to load, and rarely needed

    upgrade(engine)


def embedded_folder(home: Path) -> Path:
    """Where the embedded server keeps its data under Rasid's home."""
    return home / "postgres"

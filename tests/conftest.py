"""A real PostgreSQL for all tests: one embedded server a run, one migrated database a worker, one fixed moment."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text

from db import migrate
from db.crosswalks import sync_crosswalks
from db.engine import make_engine
from db.tables import Base
from db.taxonomy import sync_event_types
from flows.services.postgres import EmbeddedPostgres, embedded_postgres

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The moment at which every test happens."""
    return NOW


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[EmbeddedPostgres]:
    """The run's server: the first worker starts it, the last one stops it."""
    # Not pytest's own folder: that one is closed to the user that the server runs as under root.
    folder = Path(tempfile.gettempdir()) / f"rasid-tests-{testrun_uid[:12]}"
    with embedded_postgres(folder, durable=False) as server:
        yield server
    if not server.is_running():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_database_url(postgres: EmbeddedPostgres, worker_id: str) -> str:
    """A database of this worker's own without a schema, for the tests of migrations."""
    return _make_database(postgres, f"empty_{worker_id}")


@pytest.fixture(scope="session")
def database_url(postgres: EmbeddedPostgres, worker_id: str) -> str:
    """A database of this worker's own, built by the migrations."""
    url = _make_database(postgres, f"rasid_{worker_id}")
    engine = make_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def _engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(_engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is rolled back after the test."""
    with _engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def engine(_engine: Engine) -> Iterator[Engine]:
    """An engine for code that commits: all rows are removed after the test."""
    yield _engine
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with _engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        sync_event_types(connection)
        sync_crosswalks(connection)


def _make_database(server: EmbeddedPostgres, name: str) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} OWNER rasid")
    return server.url(name, role="rasid")

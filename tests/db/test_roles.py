"""Roles: analysts read and change nothing, and the service is no superuser."""

import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import Connection, make_url, text

from db import advisory, migrate
from db.engine import make_engine
from db.roles import ANALYST_ROLE, grant_analysts
from db.views import FOR_ANALYSTS
from flows.services.postgres import EmbeddedPostgres

FORBIDDEN = (
    "SELECT * FROM articles",
    "SELECT * FROM fetches",
    "SELECT * FROM incident_states",
    "SELECT * FROM feeds",
    "INSERT INTO event_types VALUES ('x', 'x', 'x', 'x', 1)",
    "UPDATE incidents SET place = 'x'",
    "DELETE FROM incident_members",
    "TRUNCATE countries",
    "CREATE TABLE mine (n int)",
    "CREATE TEMP TABLE mine (n int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION file_fdw",
    "CREATE ROLE other",
    "CREATE DATABASE other",
    "ALTER ROLE rasid_analyst SUPERUSER",
    "ALTER ROLE rasid_analyst CREATEROLE",
    "ALTER TABLE incidents OWNER TO rasid_analyst",
    "GRANT rasid TO rasid_analyst",
    "SET ROLE rasid",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT lo_create(0)",
    f"SELECT pg_advisory_lock({advisory.LINKING})",
    f"SELECT pg_try_advisory_xact_lock_shared({advisory.SERVICE})",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY countries TO '/tmp/countries'",
    "COPY countries TO PROGRAM 'true'",
    "SELECT refresh_incidents(ARRAY[1], now())",
    "SELECT incident_merge(ARRAY[1, 2], 'x', 'x')",
    "SELECT rolpassword FROM pg_authid",
    "ALTER SYSTEM SET work_mem = '1GB'",
)


@pytest.fixture(scope="module")
def served(postgres: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    """The server with Rasid's own database migrated, as `rasid up` leaves it."""
    engine = make_engine(postgres.url("rasid"))
    migrate.upgrade(engine)
    engine.dispose()
    return postgres


@pytest.fixture
def analyst(served: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    with psycopg.connect(served.url("rasid", role=ANALYST_ROLE), autocommit=True) as connection:
        yield connection


def test_analysts_read_every_view(analyst: psycopg.Connection) -> None:
    """Each view, and each table that goes with one, answers; so do the functions that look in them."""
    for name in FOR_ANALYSTS:
        analyst.execute(f"SELECT * FROM {name} LIMIT 1")
    for call in ("search_articles('x')", "search_incidents('x')", "incidents_near(0, 0, 1)", "incidents_as_of(now())"):
        analyst.execute(f"SELECT * FROM {call}")


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_analysts_change_nothing(analyst: psycopg.Connection, statement: str) -> None:
    """No table behind the views, no row, no object, no file and no other role is within their reach."""
    analyst.execute("SET default_transaction_read_only = off")  # whoever wants to harm does this first
    with pytest.raises((errors.InsufficientPrivilege, errors.ObjectNotInPrerequisiteState, errors.UndefinedFile)):
        analyst.execute(statement)


def test_analysts_sessions_begin_read_only(analyst: psycopg.Connection) -> None:
    """A right granted by mistake is not yet a table lost by mistake; and no query of theirs runs for hours."""
    assert analyst.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
    assert analyst.execute("SHOW statement_timeout").fetchone() == ("5min",)


def test_the_service_is_no_superuser(served: EmbeddedPostgres) -> None:
    """The role that the service runs as owns its database and nothing else on the server."""
    with psycopg.connect(served.url("rasid")) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        member = connection.execute(
            "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole"
        ).fetchone()
    assert rights == (False,) * 5
    assert member == (0,)


def test_a_role_made_later_has_its_rights(connection: Connection) -> None:
    """Where the administrator makes the role after the tables, the next start grants what it may read."""
    connection.execute(text(f"REVOKE SELECT ON incidents FROM {ANALYST_ROLE}"))
    grant_analysts(connection)
    assert connection.execute(text(f"SELECT has_table_privilege('{ANALYST_ROLE}', 'incidents', 'SELECT')")).scalar()


def test_the_administrators_script(postgres: EmbeddedPostgres, worker_id: str) -> None:
    """One command makes both roles and the database on any server; a second time it changes nothing."""
    from pathlib import Path  # noqa: PLC0415

    script = Path(__file__).parents[2] / "deploy" / "roles.sql"
    name = f"made_{worker_id}"
    address = make_url(postgres.url("postgres")).render_as_string(hide_password=False)
    for _ in range(2):
        command = [
            postgres.program("psql"),
            "--quiet",
            "--no-psqlrc",
            "--set",
            f"database={name}",
            "--file",
            script,
            address,
        ]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
    engine = make_engine(postgres.url(name, role="rasid"))
    migrate.upgrade(engine)
    engine.dispose()
    with psycopg.connect(postgres.url(name, role=ANALYST_ROLE)) as connection:
        assert connection.execute("SELECT count(*) FROM incidents").fetchone() == (0,)
        connection.rollback()
        connection.read_only = False
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (n int)")

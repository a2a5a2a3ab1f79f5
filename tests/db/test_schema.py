"""The schema: its revisions, its comments, its views."""

import re
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from db import functions, migrate, revision, views
from db.engine import make_engine
from db.tables import Base
from extractors.taxonomy import taxonomy
from tests.db.linking.newsroom import explosion, link, publish

CATALOGUE = """
SELECT 'column ' || c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable || ' '
       || coalesce(c.column_default, '') || ' ' || coalesce(c.is_identity, '') || ' '
       || coalesce(col_description(format('%I.%I', c.table_schema, c.table_name)::regclass, c.ordinal_position), '')
FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name <> 'alembic_version'
UNION ALL
SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0
    AND conrelid::regclass::text <> 'alembic_version'
UNION ALL
SELECT 'index ' || replace(indexdef, schemaname || '.', '')
FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'alembic_version'
UNION ALL
SELECT 'table ' || c.relname || ' ' || coalesce(obj_description(c.oid), '') FROM pg_class AS c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
ORDER BY 1
"""


@pytest.fixture
def empty(empty_database_url: str) -> Engine:
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


def test_where_a_database_stands_is_seen_cheaply(empty: Engine) -> None:
    """A glance at the names of the revisions says the same as alembic: behind, or where the code wants it."""
    assert revision.newest() == migrate.head()
    assert not revision.is_current(empty)
    migrate.upgrade(empty)
    assert revision.is_current(empty)
    migrate.downgrade(empty, "-1")
    assert not revision.is_current(empty)


def test_down_and_up_again(empty: Engine) -> None:
    """Every revision can be undone, each on its own, and done again."""
    migrate.upgrade(empty)
    first = _catalogue(empty)
    for _ in range(_count_of_revisions()):
        migrate.downgrade(empty, "-1")
    with empty.connect() as connection:
        assert migrate.current(connection) is None
        assert {"alembic_version"} == set(inspect(connection).get_table_names())
        assert inspect(connection).get_view_names() == []
        assert _functions(connection) == {}
    migrate.upgrade(empty)

    assert first == _catalogue(empty)


def test_marks_are_carried_over(empty: Engine, now: datetime) -> None:
    """Marks as they were before they told the time become those by which linking finds reports and copies now."""
    marks = "SELECT bands FROM fingerprints UNION ALL SELECT blocks FROM clues ORDER BY 1"
    migrate.upgrade(empty)
    with empty.begin() as connection:
        publish(connection, explosion(), now)
        link(connection, now)
        wanted = list(connection.execute(text(marks)).scalars())
    migrate.downgrade(empty, "20261122_2050_polls_in_part")
    with empty.begin() as connection:
        for table, column in (("fingerprints", "bands"), ("clues", "blocks")):
            known = f"SELECT mark & 1099511627775 FROM unnest({column}) AS mark"
            connection.execute(text(f"UPDATE {table} SET {column} = ARRAY({known})"))
        assert wanted != list(connection.execute(text(marks)).scalars())
    migrate.upgrade(empty)
    with empty.connect() as connection:
        assert wanted == list(connection.execute(text(marks)).scalars())


def test_no_drift(database_url: str) -> None:
    """Models and migrations describe the same tables, by alembic's own judgement."""
    engine = make_engine(database_url)
    migrate.check(engine)
    engine.dispose()


def test_no_drift_in_checks_and_comments(empty: Engine) -> None:
    """Models and migrations agree in what alembic does not compare: checks, names of constraints, partial indexes."""
    migrate.upgrade(empty)
    migrated = _catalogue(empty)
    with empty.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        Base.metadata.create_all(connection)

    assert _catalogue(empty) == migrated


def test_a_newer_database_is_refused(empty: Engine) -> None:
    """A database that a newer Rasid migrated is left alone, with a line that says so."""
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '29990101_0000_later'"))

    with pytest.raises(migrate.DatabaseTooNew, match=r"29990101_0000_later.*newer"):
        migrate.upgrade(empty)


def test_starts_together_migrate_once(empty: Engine) -> None:
    """Services that start at the same moment take turns: one migrates, the others find it done."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrate.upgrade(empty), range(4)))
    with empty.connect() as connection:
        assert migrate.head() == migrate.current(connection)


def test_everything_is_explained(connection: Connection) -> None:
    """Every table, view and column has a comment that an analyst can read."""
    bare = connection.execute(
        text("""
        SELECT c.relname || coalesce('.' || a.attname, '') FROM pg_class AS c
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
            AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
        """)
    ).all()

    assert bare == []


@pytest.mark.parametrize("name", views.NAMES)
def test_views_are_what_their_files_say(connection: Connection, name: str) -> None:
    """The view that the revisions made is the one that stands in db/views, with the same comments."""
    made = _view(connection, name)
    connection.execute(text(f"DROP VIEW {name} CASCADE"))  # rolled back, with what rests on it
    for statement in _statements(views.source(name)):
        connection.exec_driver_sql(statement)

    assert _view(connection, name) == made


@pytest.mark.parametrize("name", functions.NAMES)
def test_functions_are_what_their_files_say(connection: Connection, name: str) -> None:
    """The functions that the revisions made are those that stand in db/functions, with the same comments."""
    before = _functions(connection)
    script = functions.source(name).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    connection.exec_driver_sql(script.replace("%", "%%"))

    assert _functions(connection) == before


def test_every_function_is_explained(connection: Connection) -> None:
    """Every function says what goes in and what comes out."""
    assert [signature for signature, (_, comment) in _functions(connection).items() if not comment] == []


def test_the_taxonomy_is_a_table(connection: Connection) -> None:
    """Analysts find the codebook's kinds of incidents with their definitions, in its order."""
    rows = connection.execute(
        text("SELECT domain, event_type, sub_event_type, definition FROM event_types ORDER BY position")
    ).all()

    assert [(k.domain, k.event_type, k.sub_event_type, k.definition) for k in taxonomy()] == [tuple(r) for r in rows]


def test_analysts_read_views_and_nothing_else(connection: Connection) -> None:
    """The analysts' role sees views and the taxonomy, and can neither see tables nor change anything."""
    seen = connection.execute(
        text("""
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
            AND has_table_privilege('rasid_analyst', oid, 'SELECT')
        """)
    ).scalars()
    changeable = connection.execute(
        text("""
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
            AND has_table_privilege('rasid_analyst', oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        """)
    ).scalars()

    assert {*views.FOR_ANALYSTS, "alembic_version"} == set(seen)  # the revision, which commands that read ask for
    assert list(changeable) == []


def test_sessions_speak_utc(connection: Connection) -> None:
    """Times come out in UTC whatever the server's own zone."""
    assert connection.execute(text("SHOW timezone")).scalar() == "UTC"


def _catalogue(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text(CATALOGUE)).scalars())


def _count_of_revisions() -> int:
    from importlib.resources import files  # noqa: PLC0415

    return sum(bool(re.match(r"\d{8}_\d{4}_\w+\.py", path.name)) for path in files("migrations.versions").iterdir())


def _statements(script: str) -> list[str]:
    return [part.replace("%", "%%") for part in re.split(r";\n", script) if part.strip()]


def _functions(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Signature: definition and comment, of all functions of ours."""
    found = text("""
        SELECT oid::regprocedure::text, pg_get_functiondef(oid), obj_description(oid)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """)
    return {signature: (definition, comment) for signature, definition, comment in connection.execute(found)}


def _view(connection: Connection, name: str) -> list[str | None]:
    about = text("""
        SELECT coalesce(col_description(c.oid, a.attnum), '') FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relname = :name AND c.relnamespace = 'public'::regnamespace ORDER BY a.attnum
    """)
    definition = connection.execute(text("SELECT pg_get_viewdef(CAST(:name AS regclass))"), {"name": name}).scalar()
    return [definition, *connection.execute(about, {"name": name}).scalars()]

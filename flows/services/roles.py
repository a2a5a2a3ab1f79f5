"""The embedded server's databases and roles, each with no more rights than it needs."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from db.roles import ANALYST_ROLE

BOOTSTRAP_ROLE = "postgres"  # the only superuser: it makes the others and is not used again
DATABASES: Mapping[str, str] = {"rasid": "rasid", "prefect": "prefect"}  # each with the role that owns it
WAIT_SECONDS = 60

# As deploy/roles.sql does on other servers. Whoever may connect may make large objects, unless told otherwise, and may
# hold the locks by which workers take turns.
_ANALYST = f"""
ALTER ROLE {ANALYST_ROLE} CONNECTION LIMIT 50;
ALTER ROLE {ANALYST_ROLE} SET default_transaction_read_only = on;
ALTER ROLE {ANALYST_ROLE} SET statement_timeout = '5min';
ALTER ROLE {ANALYST_ROLE} SET idle_in_transaction_session_timeout = '10min';
"""
_READING_ONLY = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_import(text),
    lo_import(text, oid) FROM PUBLIC;
DO $$
DECLARE called regprocedure;
BEGIN
    FOR called IN SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %1$s FROM PUBLIC; GRANT EXECUTE ON FUNCTION %1$s TO rasid', called);
    END LOOP;
END $$;
"""


def prepare_databases(url: str) -> None:
    """Make what is missing of roles and databases, over a connection of the bootstrap role.

    A database is its owner's alone; analysts may connect to the one that they read.
    """
    with psycopg.connect(url, autocommit=True, connect_timeout=WAIT_SECONDS) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        for role in {*DATABASES.values(), ANALYST_ROLE} - roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        for database in DATABASES.keys() - known:
            names = {"database": sql.Identifier(database), "owner": sql.Identifier(DATABASES[database])}
            connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE rasid TO {}").format(sql.Identifier(ANALYST_ROLE)))
        connection.execute(_ANALYST)
    with psycopg.connect(url, dbname="rasid", autocommit=True, connect_timeout=WAIT_SECONDS) as connection:
        connection.execute(_READING_ONLY)

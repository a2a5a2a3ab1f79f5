"""The embedded server's databases and roles, each with no more rights than it needs."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

BOOTSTRAP_ROLE = "postgres"  # the only superuser: it makes the others and is not used again
ANALYST_ROLE = "rasid_analyst"
DATABASES: Mapping[str, str] = {"rasid": "rasid", "prefect": "prefect"}  # each with the role that owns it
WAIT_SECONDS = 60


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

"""What the analysts' role may read: granted after every migration, so that a role made later has its rights too."""

from sqlalchemy import Connection, text

from db.views import FOR_ANALYSTS

ANALYST_ROLE = "rasid_analyst"

_REVISION = "alembic_version"  # commands that only read ask for it first

_EXISTS = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
_UNGRANTED = text("""
SELECT quote_ident(name) FROM unnest(CAST(:names AS text[])) AS given (name)
WHERE to_regclass(quote_ident(name)) IS NOT NULL AND NOT has_table_privilege(:role, quote_ident(name), 'SELECT')
""")


def grant_analysts(connection: Connection) -> None:
    """Let analysts read views, and the tables that go with them; does nothing where the role is still to be made."""
    if not connection.execute(_EXISTS, {"role": ANALYST_ROLE}).scalar():
        return
    readable = [*FOR_ANALYSTS, _REVISION]
    names = list(connection.execute(_UNGRANTED, {"role": ANALYST_ROLE, "names": readable}).scalars())
    if names:
        connection.execute(text(f"GRANT SELECT ON {', '.join(names)} TO {ANALYST_ROLE}"))

"""How alembic reaches the database: over the connection that db/migrate.py hands it, or RASID_DATABASE_URL by hand."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alembic import context
from sqlalchemy import Connection

from db.engine import make_engine
from db.taxonomy import sync_event_types
from db.tables import Base

if TYPE_CHECKING:
    from alembic.operations import MigrationScript


def _name_by_time(_context: object, _revision: object, directives: "list[MigrationScript]") -> None:
    """Revisions are named by the minute in which they are made: they sort, and their files read."""
    for script in directives:
        script.rev_id = datetime.now(UTC).strftime("%Y%m%d_%H%M")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        process_revision_directives=_name_by_time,
    )
    with context.begin_transaction():
        context.run_migrations()
    sync_event_types(connection)


def _by_hand() -> None:
    """For `alembic revision --autogenerate` and the like; services migrate through db/migrate.py."""
    from flows.settings import Settings, SettingsError  # noqa: PLC0415 - nothing else here looks upwards

    url = Settings().database_url
    if url is None:
        raise SettingsError("RASID_DATABASE_URL names no database to migrate")
    with make_engine(url.get_secret_value()).begin() as connection:
        _migrate(connection)


given: Connection | None = context.config.attributes.get("connection")
if given is None:
    _by_hand()
else:
    _migrate(given)

"""How alembic reaches the database: over the connection that db/migrate.py hands it, or RASID_DATABASE_URL by hand."""

from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from db.crosswalks import sync_crosswalks
from db.engine import make_engine
from db.roles import grant_analysts
from db.schema import StorableText, StorableTexts
from db.tables import Base
from db.taxonomy import sync_event_types

if TYPE_CHECKING:
    from alembic.operations import MigrationScript


def _name_by_time(_context: object, _revision: object, directives: "list[MigrationScript]") -> None:
    """Revisions are named by the minute in which they are made: they sort, and their files read."""
    from flows.clock import utc_now  # noqa: PLC0415 - for the developer's command alone

    for script in directives:
        script.rev_id = utc_now().strftime("%Y%m%d_%H%M")


def _plain_types(kind: str, item: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401 - alembic's own
    """Revisions name PostgreSQL's types, not ours, which may change after them."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return {StorableText: "sa.Text()", StorableTexts: "sa.ARRAY(sa.Text())"}.get(type(item), "postgresql.JSONB()")
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        process_revision_directives=_name_by_time,
        render_item=_plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()
    sync_event_types(connection)
    sync_crosswalks(connection)
    grant_analysts(connection)


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

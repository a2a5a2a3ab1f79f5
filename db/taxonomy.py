"""The table of event types is kept equal to the taxonomy that the extractors use."""

from dataclasses import asdict

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects.postgresql import insert

from db.tables import EventTypeRow
from extractors.taxonomy import taxonomy

_COLUMNS = ("event_type", "domain", "definition", "position")


def sync_event_types(connection: Connection) -> None:
    """Bring names and definitions up to the code's; does nothing on an empty database. Kinds are never deleted."""
    if not inspect(connection).has_table(EventTypeRow.__tablename__):
        return
    rows = [asdict(kind) | {"position": position} for position, kind in enumerate(taxonomy(), start=1)]
    statement = insert(EventTypeRow)
    new = statement.excluded
    changed = EventTypeRow.definition.is_distinct_from(new.definition) | (EventTypeRow.position != new.position)
    changed |= (EventTypeRow.event_type != new.event_type) | (EventTypeRow.domain != new.domain)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[EventTypeRow.sub_event_type], set_={name: new[name] for name in _COLUMNS}, where=changed
        ),
        rows,
    )

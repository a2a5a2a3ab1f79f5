"""Analysts' decisions -> the SQL functions that carry them out, and the grouping that follows."""

from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

_MERGE = text("SELECT incident_merge(CAST(:incidents AS bigint[]), :by, :why)")
_SPLIT = text("SELECT incident_split(:incident, CAST(:reports AS bigint[]), :by, :why)")
_PIN = text("SELECT incident_pin(:incident, :by, :why)")
_REVOKE = text("SELECT incident_revoke(:decision, :why)")
_INVALID = "22023"  # what the functions raise where a number means nothing


class NotDecidable(ValueError):  # noqa: N818 - reads as what is the matter
    """A decision that speaks of incidents or reports which are not there; the text says which."""


def merge(connection: Connection, incidents: Sequence[int], *, by: str | None = None, why: str | None = None) -> int:
    """Make one incident of several; its number. Raises NotDecidable."""
    return _call(connection, _MERGE, incidents=list(incidents), by=by, why=why)


def split(
    connection: Connection, incident: int, reports: Sequence[int], *, by: str | None = None, why: str | None = None
) -> int:
    """Take reports out of an incident; the number of the incident that they make. Raises NotDecidable."""
    return _call(connection, _SPLIT, incident=incident, reports=list(reports), by=by, why=why)


def pin(connection: Connection, incident: int, *, by: str | None = None, why: str | None = None) -> int:
    """Let nothing join or leave an incident; the decision's number. Raises NotDecidable."""
    return _call(connection, _PIN, incident=incident, by=by, why=why)


def revoke(connection: Connection, decision: int, *, why: str | None = None) -> bool:
    """Take a decision back. False where there is none that stands."""
    return bool(_call(connection, _REVOKE, decision=decision, why=why))


def _call(connection: Connection, statement: object, **values: object) -> int:
    try:
        return int(connection.execute(statement, values).scalar_one())  # type: ignore[call-overload]
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _INVALID:
            raise NotDecidable(str(error.orig).split("\n")[0]) from error
        raise

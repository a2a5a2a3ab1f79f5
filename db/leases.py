"""Claims on work: who holds what until when, so that any number of workers share it and a killed one loses nothing."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

LEASE = timedelta(minutes=10)
"""Long enough for the slowest feed or batch of pages; what a killed worker held is free again after it."""


class LeaseLost(RuntimeError):  # noqa: N818 - reads as what is the matter
    """The claim expired and another worker took it: what it did must not be recorded over the other's."""


def release_leases(connection: Connection, *, owner: str) -> int:
    """Give back all that a worker holds, when it ends in order -> how many feeds and pages."""
    return _release(connection, "lease_owner = :owner", owner=owner)


def release_expired(connection: Connection, *, now: datetime) -> int:
    """Clear the names of workers that did not come back. Their work is free without this; the table reads better."""
    return _release(connection, "lease_until <= :now", now=now)


def _release(connection: Connection, condition: str, **values: object) -> int:
    freed = 0
    for table in ("feeds", "pages"):
        statement = f"UPDATE {table} SET lease_owner = NULL, lease_until = NULL WHERE {condition}"  # noqa: S608
        freed += connection.execute(text(statement), values).rowcount
    return freed

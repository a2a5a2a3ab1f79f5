"""Claims on work: who holds what until when, so that any number of workers share it and a killed one loses nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, text

Taken = TypeVar("Taken")
ROUNDS = 5

LEASE = timedelta(minutes=10)
"""Long enough for the slowest feed or batch of pages; what a killed worker held is free again after it."""


class LeaseLost(RuntimeError):  # noqa: N818 - reads as what is the matter
    """The claim expired and another worker took it: what it did must not be recorded over the other's."""


def claim(
    find: Callable[[int], Sequence[int]],
    take: Callable[[Sequence[int]], Sequence[Taken]],
    *,
    limit: int,
    once: bool = False,
) -> list[Taken]:
    """Take up to `limit` of what `find` finds, in its order, going on where other workers were quicker.

    `find` gives ids that look free, for a number wanted; `take` takes those of them that still are. These are two steps
    because in one statement the planner, knowing little of a young table, joins every waiting row with every other.
    """
    taken: list[Taken] = []
    for _ in range(1 if once else ROUNDS):
        found = find(limit - len(taken))
        if not found:
            break
        while found and len(taken) < limit:
            wanted = limit - len(taken)
            taken += take(found[:wanted])
            found = found[wanted:]
        if len(taken) >= limit:
            break
    return taken


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

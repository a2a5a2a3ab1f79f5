"""The retention policy, applied: what is older than it says is let go, in small transactions that hold nobody up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from db.leases import release_expired
from db.retention import drop_bodies, drop_polls


@dataclass(frozen=True, slots=True)
class Policy:
    """For how many days things are kept; None for ever."""

    pages: int | None = None
    polls: int | None = None


@dataclass(frozen=True, slots=True)
class Retained:
    """What was let go, in numbers."""

    pages: int
    polls: int
    leases: int


def retain(engine: Engine, policy: Policy, *, now: datetime) -> Retained:
    """Apply the policy. It may be interrupted and run again."""
    return Retained(
        pages=_until_none(engine, policy.pages, now, lambda connection, before: drop_bodies(connection, before=before)),
        polls=_until_none(engine, policy.polls, now, lambda connection, before: drop_polls(connection, before=before)),
        leases=_expired(engine, now),
    )


def _until_none(engine: Engine, days: int | None, now: datetime, drop: Callable[[Connection, datetime], int]) -> int:
    dropped, more = 0, days is not None
    while more and days is not None:
        with engine.begin() as connection:
            count = drop(connection, now - timedelta(days=days))
        dropped, more = dropped + count, count > 0
    return dropped


def _expired(engine: Engine, now: datetime) -> int:
    with engine.begin() as connection:
        return release_expired(connection, now=now)

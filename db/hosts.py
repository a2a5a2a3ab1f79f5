"""What workers agree on about hosts: one after the other, none during a pause, and one reading of robots.txt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert

from db.tables import HostRow, RobotsRow

LONGEST_LINE = 150.0  # seconds: who would have to stand longer comes back later
LONGEST_PAUSE = timedelta(days=1)
RobotsOutcome = Literal["read", "none", "unavailable"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many requests to one host, so many seconds apart."""

    delay: float
    count: int


@dataclass(frozen=True, slots=True)
class Turns:
    """When they may start: the first in `wait` seconds, each later one a delay after. Not granted: ask again then.

    Of those that were wanted, only the first `count` have a turn; the others would stand too long.
    """

    wait: float
    granted: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """A robots.txt as it was last had. `body` is there where the outcome is "read", `reason` where it is not."""

    outcome: RobotsOutcome
    body: str | None
    reason: str | None
    expires_at: datetime


_KNOW = text("INSERT INTO hosts (host) SELECT unnest(CAST(:hosts AS text[])) ON CONFLICT DO NOTHING")
_HOLD = text("SELECT host, next_at, closed_until FROM hosts WHERE host = ANY(:hosts) ORDER BY host FOR UPDATE")
_TAKE = text("""
UPDATE hosts SET next_at = taken.next_at
FROM unnest(CAST(:hosts AS text[]), CAST(:moments AS timestamptz[])) AS taken (host, next_at)
WHERE hosts.host = taken.host
""")
_LOOK = text("SELECT host, NULL AS next_at, closed_until FROM hosts WHERE host = ANY(:hosts) AND closed_until > :now")


def take_turns(connection: Connection, wanted: Mapping[str, Wanted], *, now: datetime) -> dict[str, Turns]:
    """Reserve turns at hosts, each host's after those that any worker took before. With no delay nothing is kept."""
    paced = sorted(host for host, one in wanted.items() if one.delay > 0)
    others = [host for host in wanted if wanted[host].delay <= 0]
    known = list(connection.execute(_LOOK, {"hosts": others, "now": now})) if others else []
    if paced:
        connection.execute(_KNOW, {"hosts": paced})
        known += connection.execute(_HOLD, {"hosts": paced})
    found = {row.host: turns(row.next_at, row.closed_until, now) for row in known}
    granted = {host: _standing(found[host], wanted[host]) for host in paced if found[host].granted}
    if granted:
        moments = [_after(turn, wanted[host], now) for host, turn in granted.items()]
        connection.execute(_TAKE, {"hosts": list(granted), "moments": moments})
    refused = {host: turn for host, turn in found.items() if not turn.granted}
    return {host: granted.get(host) or refused.get(host) or _free(one) for host, one in wanted.items()}


def turns(next_at: datetime | None, closed_until: datetime | None, now: datetime) -> Turns:
    """When a host may be asked next. What lies too far ahead to be true is left by a clock that stepped back."""
    if closed_until is not None and now < closed_until <= now + LONGEST_PAUSE:
        return Turns((closed_until - now).total_seconds(), granted=False)
    wait = max((next_at - now).total_seconds(), 0.0) if next_at is not None else 0.0
    if wait > 4 * LONGEST_LINE:
        return Turns(0.0, granted=True)
    return Turns(wait, granted=wait <= LONGEST_LINE)


def _standing(first: Turns, wanted: Wanted) -> Turns:
    """The turns of those for whom the line is not too long."""
    fitting = 1 + int((LONGEST_LINE - first.wait) / wanted.delay)
    return replace(first, count=min(wanted.count, fitting))


def _free(wanted: Wanted) -> Turns:
    return Turns(0.0, granted=True, count=wanted.count)


def _after(turn: Turns, wanted: Wanted, now: datetime) -> datetime:
    return now + timedelta(seconds=turn.wait + wanted.delay * turn.count)


def close_host(connection: Connection, host: str, *, until: datetime, now: datetime) -> None:
    """Keep all workers away from a host until then; a shorter wish than one that holds already changes nothing."""
    until = min(until, now + LONGEST_PAUSE)
    statement = insert(HostRow).values(host=host, closed_until=until, closed_at=now)
    new = {"closed_until": until, "closed_at": now}
    longer = HostRow.closed_until.is_(None) | (HostRow.closed_until < until)
    connection.execute(statement.on_conflict_do_update(index_elements=[HostRow.host], set_=new, where=longer))


def kept_robots(connection: Connection, origin: str, *, now: datetime) -> KeptRobots | None:
    """The robots.txt of an origin, unless it is unknown or has to be asked for anew."""
    columns = (RobotsRow.outcome, RobotsRow.body, RobotsRow.reason, RobotsRow.expires_at)
    fresh = select(*columns).where(RobotsRow.origin == origin, RobotsRow.expires_at > now, RobotsRow.fetched_at <= now)
    row = connection.execute(fresh).one_or_none()
    return None if row is None else KeptRobots(*row)


def keep_robots(connection: Connection, origin: str, robots: KeptRobots, *, now: datetime) -> None:
    """Remember an origin's robots.txt for all workers."""
    values = {
        "outcome": robots.outcome,
        "body": robots.body,
        "reason": robots.reason,
        "fetched_at": now,
        "expires_at": robots.expires_at,
    }
    statement = insert(RobotsRow).values(origin=origin, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[RobotsRow.origin], set_=values))

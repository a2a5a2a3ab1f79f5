"""Coded articles -> incidents: what is owed linking, batch by batch, or everything anew."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine

from db.linking.run import LinkCounts, link_due, regroup_after, relink_after
from flows.clock import utc_now
from flows.steps.store import Store

Tell = Callable[[LinkCounts], None]
Anew = Callable[..., tuple[int, LinkCounts]]


async def link_all(store: Store) -> LinkCounts:
    """Link what is owed, in transactions of some pages each. Raises DatabaseLost."""
    total = LinkCounts()
    while (counts := await store.run(partial(_link, now=store.clock()))).pages:
        total += counts
    return total


def _link(connection: Connection, now: datetime) -> LinkCounts:
    return link_due(connection, now=now)


def link(engine: Engine, *, clock: Callable[[], datetime] = utc_now, tell: Tell = lambda _: None) -> LinkCounts:
    """Link what is owed; may be interrupted and run again."""
    total = LinkCounts()
    while True:
        with engine.begin() as connection:
            counts = link_due(connection, now=clock())
        if not counts.pages:
            return total
        total += counts
        tell(total)


def rebuild(engine: Engine, *, clock: Callable[[], datetime] = utc_now, tell: Tell = lambda _: None) -> LinkCounts:
    """Link everything anew: first fingerprints, clues and links, then the incidents.

    Incidents keep their numbers, decisions hold, history goes on. May be interrupted; then it starts from the front.
    """
    total = link(engine, clock=clock, tell=tell)
    steps: tuple[Anew, ...] = (relink_after, partial(regroup_after, now=clock()))
    for step in steps:
        last = 0
        while True:
            with engine.begin() as connection:
                last, counts = step(connection, last)
            if not last:
                break
            total += counts
            tell(total)
    return total

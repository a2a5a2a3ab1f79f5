"""A clock that was set back: moments that lie ahead by its old time must not keep work waiting until then."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from db.leases import LEASE

SLACK = timedelta(minutes=2)  # machines that share a database differ by less
LONGEST_WAIT = timedelta(days=8)  # no retry and no recheck lies further ahead

_AHEAD = text("SELECT max(last_poll_at) - :now FROM feeds WHERE last_poll_at > :now + :slack")
_REPAIRS = (
    text("""
    UPDATE feeds SET next_poll_at = :now + interval_seconds * interval '1 second'
    WHERE last_poll_at > :now AND next_poll_at > :now + interval_seconds * interval '1 second'
    """),
    text("UPDATE feeds SET lease_until = :lease_end WHERE lease_until > :lease_end"),
    text("UPDATE pages SET lease_until = :lease_end WHERE lease_until > :lease_end"),
    text("""
    UPDATE pages SET due_at = :now
    WHERE due_at > :now AND attempts = 0 AND (stage <> 'fetch' OR fetch_id IS NULL)
    """),
    text("UPDATE pages SET due_at = :now + interval '1 day' WHERE due_at > :now + :longest"),
)


def clock_stepped_back(connection: Connection, *, now: datetime) -> timedelta | None:
    """By how much the clock was set back, if it was; then what waits for the old time is made due by the new one.

    Claims that still hold are cut to a lease from now: nobody's work is taken from them, and none is held for longer.
    """
    ahead: timedelta | None = connection.execute(_AHEAD, {"now": now, "slack": SLACK}).scalar()
    if ahead is None:
        return None
    values = {"now": now, "lease_end": now + LEASE, "longest": LONGEST_WAIT}
    for repair in _REPAIRS:
        connection.execute(repair, {name: values[name] for name in repair._bindparams})  # noqa: SLF001 - their names
    return ahead

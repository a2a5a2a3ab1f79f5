"""The clock, read here alone: everything else is told what time it is."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The moment of the call, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the place

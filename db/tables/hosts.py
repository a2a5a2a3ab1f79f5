"""Hosts, and what workers have to agree on about them: whose turn it is, who wants a pause, what robots.txt says."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base
from db.tables.feeds import one_of

ROBOTS_OUTCOMES = ("read", "none", "unavailable")


class HostRow(Base):
    """The clock of one host, shared by all workers."""

    __tablename__ = "hosts"
    __table_args__ = (
        Index("ix_hosts_closed_until", "closed_until", postgresql_where=text("closed_until IS NOT NULL")),
        {"comment": "Hosts that are asked politely: when the next request may start, and pauses that they asked for."},
    )

    host: Mapped[str] = mapped_column(primary_key=True, comment="Host without www.; with its port where unusual.")
    next_at: Mapped[datetime | None] = mapped_column(comment="When the next request of any worker may start.")
    closed_until: Mapped[datetime | None] = mapped_column(
        comment="Until when the host wants no request at all, by its Retry-After or for a 429."
    )
    closed_at: Mapped[datetime | None] = mapped_column(comment="When it asked for that pause.")


class RobotsRow(Base):
    """The robots.txt of one origin, as last asked for."""

    __tablename__ = "robots"
    __table_args__ = (
        CheckConstraint(one_of("outcome", ROBOTS_OUTCOMES), name="outcome_is_known"),
        CheckConstraint("(outcome = 'read') = (body IS NOT NULL)", name="body_is_read"),
        {"comment": "robots.txt of each origin: asked for once a day, and heeded by all workers."},
    )

    origin: Mapped[str] = mapped_column(primary_key=True, comment="Scheme, host and port whose rules these are.")
    outcome: Mapped[str] = mapped_column(
        comment="read · none (there is none, which allows all) · unavailable (the server fails: all is forbidden)."
    )
    body: Mapped[str | None] = mapped_column(comment="The file's text.")
    reason: Mapped[str | None] = mapped_column(comment="Why there is no text: one of a closed list of reasons.")
    fetched_at: Mapped[datetime] = mapped_column(comment="When it was asked for.")
    expires_at: Mapped[datetime] = mapped_column(comment="When it is to be asked for anew.")

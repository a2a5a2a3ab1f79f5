"""Hosts and their robots.txt, known to all workers; what feeds ask of those who poll them, kept between bodies.

The law of revisions: names of constraints as in db/schema.py; views frozen here, never read from db/views; what is
added is nullable or has a server default; adding, filling and removing are three revisions; downgrade() undoes all.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1545_hosts"
down_revision = "20261122_1540_crosswalks"
branch_labels = None
depends_on = None

# fmt: off

def _hints() -> list[sa.Column[Any]]:
    return [
        sa.Column("ttl_seconds", sa.Integer(), nullable=True, comment="Seconds between polls that the feed's own text asks for (ttl, sy:updatePeriod)."),
        sa.Column("max_age_seconds", sa.Integer(), nullable=True, comment="Seconds for which its last answer called itself fresh (Cache-Control: max-age)."),
        sa.Column("skip_hours", sa.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False, comment="Hours of the day (GMT) in which it asks not to be polled."),
        sa.Column("skip_days", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment="Days of the week (English, GMT) on which it asks not to be polled."),
    ]


def upgrade() -> None:
    for column in _hints():
        op.add_column("feeds", column)
    op.create_table("hosts",
        sa.Column("host", sa.Text(), nullable=False, comment="Host without www.; with its port where unusual."),
        sa.Column("next_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When the next request of any worker may start."),
        sa.Column("closed_until", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Until when the host wants no request at all, by its Retry-After or for a 429."),
        sa.Column("closed_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it asked for that pause."),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
        comment="Hosts that are asked politely: when the next request may start, and pauses that they asked for."
    )
    op.create_index("ix_hosts_closed_until", "hosts", ["closed_until"], unique=False, postgresql_where=sa.text("closed_until IS NOT NULL"))
    op.create_table("robots",
        sa.Column("origin", sa.Text(), nullable=False, comment="Scheme, host and port whose rules these are."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="read · none (there is none, which allows all) · unavailable (the server fails: all is forbidden)."),
        sa.Column("body", sa.Text(), nullable=True, comment="The file's text."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why there is no text: one of a closed list of reasons."),
        sa.Column("fetched_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was asked for."),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it is to be asked for anew."),
        sa.CheckConstraint("outcome IN ('read', 'none', 'unavailable')", name=op.f("ck_robots_outcome_is_known")),
        sa.CheckConstraint("(outcome = 'read') = (body IS NOT NULL)", name=op.f("ck_robots_body_is_read")),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots")),
        comment="robots.txt of each origin: asked for once a day, and heeded by all workers."
    )


def downgrade() -> None:
    op.drop_table("robots")
    op.drop_table("hosts")
    for column in reversed(_hints()):
        op.drop_column("feeds", column.name)

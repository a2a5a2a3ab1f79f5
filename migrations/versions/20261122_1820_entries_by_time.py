"""Entries by time and feed from an index alone: every ingest asks when sources bring news."""

from alembic import op

revision = "20261122_1820_entries_by_time"
down_revision = "20261122_1815_asked_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_entries_first_seen_at", "entries", ["first_seen_at"], postgresql_include=["feed_id"])


def downgrade() -> None:
    op.drop_index("ix_entries_first_seen_at", "entries")

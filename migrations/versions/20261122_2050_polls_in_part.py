"""The reason of a poll may also say that it was read in part."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2050_polls_in_part"
down_revision = "20261122_1920_maghreb_letters"
branch_labels = None
depends_on = None

BEFORE = "Why it failed: one of a closed list of reasons."
AFTER = "Why it failed: one of a closed list of reasons; or truncated, where it was read in part."


def upgrade() -> None:
    op.alter_column("polls", "reason", existing_type=sa.Text(), comment=AFTER, existing_comment=BEFORE)


def downgrade() -> None:
    op.alter_column("polls", "reason", existing_type=sa.Text(), comment=BEFORE, existing_comment=AFTER)

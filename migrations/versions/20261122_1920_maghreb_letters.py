"""The letters of the Maghreb for g and v are those of other papers for q and f."""

from migrations.frozen import run_frozen

revision = "20261122_1920_maghreb_letters"
down_revision = "20261122_1820_entries_by_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("20261122_1920_maghreb_letters.sql")


def downgrade() -> None:
    run_frozen("20261122_1920_maghreb_letters_before.sql")

"""A short word asked for with its article keeps its last letter."""

from migrations.frozen import run_frozen

revision = "20261122_1815_asked_forms"
down_revision = "20261122_1700_article_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_frozen("20261122_1815_asked_forms.sql")


def downgrade() -> None:
    run_frozen("20261122_1815_asked_forms_before.sql")

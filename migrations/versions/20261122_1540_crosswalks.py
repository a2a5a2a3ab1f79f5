"""Countries, and kinds of incidents in the terms of ACLED and PLOVER. The rows come from db/crosswalks."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1540_crosswalks"
down_revision = "20261122_1530_words"
branch_labels = None
depends_on = None

# fmt: off
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        GRANT SELECT ON countries, type_crosswalks TO rasid_analyst;
    END IF;
END
$$
"""


def upgrade() -> None:
    op.create_table("countries",
        sa.Column("country", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-2, as in incidents."),
        sa.Column("alpha3", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-3."),
        sa.Column("number", sa.Integer(), nullable=True, comment="ISO 3166-1 numeric. NULL where ISO gives none."),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as ACLED writes it."),
        sa.Column("region", sa.Text(), nullable=False, comment="Region as ACLED divides the world."),
        sa.PrimaryKeyConstraint("country", name=op.f("pk_countries")),
        comment="Countries: their codes, and their names and regions in ACLED."
    )
    op.create_table("type_crosswalks",
        sa.Column("sub_event_type", sa.Text(), nullable=False, comment="Kind of incident: defined in event_types."),
        sa.Column("disorder_type", sa.Text(), nullable=True, comment="ACLED's disorder type. NULL outside its domain."),
        sa.Column("plover_event_type", sa.Text(), nullable=True, comment="PLOVER's event type. NULL where it has none."),
        sa.Column("plover_mode", sa.Text(), nullable=True, comment="PLOVER's mode. NULL where the kind does not tell it."),
        sa.Column("plover_context", sa.Text(), nullable=True, comment="PLOVER's context, where the kind tells it."),
        sa.ForeignKeyConstraint(["sub_event_type"], ["event_types.sub_event_type"], name=op.f("fk_type_crosswalks_sub_event_type_event_types")),
        sa.PrimaryKeyConstraint("sub_event_type", name=op.f("pk_type_crosswalks")),
        comment="Each kind of incident in the terms of ACLED and PLOVER."
    )
    op.execute(GRANT)


def downgrade() -> None:
    op.drop_table("type_crosswalks")
    op.drop_table("countries")

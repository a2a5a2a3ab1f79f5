"""Marks of one span of days are neighbours in the index, so that linking costs the same beside years of news."""

from alembic import op

revision = "20261122_2150_marks_by_time"
down_revision = "20261122_2050_polls_in_part"
branch_labels = None
depends_on = None

# The span of days comes before the last 40 bits of the mark as it was. What lies over two spans gets both: one mark
# too many finds nothing that is not compared anyway.
FINGERPRINTS = """
UPDATE fingerprints SET bands = ARRAY(
    SELECT (((day - DATE '0001-01-01' + 1) / 30)::bigint << 40) | (mark & ((1::bigint << 40) - 1))
    FROM unnest(bands) AS mark
)
"""
CLUES = """
UPDATE clues SET blocks = ARRAY(
    SELECT DISTINCT (span::bigint << 40) | (mark & ((1::bigint << 40) - 1))
    FROM unnest(blocks) AS mark, unnest(ARRAY[first_day / 21, last_day / 21]) AS span
    ORDER BY 1
)
"""


def upgrade() -> None:
    op.drop_index("ix_fingerprints_bands", "fingerprints")
    op.drop_index("ix_clues_blocks", "clues")
    op.execute(FINGERPRINTS)
    op.execute(CLUES)
    for name, table, column in (
        ("ix_fingerprints_bands", "fingerprints", "bands"),
        ("ix_clues_blocks", "clues", "blocks"),
    ):
        op.create_index(name, table, [column], postgresql_using="gin", postgresql_with={"fastupdate": "off"})


def downgrade() -> None:
    """The marks stay: what they were before cannot be had from them, and `rasid link --rebuild` makes them anew."""

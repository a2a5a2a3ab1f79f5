"""${message}.

The law of revisions: names of constraints as in db/schema.py; views frozen here, never read from db/views; what is
added is nullable or has a server default; adding, filling and removing are three revisions; downgrade() undoes all.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}

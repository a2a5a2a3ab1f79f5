"""Incidents as analysts see them: views, history, and the functions by which they are decided about."""

from alembic import op

from migrations.frozen import run_frozen

revision = "20261122_1551_incidents"
down_revision = "20261122_1550_linking"
branch_labels = None
depends_on = None

WRITERS = (
    "refresh_incidents(bigint[], timestamptz)",
    "incident_merge(bigint[], text, text)",
    "incident_split(bigint, bigint[], text, text)",
    "incident_pin(bigint, text, text)",
    "incident_revoke(bigint, text)",
)
READ = "article_copies, incident_history, incidents, incident_members, incident_changes, incident_decisions"
TABLES = "incident_members, incident_changes, incident_decisions"

FOR_ANALYSTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        {statement};
    END IF;
END
$$
"""


def upgrade() -> None:
    run_frozen("20261122_1551_incidents.sql")
    for function in WRITERS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    op.execute(FOR_ANALYSTS.format(statement=f"GRANT SELECT ON {READ} TO rasid_analyst"))


def downgrade() -> None:
    op.execute(FOR_ANALYSTS.format(statement=f"REVOKE SELECT ON {TABLES} FROM rasid_analyst"))  # noqa: S608
    for function in ("incidents_as_of(timestamptz)", *WRITERS):
        op.execute(f"DROP FUNCTION {function}")
    for view in ("incidents", "incident_history", "article_copies"):
        op.execute(f"DROP VIEW {view}")

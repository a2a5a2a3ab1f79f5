"""Counts, series, places and words of incidents for analysts; incidents in ACLED's and PLOVER's terms."""

from alembic import op

from migrations.frozen import run_frozen

revision = "20261122_1605_analysis"
down_revision = "20261122_1551_incidents"
branch_labels = None
depends_on = None

# fmt: off
FUNCTIONS = (
    "search_incidents(text, date, date, text[], text[], bigint)",
    "incidents_by_province(date, date, text[], text[])",
    "incident_series(date, date, text, text[], text[])",
    "incidents_within(double precision, double precision, double precision, double precision, date, date, bigint)",
    "incidents_near(double precision, double precision, double precision, date, date, bigint)",
    "boxes_around(double precision, double precision, double precision)",
    "kilometres_between(double precision, double precision, double precision, double precision)",
)
COUNTED = "admin1, sub_event_type, killed_low, killed_min, killed_max, killed_high, injured_min, injured_max, report_id"
INDEXES = f"""
DROP INDEX ix_incident_states_date_start;
DROP INDEX ix_incident_states_country;
CREATE INDEX ix_incident_states_date_start ON incident_states (date_start) INCLUDE (country, {COUNTED}) WHERE superseded_at IS NULL;
CREATE INDEX ix_incident_states_country ON incident_states (country, date_start) INCLUDE ({COUNTED}) WHERE superseded_at IS NULL;
CREATE INDEX ix_incident_states_site ON incident_states USING gist (point(longitude, latitude), daterange(date_start, date_end, '[]'::text)) WHERE superseded_at IS NULL;
CREATE INDEX ix_incident_states_as_of ON incident_states (country, date_start, recorded_at);
ALTER TABLE article_words SET (toast_tuple_target = 128);
ALTER TABLE report_words SET (toast_tuple_target = 128);
"""
INDEXES_BEFORE = """
DROP INDEX ix_incident_states_as_of;
DROP INDEX ix_incident_states_site;
DROP INDEX ix_incident_states_date_start;
DROP INDEX ix_incident_states_country;
CREATE INDEX ix_incident_states_date_start ON incident_states (date_start) WHERE superseded_at IS NULL;
CREATE INDEX ix_incident_states_country ON incident_states (country, date_start) WHERE superseded_at IS NULL;
ALTER TABLE article_words RESET (toast_tuple_target);
ALTER TABLE report_words RESET (toast_tuple_target);
"""
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        GRANT SELECT ON acled_incidents, plover_incidents TO rasid_analyst;
    END IF;
END
$$
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(INDEXES)
    run_frozen("20261122_1605_analysis.sql")
    op.execute(GRANT)


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP VIEW plover_incidents")
    op.execute("DROP VIEW acled_incidents")
    run_frozen("20261122_1605_history_before.sql")
    op.get_bind().exec_driver_sql(INDEXES_BEFORE)

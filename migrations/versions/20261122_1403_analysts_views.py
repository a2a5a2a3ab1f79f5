"""What analysts see, and the role that sees it."""

from alembic import op

revision = "20261122_1403_analysts_views"
down_revision = "20261122_1402_codings"
branch_labels = None
depends_on = None

INCIDENT_REPORTS = """
CREATE VIEW incident_reports AS
SELECT
    report.id AS report_id,
    report.article_id,
    page.url AS article_url,
    article.title AS article_title,
    article.publisher,
    article.published_at,
    kind.domain,
    kind.event_type,
    report.sub_event_type,
    report.date_start,
    report.date_end,
    report.time_precision,
    report.country,
    report.admin1,
    report.place,
    report.place_en,
    report.latitude,
    report.longitude,
    report.geo_precision,
    report.killed_min,
    report.killed_max,
    report.injured_min,
    report.injured_max,
    report.detained_min,
    report.detained_max,
    report.abducted_min,
    report.abducted_max,
    report.missing_min,
    report.missing_max,
    report.displaced_min,
    report.displaced_max,
    report.participants_min,
    report.participants_max,
    report.actor1,
    report.actor1_category,
    report.actor2,
    report.actor2_category,
    report.attributed_to,
    report.confidence,
    report.evidence,
    report.evidence_start,
    report.evidence_end,
    extraction.extractor_version,
    extraction.extracted_at
FROM reports AS report
JOIN extractions AS extraction ON extraction.id = report.extraction_id AND extraction.is_current
JOIN articles AS article ON article.id = report.article_id
JOIN pages AS page ON page.id = article.page_id
JOIN event_types AS kind ON kind.sub_event_type = report.sub_event_type;

COMMENT ON VIEW incident_reports IS 'One row for each incident in each article, as the article tells it.';
COMMENT ON COLUMN incident_reports.report_id IS 'Number of the report: it stays as long as the article is coded in the same way.';
COMMENT ON COLUMN incident_reports.article_id IS 'Article that tells it.';
COMMENT ON COLUMN incident_reports.article_url IS 'Address of the article.';
COMMENT ON COLUMN incident_reports.article_title IS 'Headline of the article.';
COMMENT ON COLUMN incident_reports.publisher IS 'Name of the publisher.';
COMMENT ON COLUMN incident_reports.published_at IS 'Publication time of the article. NULL where it could not be known.';
COMMENT ON COLUMN incident_reports.domain IS 'political (ACLED''s six types) · crime · hazard.';
COMMENT ON COLUMN incident_reports.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN incident_reports.sub_event_type IS 'Kind of incident: defined in event_types.';
COMMENT ON COLUMN incident_reports.date_start IS 'First day on which it happened.';
COMMENT ON COLUMN incident_reports.date_end IS 'Last day on which it happened.';
COMMENT ON COLUMN incident_reports.time_precision IS 'day (the article tells the day) · week · month · assumed (it does not: the publication day).';
COMMENT ON COLUMN incident_reports.country IS 'Country where it happened, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN incident_reports.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN incident_reports.place IS 'Most specific place that the article gives, as written.';
COMMENT ON COLUMN incident_reports.place_en IS 'English name of that place.';
COMMENT ON COLUMN incident_reports.latitude IS 'Latitude of that place in degrees. NULL where only the country is known.';
COMMENT ON COLUMN incident_reports.longitude IS 'Longitude of that place in degrees.';
COMMENT ON COLUMN incident_reports.geo_precision IS 'exact (a site, quarter or village) · city · admin (a province) · country.';
COMMENT ON COLUMN incident_reports.killed_min IS 'Killed, at the least. NULL where the article gives no number.';
COMMENT ON COLUMN incident_reports.killed_max IS 'Killed, at the most. NULL where it is open.';
COMMENT ON COLUMN incident_reports.injured_min IS 'Injured, at the least.';
COMMENT ON COLUMN incident_reports.injured_max IS 'Injured, at the most.';
COMMENT ON COLUMN incident_reports.detained_min IS 'Detained or captured, at the least.';
COMMENT ON COLUMN incident_reports.detained_max IS 'Detained or captured, at the most.';
COMMENT ON COLUMN incident_reports.abducted_min IS 'Abducted, at the least.';
COMMENT ON COLUMN incident_reports.abducted_max IS 'Abducted, at the most.';
COMMENT ON COLUMN incident_reports.missing_min IS 'Missing, at the least.';
COMMENT ON COLUMN incident_reports.missing_max IS 'Missing, at the most.';
COMMENT ON COLUMN incident_reports.displaced_min IS 'Displaced, at the least.';
COMMENT ON COLUMN incident_reports.displaced_max IS 'Displaced, at the most.';
COMMENT ON COLUMN incident_reports.participants_min IS 'Participants, at the least.';
COMMENT ON COLUMN incident_reports.participants_max IS 'Participants, at the most.';
COMMENT ON COLUMN incident_reports.actor1 IS 'First actor of the side that acted, as written.';
COMMENT ON COLUMN incident_reports.actor1_category IS 'Category of actor1.';
COMMENT ON COLUMN incident_reports.actor2 IS 'First actor of the other side, as written.';
COMMENT ON COLUMN incident_reports.actor2_category IS 'Category of actor2.';
COMMENT ON COLUMN incident_reports.attributed_to IS 'Source that the article cites for it.';
COMMENT ON COLUMN incident_reports.confidence IS 'Share of rows of this confidence that are right, 0 to 1.';
COMMENT ON COLUMN incident_reports.evidence IS 'Passage that it rests on: the characters of the body between the offsets.';
COMMENT ON COLUMN incident_reports.evidence_start IS 'First character of the passage in the body, from 0.';
COMMENT ON COLUMN incident_reports.evidence_end IS 'Character after the last one of the passage.';
COMMENT ON COLUMN incident_reports.extractor_version IS 'Latest version of the extractors that gives this result.';
COMMENT ON COLUMN incident_reports.extracted_at IS 'When this result was first made.';
"""

REPORT_FIGURES = """
CREATE VIEW report_figures AS
SELECT
    figure.report_id,
    report.article_id,
    figure.kind,
    figure.min,
    figure.max,
    figure.qualifier,
    figure.group_counted,
    figure.role,
    figure.attributed_to,
    figure.quote,
    figure.quote_start,
    figure.quote_end,
    figure.quote_field
FROM figures AS figure
JOIN reports AS report ON report.id = figure.report_id
JOIN extractions AS extraction ON extraction.id = report.extraction_id AND extraction.is_current;

COMMENT ON VIEW report_figures IS 'Every count that an article gives for an incident, damage too.';
COMMENT ON COLUMN report_figures.report_id IS 'Report that it belongs to: see incident_reports.';
COMMENT ON COLUMN report_figures.article_id IS 'Article that tells it.';
COMMENT ON COLUMN report_figures.kind IS 'What is counted: people by what befell them, or damage by its object.';
COMMENT ON COLUMN report_figures.min IS 'At the least.';
COMMENT ON COLUMN report_figures.max IS 'At the most. NULL where it is open.';
COMMENT ON COLUMN report_figures.qualifier IS 'How the article puts the number: exact, about, more than, at least, dozens …';
COMMENT ON COLUMN report_figures.group_counted IS 'Whom or what it counts, as written.';
COMMENT ON COLUMN report_figures.role IS 'total · part (of another figure) · sum (of two kinds together) · none (the article says that there were none).';
COMMENT ON COLUMN report_figures.attributed_to IS 'Who says so.';
COMMENT ON COLUMN report_figures.quote IS 'Its words in the article.';
COMMENT ON COLUMN report_figures.quote_start IS 'First character of the quote, from 0.';
COMMENT ON COLUMN report_figures.quote_end IS 'Character after its last one.';
COMMENT ON COLUMN report_figures.quote_field IS 'Text that the offsets count in: body or title.';
"""

REPORT_ACTORS = """
CREATE VIEW report_actors AS
SELECT
    actor.report_id,
    report.article_id,
    actor.side,
    actor.name,
    actor.category,
    actor.claim,
    actor.name_start,
    actor.name_end,
    actor.name_field
FROM actors AS actor
JOIN reports AS report ON report.id = actor.report_id
JOIN extractions AS extraction ON extraction.id = report.extraction_id AND extraction.is_current;

COMMENT ON VIEW report_actors IS 'Every side of every incident, by the name that the article gives it.';
COMMENT ON COLUMN report_actors.report_id IS 'Report that it belongs to: see incident_reports.';
COMMENT ON COLUMN report_actors.article_id IS 'Article that tells it.';
COMMENT ON COLUMN report_actors.side IS '1 the side that acted, 2 the other.';
COMMENT ON COLUMN report_actors.name IS 'Name as written.';
COMMENT ON COLUMN report_actors.category IS 'State forces, Rebel group, Civilians … as in the codebook.';
COMMENT ON COLUMN report_actors.claim IS 'How the article knows that this side did it: claimed, accused, denied, unknown.';
COMMENT ON COLUMN report_actors.name_start IS 'First character of the name, from 0.';
COMMENT ON COLUMN report_actors.name_end IS 'Character after its last one.';
COMMENT ON COLUMN report_actors.name_field IS 'Text that the offsets count in: body or title.';
"""

DISCARDED_MENTIONS = """
CREATE VIEW discarded_mentions AS
SELECT
    extraction.article_id,
    page.url AS article_url,
    mention.sub_event_type,
    mention.reality,
    mention.reason,
    mention.quote,
    mention.quote_start,
    mention.quote_end,
    mention.quote_field,
    extraction.extractor_version,
    extraction.extracted_at
FROM mentions AS mention
JOIN extractions AS extraction ON extraction.id = mention.extraction_id AND extraction.is_current
JOIN pages AS page ON page.id = extraction.page_id;

COMMENT ON VIEW discarded_mentions IS 'Tellings of events that made no report: planned, denied, historical and the like, each with the reason.';
COMMENT ON COLUMN discarded_mentions.article_id IS 'Article that tells it.';
COMMENT ON COLUMN discarded_mentions.article_url IS 'Address of the article.';
COMMENT ON COLUMN discarded_mentions.sub_event_type IS 'Kind of event that it speaks of.';
COMMENT ON COLUMN discarded_mentions.reality IS 'happened, planned, threatened, denied, hypothetical, historical …';
COMMENT ON COLUMN discarded_mentions.reason IS 'Why it made no report.';
COMMENT ON COLUMN discarded_mentions.quote IS 'Its words in the article.';
COMMENT ON COLUMN discarded_mentions.quote_start IS 'First character of the quote, from 0.';
COMMENT ON COLUMN discarded_mentions.quote_end IS 'Character after its last one.';
COMMENT ON COLUMN discarded_mentions.quote_field IS 'Text that the offsets count in: body or title.';
COMMENT ON COLUMN discarded_mentions.extractor_version IS 'Latest version of the extractors that gives this result.';
COMMENT ON COLUMN discarded_mentions.extracted_at IS 'When this result was first made.';
"""

VIEWS = {
    "incident_reports": INCIDENT_REPORTS,
    "report_figures": REPORT_FIGURES,
    "report_actors": REPORT_ACTORS,
    "discarded_mentions": DISCARDED_MENTIONS,
}
# On a server of somebody else's we may not make roles: there the administrator makes it, and grants again.
ANALYST = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        CREATE ROLE rasid_analyst;
    END IF;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RAISE NOTICE 'role rasid_analyst is left to the administrator';
END
$$
"""
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        GRANT SELECT ON {names} TO rasid_analyst;
    END IF;
END
$$
"""


REVOKE = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        REVOKE SELECT ON event_types FROM rasid_analyst;
    END IF;
END
$$
"""


def upgrade() -> None:
    for statements in VIEWS.values():
        op.execute(statements)
    op.execute(ANALYST)
    op.execute(GRANT.format(names=", ".join((*VIEWS, "event_types"))))


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    op.execute(REVOKE)

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

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

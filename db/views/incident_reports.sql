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

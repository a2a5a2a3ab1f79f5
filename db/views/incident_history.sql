CREATE VIEW incident_history AS
SELECT
    state.incident_id,
    state.recorded_at,
    state.superseded_at,
    state.report_id,
    report.article_id,
    page.url AS article_url,
    article.title AS article_title,
    article.publisher,
    article.published_at,
    kind.domain,
    kind.event_type,
    state.sub_event_type,
    state.date_start,
    state.date_end,
    state.time_precision,
    state.country,
    state.admin1,
    state.place,
    state.place_en,
    state.latitude,
    state.longitude,
    state.geo_precision,
    state.killed_min,
    state.killed_max,
    state.killed_low,
    COALESCE(state.killed_min, state.killed_max) AS killed_best,
    state.killed_high,
    state.injured_min,
    state.injured_max,
    state.injured_low,
    COALESCE(state.injured_min, state.injured_max) AS injured_best,
    state.injured_high,
    state.detained_min,
    state.detained_max,
    state.detained_low,
    COALESCE(state.detained_min, state.detained_max) AS detained_best,
    state.detained_high,
    state.abducted_min,
    state.abducted_max,
    state.abducted_low,
    COALESCE(state.abducted_min, state.abducted_max) AS abducted_best,
    state.abducted_high,
    state.missing_min,
    state.missing_max,
    state.missing_low,
    COALESCE(state.missing_min, state.missing_max) AS missing_best,
    state.missing_high,
    state.displaced_min,
    state.displaced_max,
    state.displaced_low,
    COALESCE(state.displaced_min, state.displaced_max) AS displaced_best,
    state.displaced_high,
    state.participants_min,
    state.participants_max,
    state.participants_low,
    COALESCE(state.participants_min, state.participants_max) AS participants_best,
    state.participants_high,
    state.actor1,
    state.actor1_category,
    state.actor2,
    state.actor2_category,
    state.attributed_to,
    state.confidence,
    report.evidence,
    report.evidence_start,
    report.evidence_end,
    state.report_count,
    state.source_count,
    state.first_reported_at,
    state.last_reported_at,
    state.contradicted
FROM incident_states AS state
LEFT JOIN reports AS report ON report.id = state.report_id
LEFT JOIN articles AS article ON article.id = report.article_id
LEFT JOIN pages AS page ON page.id = article.page_id
LEFT JOIN event_types AS kind ON kind.sub_event_type = state.sub_event_type;

COMMENT ON VIEW incident_history IS 'Every state of every incident: nothing is overwritten.';
COMMENT ON COLUMN incident_history.incident_id IS 'Number of the incident: it stays as long as the incident does.';
COMMENT ON COLUMN incident_history.recorded_at IS 'Since when it stands (or stood) so.';
COMMENT ON COLUMN incident_history.superseded_at IS 'Until when it stood so. NULL for the present state.';
COMMENT ON COLUMN incident_history.report_id IS 'Report that speaks for it: the surest of its reports. Passage, actors and source are its own.';
COMMENT ON COLUMN incident_history.article_id IS 'Article of that report.';
COMMENT ON COLUMN incident_history.article_url IS 'Address of that article.';
COMMENT ON COLUMN incident_history.article_title IS 'Headline of that article.';
COMMENT ON COLUMN incident_history.publisher IS 'Publisher of that article.';
COMMENT ON COLUMN incident_history.published_at IS 'Publication time of that article.';
COMMENT ON COLUMN incident_history.domain IS 'political (ACLED''s six types) · crime · hazard.';
COMMENT ON COLUMN incident_history.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN incident_history.sub_event_type IS 'Kind of incident, by most of its reports: defined in event_types.';
COMMENT ON COLUMN incident_history.date_start IS 'First day on which it happened.';
COMMENT ON COLUMN incident_history.date_end IS 'Last day on which it happened.';
COMMENT ON COLUMN incident_history.time_precision IS 'day (a report tells the day) · week · month · assumed (none does: the publication day).';
COMMENT ON COLUMN incident_history.country IS 'Country where it happened, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN incident_history.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN incident_history.place IS 'Place where it happened, as written: the most precise that its reports agree on.';
COMMENT ON COLUMN incident_history.place_en IS 'English name of that place.';
COMMENT ON COLUMN incident_history.latitude IS 'Latitude of that place in degrees. NULL where only the country is known.';
COMMENT ON COLUMN incident_history.longitude IS 'Longitude of that place in degrees.';
COMMENT ON COLUMN incident_history.geo_precision IS 'exact (a site, quarter or village) · city · admin (a province) · country.';
COMMENT ON COLUMN incident_history.killed_min IS 'Killed, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.killed_max IS 'Killed, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.killed_low IS 'Killed, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.killed_best IS 'Killed, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.killed_high IS 'Killed, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.injured_min IS 'Injured, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.injured_max IS 'Injured, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.injured_low IS 'Injured, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.injured_best IS 'Injured, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.injured_high IS 'Injured, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.detained_min IS 'Detained, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.detained_max IS 'Detained, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.detained_low IS 'Detained, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.detained_best IS 'Detained, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.detained_high IS 'Detained, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.abducted_min IS 'Abducted, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.abducted_max IS 'Abducted, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.abducted_low IS 'Abducted, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.abducted_best IS 'Abducted, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.abducted_high IS 'Abducted, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.missing_min IS 'Missing, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.missing_max IS 'Missing, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.missing_low IS 'Missing, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.missing_best IS 'Missing, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.missing_high IS 'Missing, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.displaced_min IS 'Displaced, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.displaced_max IS 'Displaced, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.displaced_low IS 'Displaced, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.displaced_best IS 'Displaced, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.displaced_high IS 'Displaced, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.participants_min IS 'Participants, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incident_history.participants_max IS 'Participants, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incident_history.participants_low IS 'Participants, by the lowest of the independent stories.';
COMMENT ON COLUMN incident_history.participants_best IS 'Participants, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incident_history.participants_high IS 'Participants, by the highest of the independent stories.';
COMMENT ON COLUMN incident_history.actor1 IS 'First actor of the side that acted, as written.';
COMMENT ON COLUMN incident_history.actor1_category IS 'Category of actor1.';
COMMENT ON COLUMN incident_history.actor2 IS 'First actor of the other side, as written.';
COMMENT ON COLUMN incident_history.actor2_category IS 'Category of actor2.';
COMMENT ON COLUMN incident_history.attributed_to IS 'Source that the report cites for it.';
COMMENT ON COLUMN incident_history.confidence IS 'Highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN incident_history.evidence IS 'Passage that it rests on: the characters of the body of article_id between the offsets.';
COMMENT ON COLUMN incident_history.evidence_start IS 'First character of the passage in the body, from 0.';
COMMENT ON COLUMN incident_history.evidence_end IS 'Character after the last one of the passage.';
COMMENT ON COLUMN incident_history.report_count IS 'Reports that tell of it.';
COMMENT ON COLUMN incident_history.source_count IS 'Independent stories that tell of it: printings of one text count once.';
COMMENT ON COLUMN incident_history.first_reported_at IS 'Publication time of the first report.';
COMMENT ON COLUMN incident_history.last_reported_at IS 'Publication time of the latest report.';
COMMENT ON COLUMN incident_history.contradicted IS 'True where counts of independent stories exclude each other: a later one gives fewer than an earlier one gave at the least.';

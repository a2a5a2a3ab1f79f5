CREATE VIEW incidents AS
SELECT
    incident_id,
    report_id,
    article_id,
    article_url,
    article_title,
    publisher,
    published_at,
    domain,
    event_type,
    sub_event_type,
    date_start,
    date_end,
    time_precision,
    country,
    admin1,
    place,
    place_en,
    latitude,
    longitude,
    geo_precision,
    killed_min,
    killed_max,
    killed_low,
    killed_best,
    killed_high,
    injured_min,
    injured_max,
    injured_low,
    injured_best,
    injured_high,
    detained_min,
    detained_max,
    detained_low,
    detained_best,
    detained_high,
    abducted_min,
    abducted_max,
    abducted_low,
    abducted_best,
    abducted_high,
    missing_min,
    missing_max,
    missing_low,
    missing_best,
    missing_high,
    displaced_min,
    displaced_max,
    displaced_low,
    displaced_best,
    displaced_high,
    participants_min,
    participants_max,
    participants_low,
    participants_best,
    participants_high,
    actor1,
    actor1_category,
    actor2,
    actor2_category,
    attributed_to,
    confidence,
    evidence,
    evidence_start,
    evidence_end,
    report_count,
    source_count,
    first_reported_at,
    last_reported_at,
    contradicted,
    recorded_at
FROM incident_history
WHERE superseded_at IS NULL;

COMMENT ON VIEW incidents IS 'One row for each incident in the world, whatever the number of articles that tell of it.';
COMMENT ON COLUMN incidents.incident_id IS 'Number of the incident: it stays as long as the incident does.';
COMMENT ON COLUMN incidents.report_id IS 'Report that speaks for it: the surest of its reports. Passage, actors and source are its own.';
COMMENT ON COLUMN incidents.article_id IS 'Article of that report.';
COMMENT ON COLUMN incidents.article_url IS 'Address of that article.';
COMMENT ON COLUMN incidents.article_title IS 'Headline of that article.';
COMMENT ON COLUMN incidents.publisher IS 'Publisher of that article.';
COMMENT ON COLUMN incidents.published_at IS 'Publication time of that article.';
COMMENT ON COLUMN incidents.domain IS 'political (ACLED''s six types) · crime · hazard.';
COMMENT ON COLUMN incidents.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN incidents.sub_event_type IS 'Kind of incident, by most of its reports: defined in event_types.';
COMMENT ON COLUMN incidents.date_start IS 'First day on which it happened.';
COMMENT ON COLUMN incidents.date_end IS 'Last day on which it happened.';
COMMENT ON COLUMN incidents.time_precision IS 'day (a report tells the day) · week · month · assumed (none does: the publication day).';
COMMENT ON COLUMN incidents.country IS 'Country where it happened, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN incidents.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN incidents.place IS 'Place where it happened, as written: the most precise that its reports agree on.';
COMMENT ON COLUMN incidents.place_en IS 'English name of that place.';
COMMENT ON COLUMN incidents.latitude IS 'Latitude of that place in degrees. NULL where only the country is known.';
COMMENT ON COLUMN incidents.longitude IS 'Longitude of that place in degrees.';
COMMENT ON COLUMN incidents.geo_precision IS 'exact (a site, quarter or village) · city · admin (a province) · country.';
COMMENT ON COLUMN incidents.killed_min IS 'Killed, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.killed_max IS 'Killed, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.killed_low IS 'Killed, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.killed_best IS 'Killed, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.killed_high IS 'Killed, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.injured_min IS 'Injured, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.injured_max IS 'Injured, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.injured_low IS 'Injured, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.injured_best IS 'Injured, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.injured_high IS 'Injured, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.detained_min IS 'Detained, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.detained_max IS 'Detained, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.detained_low IS 'Detained, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.detained_best IS 'Detained, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.detained_high IS 'Detained, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.abducted_min IS 'Abducted, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.abducted_max IS 'Abducted, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.abducted_low IS 'Abducted, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.abducted_best IS 'Abducted, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.abducted_high IS 'Abducted, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.missing_min IS 'Missing, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.missing_max IS 'Missing, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.missing_low IS 'Missing, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.missing_best IS 'Missing, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.missing_high IS 'Missing, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.displaced_min IS 'Displaced, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.displaced_max IS 'Displaced, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.displaced_low IS 'Displaced, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.displaced_best IS 'Displaced, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.displaced_high IS 'Displaced, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.participants_min IS 'Participants, at the least, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN incidents.participants_max IS 'Participants, at the most, by the best telling. NULL where it is open.';
COMMENT ON COLUMN incidents.participants_low IS 'Participants, by the lowest of the independent stories.';
COMMENT ON COLUMN incidents.participants_best IS 'Participants, by the weighted median of the independent stories: one counts half as much as another told six hours later.';
COMMENT ON COLUMN incidents.participants_high IS 'Participants, by the highest of the independent stories.';
COMMENT ON COLUMN incidents.actor1 IS 'First actor of the side that acted, as written.';
COMMENT ON COLUMN incidents.actor1_category IS 'Category of actor1.';
COMMENT ON COLUMN incidents.actor2 IS 'First actor of the other side, as written.';
COMMENT ON COLUMN incidents.actor2_category IS 'Category of actor2.';
COMMENT ON COLUMN incidents.attributed_to IS 'Source that the report cites for it.';
COMMENT ON COLUMN incidents.confidence IS 'Highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN incidents.evidence IS 'Passage that it rests on: the characters of the body of article_id between the offsets.';
COMMENT ON COLUMN incidents.evidence_start IS 'First character of the passage in the body, from 0.';
COMMENT ON COLUMN incidents.evidence_end IS 'Character after the last one of the passage.';
COMMENT ON COLUMN incidents.report_count IS 'Reports that tell of it.';
COMMENT ON COLUMN incidents.source_count IS 'Independent stories that tell of it: printings of one text count once.';
COMMENT ON COLUMN incidents.first_reported_at IS 'Publication time of the first report.';
COMMENT ON COLUMN incidents.last_reported_at IS 'Publication time of the latest report.';
COMMENT ON COLUMN incidents.contradicted IS 'True where counts of independent stories exclude each other: a later one gives fewer than an earlier one gave at the least.';
COMMENT ON COLUMN incidents.recorded_at IS 'Since when it stands (or stood) so.';

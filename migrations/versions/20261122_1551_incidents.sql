CREATE VIEW article_copies AS
SELECT
    article.id AS article_id,
    page.url AS article_url,
    fingerprint.story_id
FROM fingerprints AS fingerprint
JOIN pages AS page ON page.id = fingerprint.page_id
JOIN articles AS article ON article.page_id = fingerprint.page_id AND article.is_current;

COMMENT ON VIEW article_copies IS 'Each article with its story: printings of one text, by whatever paper, share it.';
COMMENT ON COLUMN article_copies.article_id IS 'Article (its current revision).';
COMMENT ON COLUMN article_copies.article_url IS 'Address of the article.';
COMMENT ON COLUMN article_copies.story_id IS 'Number of the story: the lowest page number among its printings.';

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
JOIN reports AS report ON report.id = state.report_id
JOIN articles AS article ON article.id = report.article_id
JOIN pages AS page ON page.id = article.page_id
JOIN event_types AS kind ON kind.sub_event_type = state.sub_event_type;

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

CREATE FUNCTION refresh_incidents(ids bigint[], moment timestamptz) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    written integer;
BEGIN
WITH told AS MATERIALIZED (
    SELECT
        member.incident_id,
        report.*,
        page.url,
        COALESCE(article.published_at, article.created_at) AS told_at,
        COALESCE(fingerprint.story_id, article.page_id) AS story_id
    FROM incident_members AS member
    JOIN reports AS report ON report.id = member.report_id
    JOIN articles AS article ON article.id = report.article_id
    JOIN pages AS page ON page.id = article.page_id
    LEFT JOIN fingerprints AS fingerprint ON fingerprint.page_id = article.page_id
    WHERE member.incident_id = ANY(ids)
),
totals AS (
    SELECT
        incident_id,
        max(confidence) AS confidence,
        count(*)::integer AS report_count,
        count(DISTINCT story_id)::integer AS source_count,
        min(told_at) AS first_reported_at,
        max(told_at) AS last_reported_at
    FROM told GROUP BY incident_id
),
leads AS (
    SELECT DISTINCT ON (incident_id)
        incident_id, id AS report_id, actor1, actor1_category, actor2, actor2_category, attributed_to
    FROM told ORDER BY incident_id, confidence DESC, told_at DESC, url, position
),
types AS (
    SELECT DISTINCT ON (incident_id) incident_id, sub_event_type
    FROM told GROUP BY incident_id, sub_event_type
    ORDER BY incident_id, sum(confidence::numeric) DESC, sub_event_type
),
days AS (
    SELECT DISTINCT ON (incident_id) incident_id, date_start, date_end, time_precision
    FROM told GROUP BY incident_id, date_start, date_end, time_precision
    ORDER BY
        incident_id,
        array_position(ARRAY['day', 'week', 'month', 'assumed'], time_precision),
        sum(confidence::numeric) DESC,
        date_start,
        date_end
),
places AS (
    SELECT DISTINCT ON (incident_id)
        incident_id, country, admin1, mode() WITHIN GROUP (ORDER BY place) AS place, place_en, latitude, longitude,
        geo_precision
    FROM told GROUP BY incident_id, country, admin1, place_en, latitude, longitude, geo_precision
    ORDER BY
        incident_id,
        sum(confidence::numeric) * (ARRAY[1.5, 1.3, 1.0, 0.3])[
            array_position(ARRAY['exact', 'city', 'admin', 'country'], geo_precision)
        ] DESC,
        latitude,
        longitude,
        place_en
),
claims AS (
    -- What each independent story says last.
    SELECT DISTINCT ON (told.incident_id, claim.kind, told.story_id)
        told.incident_id, claim.kind, told.story_id, claim.least, claim.most, told.told_at,
        COALESCE(claim.least, claim.most) AS figure
    FROM told CROSS JOIN LATERAL (VALUES
        ('killed', told.killed_min, told.killed_max),
        ('injured', told.injured_min, told.injured_max),
        ('detained', told.detained_min, told.detained_max),
        ('abducted', told.abducted_min, told.abducted_max),
        ('missing', told.missing_min, told.missing_max),
        ('displaced', told.displaced_min, told.displaced_max),
        ('participants', told.participants_min, told.participants_max)
    ) AS claim (kind, least, most)
    WHERE claim.least IS NOT NULL OR claim.most IS NOT NULL
    ORDER BY told.incident_id, claim.kind, told.story_id, told.told_at DESC, told.confidence DESC, told.url, told.position
),
weighed AS (
    -- A story that was told six hours before the latest counts half.
    SELECT
        claims.*,
        round(power(0.5::float8, LEAST(extract(epoch FROM max(told_at) OVER of_kind - told_at) / 21600, 60)::float8)::numeric, 12)
            AS weight,
        min(COALESCE(least, 0)) OVER of_kind AS low,
        max(COALESCE(most, least)) OVER of_kind AS high
    FROM claims WINDOW of_kind AS (PARTITION BY incident_id, kind)
),
ranked AS (
    SELECT
        weighed.*,
        sum(weight) OVER (PARTITION BY incident_id, kind ORDER BY figure DESC, told_at DESC, most, story_id) AS running,
        sum(weight) OVER (PARTITION BY incident_id, kind) AS whole
    FROM weighed
),
best AS (
    -- Their weighted median; of two that weigh alike, the higher: tolls rise.
    SELECT DISTINCT ON (incident_id, kind) incident_id, kind, least, most, low, high
    FROM ranked WHERE running >= whole / 2
    ORDER BY incident_id, kind, running
),
disputes AS (
    SELECT DISTINCT earlier.incident_id
    FROM claims AS earlier
    JOIN claims AS later ON later.incident_id = earlier.incident_id AND later.kind = earlier.kind
        AND later.story_id <> earlier.story_id AND later.told_at >= earlier.told_at AND later.most < earlier.least
),
counts AS (
    SELECT
        b.incident_id,
        max(b.least) FILTER (WHERE b.kind = 'killed') AS killed_min,
        max(b.most) FILTER (WHERE b.kind = 'killed') AS killed_max,
        max(b.low) FILTER (WHERE b.kind = 'killed') AS killed_low,
        max(b.high) FILTER (WHERE b.kind = 'killed') AS killed_high,
        max(b.least) FILTER (WHERE b.kind = 'injured') AS injured_min,
        max(b.most) FILTER (WHERE b.kind = 'injured') AS injured_max,
        max(b.low) FILTER (WHERE b.kind = 'injured') AS injured_low,
        max(b.high) FILTER (WHERE b.kind = 'injured') AS injured_high,
        max(b.least) FILTER (WHERE b.kind = 'detained') AS detained_min,
        max(b.most) FILTER (WHERE b.kind = 'detained') AS detained_max,
        max(b.low) FILTER (WHERE b.kind = 'detained') AS detained_low,
        max(b.high) FILTER (WHERE b.kind = 'detained') AS detained_high,
        max(b.least) FILTER (WHERE b.kind = 'abducted') AS abducted_min,
        max(b.most) FILTER (WHERE b.kind = 'abducted') AS abducted_max,
        max(b.low) FILTER (WHERE b.kind = 'abducted') AS abducted_low,
        max(b.high) FILTER (WHERE b.kind = 'abducted') AS abducted_high,
        max(b.least) FILTER (WHERE b.kind = 'missing') AS missing_min,
        max(b.most) FILTER (WHERE b.kind = 'missing') AS missing_max,
        max(b.low) FILTER (WHERE b.kind = 'missing') AS missing_low,
        max(b.high) FILTER (WHERE b.kind = 'missing') AS missing_high,
        max(b.least) FILTER (WHERE b.kind = 'displaced') AS displaced_min,
        max(b.most) FILTER (WHERE b.kind = 'displaced') AS displaced_max,
        max(b.low) FILTER (WHERE b.kind = 'displaced') AS displaced_low,
        max(b.high) FILTER (WHERE b.kind = 'displaced') AS displaced_high,
        max(b.least) FILTER (WHERE b.kind = 'participants') AS participants_min,
        max(b.most) FILTER (WHERE b.kind = 'participants') AS participants_max,
        max(b.low) FILTER (WHERE b.kind = 'participants') AS participants_low,
        max(b.high) FILTER (WHERE b.kind = 'participants') AS participants_high,
        bool_or(disputes.incident_id IS NOT NULL) AS contradicted
    FROM best AS b LEFT JOIN disputes ON disputes.incident_id = b.incident_id
    GROUP BY b.incident_id
),
fresh AS (
    SELECT
        leads.incident_id,
        leads.report_id,
        types.sub_event_type,
        days.date_start,
        days.date_end,
        days.time_precision,
        places.country,
        places.admin1,
        places.place,
        places.place_en,
        places.latitude,
        places.longitude,
        places.geo_precision,
        counts.killed_min,
        counts.killed_max,
        counts.killed_low,
        counts.killed_high,
        counts.injured_min,
        counts.injured_max,
        counts.injured_low,
        counts.injured_high,
        counts.detained_min,
        counts.detained_max,
        counts.detained_low,
        counts.detained_high,
        counts.abducted_min,
        counts.abducted_max,
        counts.abducted_low,
        counts.abducted_high,
        counts.missing_min,
        counts.missing_max,
        counts.missing_low,
        counts.missing_high,
        counts.displaced_min,
        counts.displaced_max,
        counts.displaced_low,
        counts.displaced_high,
        counts.participants_min,
        counts.participants_max,
        counts.participants_low,
        counts.participants_high,
        leads.actor1,
        leads.actor1_category,
        leads.actor2,
        leads.actor2_category,
        leads.attributed_to,
        totals.confidence,
        totals.report_count,
        totals.source_count,
        totals.first_reported_at,
        totals.last_reported_at,
        COALESCE(counts.contradicted, false) AS contradicted
    FROM leads
    JOIN totals USING (incident_id)
    JOIN types USING (incident_id)
    JOIN days USING (incident_id)
    JOIN places USING (incident_id)
    LEFT JOIN counts USING (incident_id)
),
stale AS (
    UPDATE incident_states AS state SET superseded_at = greatest(moment, state.recorded_at)
    WHERE state.incident_id = ANY(ids) AND state.superseded_at IS NULL AND NOT EXISTS (
        SELECT FROM fresh WHERE fresh.incident_id = state.incident_id AND ROW(
            fresh.report_id, fresh.sub_event_type, fresh.date_start, fresh.date_end, fresh.time_precision,
            fresh.country, fresh.admin1, fresh.place, fresh.place_en, fresh.latitude, fresh.longitude,
            fresh.geo_precision, fresh.killed_min, fresh.killed_max, fresh.killed_low, fresh.killed_high,
            fresh.injured_min, fresh.injured_max, fresh.injured_low, fresh.injured_high, fresh.detained_min,
            fresh.detained_max, fresh.detained_low, fresh.detained_high, fresh.abducted_min,
            fresh.abducted_max, fresh.abducted_low, fresh.abducted_high, fresh.missing_min, fresh.missing_max,
            fresh.missing_low, fresh.missing_high, fresh.displaced_min, fresh.displaced_max,
            fresh.displaced_low, fresh.displaced_high, fresh.participants_min, fresh.participants_max,
            fresh.participants_low, fresh.participants_high, fresh.actor1, fresh.actor1_category, fresh.actor2,
            fresh.actor2_category, fresh.attributed_to, fresh.confidence, fresh.report_count,
            fresh.source_count, fresh.first_reported_at, fresh.last_reported_at, fresh.contradicted
        ) IS NOT DISTINCT FROM ROW(
            state.report_id, state.sub_event_type, state.date_start, state.date_end, state.time_precision,
            state.country, state.admin1, state.place, state.place_en, state.latitude, state.longitude,
            state.geo_precision, state.killed_min, state.killed_max, state.killed_low, state.killed_high,
            state.injured_min, state.injured_max, state.injured_low, state.injured_high, state.detained_min,
            state.detained_max, state.detained_low, state.detained_high, state.abducted_min,
            state.abducted_max, state.abducted_low, state.abducted_high, state.missing_min, state.missing_max,
            state.missing_low, state.missing_high, state.displaced_min, state.displaced_max,
            state.displaced_low, state.displaced_high, state.participants_min, state.participants_max,
            state.participants_low, state.participants_high, state.actor1, state.actor1_category, state.actor2,
            state.actor2_category, state.attributed_to, state.confidence, state.report_count,
            state.source_count, state.first_reported_at, state.last_reported_at, state.contradicted
        )
    )
    RETURNING state.incident_id, state.superseded_at
)
INSERT INTO incident_states (
    incident_id, recorded_at,
    report_id, sub_event_type, date_start, date_end, time_precision, country, admin1, place, place_en,
    latitude, longitude, geo_precision, killed_min, killed_max, killed_low, killed_high, injured_min,
    injured_max, injured_low, injured_high, detained_min, detained_max, detained_low, detained_high,
    abducted_min, abducted_max, abducted_low, abducted_high, missing_min, missing_max, missing_low,
    missing_high, displaced_min, displaced_max, displaced_low, displaced_high, participants_min,
    participants_max, participants_low, participants_high, actor1, actor1_category, actor2, actor2_category,
    attributed_to, confidence, report_count, source_count, first_reported_at, last_reported_at, contradicted
)
SELECT
    fresh.incident_id, COALESCE(stale.superseded_at, moment),
    fresh.report_id, fresh.sub_event_type, fresh.date_start, fresh.date_end, fresh.time_precision,
    fresh.country, fresh.admin1, fresh.place, fresh.place_en, fresh.latitude, fresh.longitude,
    fresh.geo_precision, fresh.killed_min, fresh.killed_max, fresh.killed_low, fresh.killed_high,
    fresh.injured_min, fresh.injured_max, fresh.injured_low, fresh.injured_high, fresh.detained_min,
    fresh.detained_max, fresh.detained_low, fresh.detained_high, fresh.abducted_min, fresh.abducted_max,
    fresh.abducted_low, fresh.abducted_high, fresh.missing_min, fresh.missing_max, fresh.missing_low,
    fresh.missing_high, fresh.displaced_min, fresh.displaced_max, fresh.displaced_low, fresh.displaced_high,
    fresh.participants_min, fresh.participants_max, fresh.participants_low, fresh.participants_high,
    fresh.actor1, fresh.actor1_category, fresh.actor2, fresh.actor2_category, fresh.attributed_to,
    fresh.confidence, fresh.report_count, fresh.source_count, fresh.first_reported_at, fresh.last_reported_at,
    fresh.contradicted
FROM fresh LEFT JOIN stale ON stale.incident_id = fresh.incident_id
WHERE stale.incident_id IS NOT NULL OR NOT EXISTS (
    SELECT FROM incident_states AS state
    WHERE state.incident_id = fresh.incident_id AND state.superseded_at IS NULL
);
GET DIAGNOSTICS written = ROW_COUNT;
RETURN written;
END
$$;

COMMENT ON FUNCTION refresh_incidents(bigint[], timestamptz) IS
    'Works out anew what these incidents come to by their reports, and records each that changed as a new state.';

CREATE FUNCTION incidents_as_of(moment timestamptz) RETURNS SETOF incidents
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
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
WHERE recorded_at <= moment AND (superseded_at IS NULL OR superseded_at > moment)
$$;

COMMENT ON FUNCTION incidents_as_of(timestamptz) IS 'The table of incidents as it stood at a moment.';

CREATE FUNCTION incident_merge(incidents bigint[], decided_by text DEFAULT NULL, reason text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    keeper bigint := (SELECT min(id) FROM incident_ids WHERE id = ANY(incidents) AND closed_at IS NULL);
    decision bigint;
    given bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF (SELECT count(*) FROM incident_ids WHERE id = ANY(incidents) AND closed_at IS NULL) < 2 THEN
        RAISE EXCEPTION 'a merge needs two incidents or more that stand' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('merge', now(), incident_merge.decided_by, incident_merge.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, 1 FROM incident_members WHERE incident_id = ANY(incidents);
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM incident_members AS member JOIN reports AS report ON report.id = member.report_id
        WHERE member.incident_id = ANY(incidents)
    );
    FOR given IN SELECT id FROM incident_ids WHERE id = ANY(incidents) AND id <> keeper AND closed_at IS NULL ORDER BY id LOOP
        INSERT INTO incident_changes (changed_at, change, incident_id, other_id, reports, decision_id, reason)
        SELECT now(), 'merged', keeper, given, COALESCE(array_agg(report_id ORDER BY report_id), '{}'), decision,
            COALESCE(incident_merge.reason, 'an analyst''s decision')
        FROM incident_members WHERE incident_id = given;
        UPDATE incident_members AS member SET incident_id = keeper, reason = 'by decision ' || decision
        WHERE member.incident_id = given;
        UPDATE incident_ids SET closed_at = now(), went_into = keeper WHERE id = given;
    END LOOP;
    PERFORM refresh_incidents(incidents, now());
    RETURN keeper;
END
$$;

COMMENT ON FUNCTION incident_merge(bigint[], text, text) IS
    'Makes one incident of several and returns its number: the lowest. Later linking respects it.';

CREATE FUNCTION incident_split(
    incident bigint, split_reports bigint[], decided_by text DEFAULT NULL, reason text DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    leaving bigint[] := ARRAY(
        SELECT report_id FROM incident_members
        WHERE incident_id = incident AND report_id = ANY(split_reports) ORDER BY report_id
    );
    decision bigint;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF cardinality(leaving) = 0 OR NOT EXISTS (
        SELECT FROM incident_members WHERE incident_id = incident AND report_id <> ALL(leaving)
    ) THEN
        RAISE EXCEPTION 'a split needs some reports of the incident, and leaves some'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('split', now(), incident_split.decided_by, incident_split.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, CASE WHEN report_id = ANY(leaving) THEN 1 ELSE 2 END
    FROM incident_members WHERE incident_id = incident;
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM incident_members AS member JOIN reports AS report ON report.id = member.report_id
        WHERE member.incident_id = incident
    );
    INSERT INTO incident_ids (opened_at) VALUES (now()) RETURNING id INTO made;
    UPDATE incident_members AS member SET incident_id = made, reason = 'by decision ' || decision
    WHERE member.report_id = ANY(leaving);
    INSERT INTO incident_changes (changed_at, change, incident_id, other_id, reports, decision_id, reason)
    VALUES (now(), 'split', made, incident, leaving, decision, COALESCE(incident_split.reason, 'an analyst''s decision'));
    PERFORM refresh_incidents(ARRAY[incident, made], now());
    RETURN made;
END
$$;

COMMENT ON FUNCTION incident_split(bigint, bigint[], text, text) IS
    'Takes reports out of an incident and returns the number of the one that they make. Later linking respects it.';

CREATE FUNCTION incident_pin(incident bigint, decided_by text DEFAULT NULL, reason text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    decision bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    IF NOT EXISTS (SELECT FROM incident_members WHERE incident_id = incident) THEN
        RAISE EXCEPTION 'there is no incident %', incident USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO incident_decisions (decision, decided_at, decided_by, reason)
    VALUES ('pin', now(), incident_pin.decided_by, incident_pin.reason) RETURNING id INTO decision;
    INSERT INTO decided_reports (decision_id, report_id, side)
    SELECT decision, report_id, 1 FROM incident_members WHERE incident_id = incident;
    INSERT INTO incident_changes (changed_at, change, incident_id, reports, decision_id, reason)
    SELECT now(), 'pinned', incident, array_agg(report_id ORDER BY report_id), decision,
        COALESCE(incident_pin.reason, 'an analyst''s decision')
    FROM incident_members WHERE incident_id = incident;
    RETURN decision;
END
$$;

COMMENT ON FUNCTION incident_pin(bigint, text, text) IS
    'Keeps an incident as it is: later linking adds no report to it and takes none away. Returns the decision''s number.';

CREATE FUNCTION incident_revoke(decision bigint, reason text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7112033195);
    UPDATE incident_decisions SET revoked_at = now() WHERE id = incident_revoke.decision AND revoked_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO incident_changes (changed_at, change, incident_id, reports, decision_id, reason)
    SELECT now(), 'revoked', member.incident_id, array_agg(member.report_id ORDER BY member.report_id), incident_revoke.decision,
        COALESCE(incident_revoke.reason, 'an analyst''s decision')
    FROM decided_reports AS decided JOIN incident_members AS member ON member.report_id = decided.report_id
    WHERE decided.decision_id = incident_revoke.decision GROUP BY member.incident_id;
    UPDATE extractions SET linked_at = NULL WHERE id IN (
        SELECT report.extraction_id FROM decided_reports AS decided JOIN reports AS report ON report.id = decided.report_id
        WHERE decided.decision_id = incident_revoke.decision
    );
    RETURN true;
END
$$;

COMMENT ON FUNCTION incident_revoke(bigint, text) IS
    'Takes a decision back; the next linking groups its reports by their likeness again. False where it did not stand.';

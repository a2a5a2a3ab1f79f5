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

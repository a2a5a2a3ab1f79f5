-- Frozen: what revision 20261122_1605 made. What stands now is in db/functions and db/views.
-- Joined so that what a query does not ask for is not read.
CREATE OR REPLACE VIEW incident_history AS
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

CREATE FUNCTION kilometres_between(
    latitude1 double precision, longitude1 double precision, latitude2 double precision, longitude2 double precision
) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 2 * 6371.0088 * asin(least(1, sqrt(
    sin(radians(latitude2 - latitude1) / 2) ^ 2
    + cos(radians(latitude1)) * cos(radians(latitude2)) * sin(radians(longitude2 - longitude1) / 2) ^ 2
)));

COMMENT ON FUNCTION kilometres_between(double precision, double precision, double precision, double precision) IS 'Kilometres between two points on the globe, along the surface.';

-- The box holds the whole circle, and more at its corners. A second one, for what lies over the line where longitudes
-- jump, is NULL elsewhere.
CREATE FUNCTION boxes_around(
    latitude double precision, longitude double precision, kilometres double precision, OUT here box, OUT beyond box
)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT
        box(point(longitude - wide, latitude - high), point(longitude + wide, latitude + high)),
        CASE WHEN abs(longitude) + wide > 180 THEN box(
            point(longitude - sign(longitude) * 360 - wide, latitude - high),
            point(longitude - sign(longitude) * 360 + wide, latitude + high)
        ) END
    FROM (SELECT kilometres / 111.1 AS high) AS reach
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN abs(latitude) + high >= 89 THEN 360
            ELSE degrees(asin(least(1, sin(radians(least(high, 90))) / cos(radians(latitude))))) END AS wide
    ) AS across;
END;

COMMENT ON FUNCTION boxes_around(double precision, double precision, double precision) IS 'Boxes of longitude and latitude that hold a circle: what an index can look up. A step of incidents_near.';

CREATE FUNCTION incidents_near(
    latitude double precision, longitude double precision, kilometres double precision,
    since date DEFAULT NULL, until date DEFAULT NULL, most bigint DEFAULT 1000
) RETURNS TABLE (
    incident_id bigint, distance double precision, date_start date, country text, admin1 text, place text,
    geo_precision text, event_type text, sub_event_type text, killed_best bigint, injured_best bigint, source_count integer
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
AS $$
    SELECT
        found.incident_id, found.distance, found.date_start, found.country, found.admin1, found.place,
        found.geo_precision, found.event_type, found.sub_event_type, found.killed_best, found.injured_best,
        found.source_count
    FROM (
        SELECT
            incident.*,
            kilometres_between(incidents_near.latitude, incidents_near.longitude, incident.latitude, incident.longitude)
                AS distance
        FROM incidents AS incident
        WHERE (
                point(incident.longitude, incident.latitude)
                    <@ (boxes_around(incidents_near.latitude, incidents_near.longitude, kilometres)).here
                OR point(incident.longitude, incident.latitude)
                    <@ (boxes_around(incidents_near.latitude, incidents_near.longitude, kilometres)).beyond
            )
            AND daterange(incident.date_start, incident.date_end, '[]') && daterange(since, until, '[]')
    ) AS found
    WHERE found.distance <= kilometres
    ORDER BY found.distance, found.date_start DESC, found.incident_id
    LIMIT most;
$$;

COMMENT ON FUNCTION incidents_near(double precision, double precision, double precision, date, date, bigint) IS 'Incidents within so many kilometres of a point, the nearest first, those of a time if one is given (both days included). Mind geo_precision: a city''s incidents stand at its centre, a province''s where its people live.';

CREATE FUNCTION incidents_within(
    south double precision, west double precision, north double precision, east double precision,
    since date DEFAULT NULL, until date DEFAULT NULL, most bigint DEFAULT 1000
) RETURNS TABLE (
    incident_id bigint, latitude double precision, longitude double precision, date_start date, country text,
    admin1 text, place text, geo_precision text, event_type text, sub_event_type text, killed_best bigint,
    injured_best bigint, source_count integer
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
AS $$
    SELECT
        incident.incident_id, incident.latitude, incident.longitude, incident.date_start, incident.country,
        incident.admin1, incident.place, incident.geo_precision, incident.event_type, incident.sub_event_type,
        incident.killed_best, incident.injured_best, incident.source_count
    FROM incidents AS incident
    WHERE (
            point(incident.longitude, incident.latitude)
                <@ box(point(west, south), point(CASE WHEN west > east THEN 180 ELSE east END, north))
            OR point(incident.longitude, incident.latitude)
                <@ CASE WHEN west > east THEN box(point(-180, south), point(east, north)) END
        )
        AND daterange(incident.date_start, incident.date_end, '[]') && daterange(since, until, '[]')
    ORDER BY incident.date_start DESC, incident.incident_id DESC
    LIMIT most;
$$;

COMMENT ON FUNCTION incidents_within(double precision, double precision, double precision, double precision, date, date, bigint) IS 'Incidents inside a box of latitudes and longitudes, the latest first, those of a time if one is given (both days included). Where west is greater than east the box reaches over the 180th meridian.';

CREATE FUNCTION incident_series(
    since date, until date, step text DEFAULT 'day', countries text[] DEFAULT NULL, kinds text[] DEFAULT NULL
) RETURNS TABLE (
    period date, incidents bigint, killed_low numeric, killed_best numeric, killed_high numeric, injured_best numeric
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
AS $$
    SELECT
        periods.period::date, coalesce(counted.incidents, 0), coalesce(counted.killed_low, 0),
        coalesce(counted.killed_best, 0), coalesce(counted.killed_high, 0), coalesce(counted.injured_best, 0)
    FROM generate_series(
        date_trunc(step, since::timestamp), until::timestamp,
        CASE step WHEN 'quarter' THEN interval '3 months' ELSE ('1 ' || step)::interval END
    ) AS periods (period)
    LEFT JOIN (
        SELECT
            date_trunc(step, incident.date_start::timestamp) AS period, count(*) AS incidents,
            sum(incident.killed_low) AS killed_low, sum(incident.killed_best) AS killed_best,
            sum(incident.killed_high) AS killed_high, sum(incident.injured_best) AS injured_best
        FROM incidents AS incident
        WHERE incident.date_start BETWEEN since AND until
            AND (countries IS NULL OR incident.country = ANY (countries))
            AND (kinds IS NULL OR incident.domain = ANY (kinds) OR incident.event_type = ANY (kinds)
                OR incident.sub_event_type = ANY (kinds))
        GROUP BY 1
    ) AS counted USING (period)
    ORDER BY 1;
$$;

COMMENT ON FUNCTION incident_series(date, date, text, text[], text[]) IS 'Incidents and their dead and injured by day, week, month, quarter or year, a row for each also where there were none. Incidents count on their first day; weeks begin on Monday; sums leave out unknown numbers. countries: ISO 3166-1 alpha-2; kinds: domains, event types or sub-event types.';

CREATE FUNCTION incidents_by_province(
    since date, until date, countries text[] DEFAULT NULL, kinds text[] DEFAULT NULL
) RETURNS TABLE (
    country text, admin1 text, incidents bigint, killed_low numeric, killed_best numeric, killed_high numeric,
    injured_best numeric
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
AS $$
    SELECT
        incident.country, incident.admin1, count(*), sum(incident.killed_low), sum(incident.killed_best),
        sum(incident.killed_high), sum(incident.injured_best)
    FROM incidents AS incident
    WHERE incident.date_start BETWEEN since AND until
        AND (countries IS NULL OR incident.country = ANY (countries))
        AND (kinds IS NULL OR incident.domain = ANY (kinds) OR incident.event_type = ANY (kinds)
            OR incident.sub_event_type = ANY (kinds))
    GROUP BY incident.country, incident.admin1
    ORDER BY count(*) DESC, incident.country, incident.admin1;
$$;

COMMENT ON FUNCTION incidents_by_province(date, date, text[], text[]) IS 'Incidents and their dead and injured by country and province, the most first. admin1 is NULL where only the country is known; sums are NULL where no report gives a number.';

CREATE FUNCTION search_incidents(
    query text, since date DEFAULT NULL, until date DEFAULT NULL, countries text[] DEFAULT NULL,
    kinds text[] DEFAULT NULL, most bigint DEFAULT 50
) RETURNS TABLE (
    incident_id bigint, rank real, date_start date, country text, admin1 text, place text, event_type text,
    sub_event_type text, killed_best bigint, injured_best bigint, source_count integer, report_id bigint, passage text
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
AS $$
    SELECT
        best.incident_id, best.rank, best.date_start, best.country, best.admin1, best.place, best.event_type,
        best.sub_event_type, best.killed_best, best.injured_best, best.source_count, best.report_id, report.evidence
    FROM (
        SELECT *
        FROM (
            SELECT DISTINCT ON (found.incident_id) found.*
            FROM (
                SELECT
                    incident.incident_id, incident.date_start, incident.country, incident.admin1, incident.place,
                    incident.event_type, incident.sub_event_type, incident.killed_best, incident.injured_best,
                    incident.source_count, stored.report_id, ts_rank(stored.words, words_query(query), 1) AS rank
                FROM report_words AS stored
                JOIN incident_members AS member USING (report_id)
                JOIN incidents AS incident USING (incident_id)
                WHERE stored.words @@ words_query(query)
                    AND (since IS NULL OR incident.date_end >= since)
                    AND (until IS NULL OR incident.date_start <= until)
                    AND (countries IS NULL OR incident.country = ANY (countries))
                    AND (kinds IS NULL OR incident.domain = ANY (kinds) OR incident.event_type = ANY (kinds)
                        OR incident.sub_event_type = ANY (kinds))
                ORDER BY stored.report_id DESC
                LIMIT 1000
            ) AS found
            ORDER BY found.incident_id, found.rank DESC
        ) AS each
        ORDER BY each.rank DESC, each.incident_id DESC
        LIMIT most
    ) AS best
    JOIN incident_reports AS report USING (report_id)
    ORDER BY best.rank DESC, best.incident_id DESC;
$$;

COMMENT ON FUNCTION search_incidents(text, date, date, text[], text[], bigint) IS 'Incidents of which a report holds the words of a query in its places, actors, passage or headline, best first, with the passage that fits best; queries as in search_articles. since and until: days of the incident; countries: ISO 3166-1 alpha-2; kinds: domains, event types or sub-event types; most: rows. Ranked among the newest thousand reports.';

CREATE VIEW acled_incidents AS
SELECT
    sided.alpha3 || sided.incident_id AS event_id_cnty,
    sided.date_start AS event_date,
    extract(year FROM sided.date_start)::integer AS year,
    CASE sided.time_precision WHEN 'day' THEN 1 WHEN 'month' THEN 3 ELSE 2 END AS time_precision,
    sided.disorder_type,
    sided.event_type,
    sided.sub_event_type,
    CASE
        WHEN sided.inter1 IN ('Protesters', 'Rioters', 'Civilians') THEN sided.inter1 || ' (' || sided.country || ')'
        WHEN sided.name1 IS NULL AND sided.inter1 IS NOT NULL THEN 'Unidentified Armed Group (' || sided.country || ')'
        ELSE sided.name1
    END AS actor1,
    CASE WHEN sided.inter1 IN ('Protesters', 'Rioters', 'Civilians') THEN sided.name1 END AS assoc_actor_1,
    sided.inter1,
    CASE
        WHEN sided.inter2 IN ('Protesters', 'Rioters', 'Civilians') THEN sided.inter2 || ' (' || sided.country || ')'
        ELSE sided.name2
    END AS actor2,
    CASE WHEN sided.inter2 IN ('Protesters', 'Rioters', 'Civilians') THEN sided.name2 END AS assoc_actor_2,
    sided.inter2,
    CASE
        WHEN sided.inter1 IS NULL THEN NULL
        WHEN sided.inter2 IS NULL THEN sided.inter1 || ' only'
        WHEN 'Civilians' IN (sided.inter1, sided.inter2) AND 'External/Other forces' IN (sided.inter1, sided.inter2)
            THEN 'External/Other forces-Civilians'
        WHEN array_position(sided.inters, sided.inter1) <= array_position(sided.inters, sided.inter2)
            THEN sided.inter1 || '-' || sided.inter2
        ELSE sided.inter2 || '-' || sided.inter1
    END AS interaction,
    CASE
        WHEN sided.event_type = 'Violence against civilians'
            OR sided.sub_event_type = 'Excessive force against protesters'
            OR (sided.event_type IN ('Explosions/Remote violence', 'Riots') AND sided.inter2 = 'Civilians')
            THEN 'Civilian targeting'
    END AS civilian_targeting,
    sided.number AS iso,
    sided.region,
    sided.country,
    sided.admin1,
    NULL::text AS admin2,
    NULL::text AS admin3,
    coalesce(sided.place_en, sided.place) AS location,
    sided.latitude,
    sided.longitude,
    CASE WHEN sided.geo_precision IN ('exact', 'city') THEN 1 ELSE 3 END AS geo_precision,
    (
        SELECT string_agg(DISTINCT article.publisher, '; ')
        FROM incident_members AS member
        JOIN reports AS report ON report.id = member.report_id
        JOIN articles AS article ON article.id = report.article_id
        WHERE member.incident_id = sided.incident_id
    ) AS source,
    (
        SELECT nullif(concat_ws('-',
            CASE WHEN bool_or(article.country = sided.country_code) THEN 'National' END,
            CASE WHEN bool_or(article.country <> sided.country_code) THEN 'International' END
        ), '')
        FROM incident_members AS member
        JOIN reports AS report ON report.id = member.report_id
        JOIN articles AS article ON article.id = report.article_id
        WHERE member.incident_id = sided.incident_id
    ) AS source_scale,
    sided.evidence AS notes,
    coalesce(sided.killed_low, sided.killed_min, 0) AS fatalities,
    CASE
        WHEN sided.event_type NOT IN ('Protests', 'Riots') THEN NULL
        WHEN sided.participants_min IS NULL AND sided.participants_max IS NULL THEN 'crowd size=no report'
        WHEN sided.participants_max IS NULL THEN 'crowd size=at least ' || sided.participants_min
        WHEN coalesce(sided.participants_min, 0) = 0 THEN 'crowd size=at most ' || sided.participants_max
        WHEN sided.participants_min = sided.participants_max THEN 'crowd size=' || sided.participants_min
        ELSE 'crowd size=between ' || sided.participants_min || ' and ' || sided.participants_max
    END AS tags,
    extract(epoch FROM sided.recorded_at)::bigint AS timestamp
FROM (
    SELECT
        incident.*,
        place.alpha3,
        place.number,
        place.region,
        coalesce(place.name, incident.country_code) AS country,
        terms.disorder_type,
        ARRAY[
            'State forces', 'Rebel group', 'Political militia', 'Identity militia', 'Rioters', 'Protesters', 'Civilians',
            'External/Other forces'
        ] AS inters,
        CASE WHEN incident.turned THEN incident.actor2 ELSE incident.actor1 END AS name1,
        CASE WHEN incident.turned THEN incident.actor1 ELSE incident.actor2 END AS name2,
        CASE
            WHEN incident.event_type = 'Protests' THEN 'Protesters'
            WHEN incident.event_type = 'Riots' THEN 'Rioters'
            WHEN incident.category1 IS NOT NULL THEN incident.category1
            WHEN incident.event_type <> 'Strategic developments' THEN 'Political militia'
        END AS inter1,
        CASE
            WHEN incident.turned THEN incident.category1
            WHEN incident.category2 IS NOT NULL THEN incident.category2
            WHEN incident.event_type = 'Violence against civilians' THEN 'Civilians'
        END AS inter2
    FROM (
        SELECT
            incidents.incident_id, incidents.date_start, incidents.time_precision, incidents.event_type,
            incidents.sub_event_type, incidents.actor1, incidents.actor2, incidents.country AS country_code,
            incidents.admin1, incidents.place, incidents.place_en, incidents.latitude, incidents.longitude,
            incidents.geo_precision, incidents.evidence, incidents.killed_low, incidents.killed_min,
            incidents.participants_min, incidents.participants_max, incidents.recorded_at,
            CASE incidents.actor1_category
                WHEN 'Criminals' THEN 'Political militia' WHEN 'External/other forces' THEN 'External/Other forces'
                ELSE incidents.actor1_category
            END AS category1,
            CASE incidents.actor2_category
                WHEN 'Criminals' THEN 'Political militia' WHEN 'External/other forces' THEN 'External/Other forces'
                ELSE incidents.actor2_category
            END AS category2,
            incidents.event_type IN ('Protests', 'Riots')
                AND incidents.actor2_category IN ('Protesters', 'Rioters')
                AND coalesce(incidents.actor1_category, '') NOT IN ('Protesters', 'Rioters') AS turned
        FROM incidents
        WHERE incidents.domain = 'political'
    ) AS incident
    LEFT JOIN countries AS place ON place.country = incident.country_code
    LEFT JOIN type_crosswalks AS terms ON terms.sub_event_type = incident.sub_event_type
) AS sided;

COMMENT ON VIEW acled_incidents IS 'Incidents of the political domain in ACLED''s columns and vocabulary, for tools that are made for ACLED''s files. Not ACLED''s data.';
COMMENT ON COLUMN acled_incidents.event_id_cnty IS 'Country''s ISO alpha-3 code and the number of the incident.';
COMMENT ON COLUMN acled_incidents.event_date IS 'First day on which it happened.';
COMMENT ON COLUMN acled_incidents.year IS 'Year of that day.';
COMMENT ON COLUMN acled_incidents.time_precision IS '1 the day is told · 2 the week, or the publication day is assumed · 3 the month.';
COMMENT ON COLUMN acled_incidents.disorder_type IS 'Political violence · Demonstrations · Political violence; Demonstrations · Strategic developments.';
COMMENT ON COLUMN acled_incidents.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN acled_incidents.sub_event_type IS 'Kind of incident: defined in event_types.';
COMMENT ON COLUMN acled_incidents.actor1 IS 'First side: its name as written, or ACLED''s name for protesters, rioters, civilians and unidentified armed groups of a country. Demonstrators come first in demonstrations.';
COMMENT ON COLUMN acled_incidents.assoc_actor_1 IS 'Name as written of protesters, rioters or civilians on the first side.';
COMMENT ON COLUMN acled_incidents.inter1 IS 'Kind of the first side in ACLED''s words. Criminals are counted as Political militia; so is, outside Strategic developments, a side of which nothing is told.';
COMMENT ON COLUMN acled_incidents.actor2 IS 'Other side, named in the same way. Civilians where violence against civilians names nobody.';
COMMENT ON COLUMN acled_incidents.assoc_actor_2 IS 'Name as written of protesters, rioters or civilians on the other side.';
COMMENT ON COLUMN acled_incidents.inter2 IS 'Kind of the other side. NULL where there is none.';
COMMENT ON COLUMN acled_incidents.interaction IS 'Both kinds in ACLED''s order, or the one kind and "only".';
COMMENT ON COLUMN acled_incidents.civilian_targeting IS 'Civilian targeting where civilians, or protesters met with excessive force, were the target; else NULL.';
COMMENT ON COLUMN acled_incidents.iso IS 'Country''s ISO number.';
COMMENT ON COLUMN acled_incidents.region IS 'Region as ACLED divides the world.';
COMMENT ON COLUMN acled_incidents.country IS 'Country''s name as ACLED writes it.';
COMMENT ON COLUMN acled_incidents.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN acled_incidents.admin2 IS 'Always NULL: not coded.';
COMMENT ON COLUMN acled_incidents.admin3 IS 'Always NULL: not coded.';
COMMENT ON COLUMN acled_incidents.location IS 'English name of the place, or its name as written.';
COMMENT ON COLUMN acled_incidents.latitude IS 'Latitude of the place in degrees. NULL, unlike ACLED''s, where only the country is known.';
COMMENT ON COLUMN acled_incidents.longitude IS 'Longitude of the place in degrees.';
COMMENT ON COLUMN acled_incidents.geo_precision IS '1 a town or more precise · 3 a province or a country.';
COMMENT ON COLUMN acled_incidents.source IS 'Publishers of the reports, parted by semicolons.';
COMMENT ON COLUMN acled_incidents.source_scale IS 'National (publishers of the country) · International · National-International. NULL where no publisher''s country is known.';
COMMENT ON COLUMN acled_incidents.notes IS 'Passage that it rests on, in Arabic.';
COMMENT ON COLUMN acled_incidents.fatalities IS 'Killed, by the lowest telling, and 0 where none gives a number, as ACLED counts: incidents.killed_low tells unknown from none.';
COMMENT ON COLUMN acled_incidents.tags IS 'Crowd size of demonstrations, as ACLED writes it.';
COMMENT ON COLUMN acled_incidents.timestamp IS 'When the row came to stand as it does, in seconds since 1970 (UTC).';

CREATE VIEW plover_incidents AS
SELECT
    incident.incident_id,
    terms.plover_event_type,
    terms.plover_mode,
    terms.plover_context,
    incident.domain,
    incident.event_type,
    incident.sub_event_type,
    incident.date_start,
    incident.date_end,
    incident.country,
    incident.admin1,
    incident.place,
    incident.latitude,
    incident.longitude,
    CASE incident.geo_precision WHEN 'exact' THEN 5 WHEN 'city' THEN 4 WHEN 'admin' THEN 2 ELSE 1 END AS location_resolution,
    incident.actor1 AS actor_name,
    CASE incident.actor1_category
        WHEN 'State forces' THEN 'GOV' WHEN 'Rebel group' THEN 'REB' WHEN 'Political militia' THEN 'PRM'
        WHEN 'Identity militia' THEN 'PRM' WHEN 'Rioters' THEN 'CVL' WHEN 'Protesters' THEN 'CVL'
        WHEN 'Civilians' THEN 'CVL' WHEN 'External/other forces' THEN 'MIL' WHEN 'Criminals' THEN 'CRM' ELSE 'UNK'
    END AS actor_sector,
    incident.actor2 AS recipient_name,
    CASE incident.actor2_category
        WHEN 'State forces' THEN 'GOV' WHEN 'Rebel group' THEN 'REB' WHEN 'Political militia' THEN 'PRM'
        WHEN 'Identity militia' THEN 'PRM' WHEN 'Rioters' THEN 'CVL' WHEN 'Protesters' THEN 'CVL'
        WHEN 'Civilians' THEN 'CVL' WHEN 'External/other forces' THEN 'MIL' WHEN 'Criminals' THEN 'CRM' ELSE 'UNK'
    END AS recipient_sector,
    incident.killed_best AS dead,
    incident.injured_best AS injured,
    incident.detained_best AS arrested,
    incident.participants_best AS size,
    incident.evidence AS text
FROM incidents AS incident
JOIN type_crosswalks AS terms USING (sub_event_type)
WHERE terms.plover_event_type IS NOT NULL;

COMMENT ON VIEW plover_incidents IS 'Incidents in PLOVER''s terms: those that it has an event type for. The crosswalk itself is type_crosswalks.';
COMMENT ON COLUMN plover_incidents.incident_id IS 'Number of the incident: see incidents.';
COMMENT ON COLUMN plover_incidents.plover_event_type IS 'PLOVER''s event type.';
COMMENT ON COLUMN plover_incidents.plover_mode IS 'PLOVER''s mode. NULL where the kind of incident does not tell it.';
COMMENT ON COLUMN plover_incidents.plover_context IS 'PLOVER''s context, where the kind of incident tells it.';
COMMENT ON COLUMN plover_incidents.domain IS 'political (ACLED''s six types) · crime · hazard.';
COMMENT ON COLUMN plover_incidents.event_type IS 'Kind of incident that it belongs to.';
COMMENT ON COLUMN plover_incidents.sub_event_type IS 'Kind of incident: defined in event_types.';
COMMENT ON COLUMN plover_incidents.date_start IS 'First day on which it happened.';
COMMENT ON COLUMN plover_incidents.date_end IS 'Last day on which it happened.';
COMMENT ON COLUMN plover_incidents.country IS 'Country where it happened, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN plover_incidents.admin1 IS 'Province where it happened.';
COMMENT ON COLUMN plover_incidents.place IS 'Place where it happened, as written.';
COMMENT ON COLUMN plover_incidents.latitude IS 'Latitude of that place in degrees. NULL where only the country is known.';
COMMENT ON COLUMN plover_incidents.longitude IS 'Longitude of that place in degrees.';
COMMENT ON COLUMN plover_incidents.location_resolution IS 'PLOVER''s resolution: 5 within a city · 4 city · 2 province · 1 country.';
COMMENT ON COLUMN plover_incidents.actor_name IS 'First actor of the side that acted, as written.';
COMMENT ON COLUMN plover_incidents.actor_sector IS 'PLOVER''s sector of that side: GOV · MIL (a foreign force) · REB · PRM (a militia) · CVL · CRM · UNK.';
COMMENT ON COLUMN plover_incidents.recipient_name IS 'First actor of the other side, as written.';
COMMENT ON COLUMN plover_incidents.recipient_sector IS 'PLOVER''s sector of the other side.';
COMMENT ON COLUMN plover_incidents.dead IS 'Killed, by the best telling. NULL where no report gives a number.';
COMMENT ON COLUMN plover_incidents.injured IS 'Injured, by the best telling.';
COMMENT ON COLUMN plover_incidents.arrested IS 'Detained, by the best telling.';
COMMENT ON COLUMN plover_incidents.size IS 'Participants, by the best telling.';
COMMENT ON COLUMN plover_incidents.text IS 'Passage that it rests on.';

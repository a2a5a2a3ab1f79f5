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

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

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

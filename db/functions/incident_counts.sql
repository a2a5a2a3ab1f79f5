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

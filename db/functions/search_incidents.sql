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
                WHERE stored.words @@ marked_query(query, since, until, countries)
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

COMMENT ON FUNCTION search_incidents(text, date, date, text[], text[], bigint) IS 'Incidents of which a report holds the words of a query in its places, actors, passage or headline, best first, with the passage that fits best; queries as in search_articles. since and until: days of the incident; countries: ISO 3166-1 alpha-2; kinds: domains, event types or sub-event types; most: rows. Time and countries are looked up by what the report says, give or take three days. Ranked among the newest thousand reports.';

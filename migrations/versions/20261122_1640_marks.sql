-- Frozen: what revision 20261122_1640 made. What stands now is in db/functions.

-- Where and when stand among the words, so that one look-up in one index narrows by all three. No word of a text begins
-- with @.
CREATE FUNCTION search_marks(country text, first_day date, last_day date) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT array_to_tsvector(array_agg(DISTINCT mark))
    FROM generate_series(date_trunc('month', first_day::timestamp), last_day::timestamp, interval '1 month') AS month
    CROSS JOIN LATERAL unnest(ARRAY['@' || country, to_char(month, '@YYYY-MM'), to_char(month, '@YYYY')]) AS mark
);

COMMENT ON FUNCTION search_marks(text, date, date) IS 'Marks of country, months and years that are stored among a report''s words. A step of search_incidents.';

-- Up to two years by their months, longer times by their years. Reports of one incident may differ by a few days.
CREATE FUNCTION asked_marks(since date, until date, countries text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT string_agg(alternatives, ' & ')::tsquery
    FROM (
        SELECT '(' || string_agg(quote_literal('@' || upper(country)), ' | ') || ')'
        FROM unnest(countries) AS given (country)
        UNION ALL
        SELECT '(' || string_agg(quote_literal(to_char(month, '@YYYY-MM')), ' | ') || ')'
        FROM generate_series(date_trunc('month', (since - 3)::timestamp), (until + 3)::timestamp, interval '1 month')
            AS month
        WHERE until - since <= 731
        UNION ALL
        SELECT '(' || string_agg(quote_literal('@' || year), ' | ') || ')'
        FROM generate_series(
            extract(year FROM coalesce(since - 3, '1990-01-01'))::int, extract(year FROM coalesce(until + 3, '2100-01-01'))::int
        ) AS year
        WHERE (since IS NOT NULL OR until IS NOT NULL) AND coalesce(until - since > 731, true)
    ) AS parts (alternatives)
);

COMMENT ON FUNCTION asked_marks(date, date, text[]) IS 'The marks that reports of a time and of countries bear, as a query; NULL where neither is asked for. A step of search_incidents.';

CREATE FUNCTION marked_query(query text, since date, until date, countries text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(words_query(query) && asked_marks(since, until, countries), words_query(query));

COMMENT ON FUNCTION marked_query(text, date, date, text[]) IS 'A query by words, time and countries. A step of search_incidents.';

CREATE FUNCTION search_reports(
    query text, since date DEFAULT NULL, until date DEFAULT NULL, countries text[] DEFAULT NULL, most bigint DEFAULT 50
) RETURNS TABLE (
    report_id bigint, rank real, date_start date, country text, place text, sub_event_type text, evidence text,
    publisher text, article_title text, article_url text
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
AS $$
    SELECT
        found.report_id, found.rank, found.date_start, found.country, found.place, found.sub_event_type, found.evidence,
        found.publisher, found.article_title, found.article_url
    FROM (
        SELECT report.*, ts_rank(stored.words, words_query(query), 1) AS rank
        FROM report_words AS stored
        JOIN incident_reports AS report USING (report_id)
        WHERE stored.words @@ marked_query(query, since, until, countries)
            AND (since IS NULL OR report.date_end >= since)
            AND (until IS NULL OR report.date_start <= until)
            AND (countries IS NULL OR report.country = ANY (countries))
        ORDER BY stored.report_id DESC
        LIMIT 1000
    ) AS found
    ORDER BY found.rank DESC, found.report_id DESC
    LIMIT most;
$$;

COMMENT ON FUNCTION search_reports(text, date, date, text[], bigint) IS 'Reports whose places, actors, passage or headline hold the words of a query, best first; queries as in search_articles. since and until: days of the incident; countries: ISO 3166-1 alpha-2; most: rows. Ranked among the newest thousand.';

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

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

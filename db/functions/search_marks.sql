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

CREATE FUNCTION article_marks(country text, published_at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(
    search_marks(coalesce(country, ''), (published_at AT TIME ZONE 'UTC')::date, (published_at AT TIME ZONE 'UTC')::date), ''
);

COMMENT ON FUNCTION article_marks(text, timestamptz) IS 'Marks of the publisher''s country and of the month and year of publication, as they are stored among an article''s words. None where the time is unknown.';

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

-- Frozen: what revision 20261122_1530 made. What stands now is in db/functions and db/views.

CREATE VIEW article_texts AS
SELECT
    article.id AS article_id,
    page.url AS article_url,
    article.title,
    article.body,
    article.author,
    article.section,
    article.tags,
    article.language,
    article.publisher,
    article.country,
    article.published_at,
    article.modified_at,
    article.revision,
    article.created_at AS stored_at
FROM articles AS article
JOIN pages AS page ON page.id = article.page_id
WHERE article.is_current;

COMMENT ON VIEW article_texts IS 'Articles as they stand now, with their text. Those without incidents too.';
COMMENT ON COLUMN article_texts.article_id IS 'Number of the article, or rather of its present revision.';
COMMENT ON COLUMN article_texts.article_url IS 'Address of the article.';
COMMENT ON COLUMN article_texts.title IS 'Headline, without the site''s name.';
COMMENT ON COLUMN article_texts.body IS 'Text of the article, paragraphs parted by line breaks. Evidence offsets count its characters.';
COMMENT ON COLUMN article_texts.author IS 'Author as the page gives it.';
COMMENT ON COLUMN article_texts.section IS 'Section of the paper.';
COMMENT ON COLUMN article_texts.tags IS 'Key words as the page gives them.';
COMMENT ON COLUMN article_texts.language IS 'Language by the letters of the text, ISO 639-1.';
COMMENT ON COLUMN article_texts.publisher IS 'Name of the publisher.';
COMMENT ON COLUMN article_texts.country IS 'Country of the publisher, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN article_texts.published_at IS 'Publication time. NULL where it could not be known.';
COMMENT ON COLUMN article_texts.modified_at IS 'Time of the last change that the page names.';
COMMENT ON COLUMN article_texts.revision IS '1 for the text as first read, 2 for its first change, and so on.';
COMMENT ON COLUMN article_texts.stored_at IS 'When this revision was stored.';

-- Ranked among the newest thousand that fit: whoever asks for a word of every second article wants no ranking of half a
-- million, and does not want to wait for it.
CREATE FUNCTION search_articles(
    query text, since date DEFAULT NULL, until date DEFAULT NULL, publishers text[] DEFAULT NULL, most bigint DEFAULT 50
) RETURNS TABLE (
    article_id bigint, rank real, published_at timestamptz, publisher text, title text, article_url text
)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
AS $$
    SELECT found.article_id, found.rank, found.published_at, found.publisher, found.title, found.article_url
    FROM (
        SELECT
            article.article_id, article.published_at, article.publisher, article.title, article.article_url,
            ts_rank(stored.words, words_query(query), 1) AS rank
        FROM article_words AS stored
        JOIN article_texts AS article USING (article_id)
        WHERE stored.words @@ words_query(query)
            AND (since IS NULL OR article.published_at >= since)
            AND (until IS NULL OR article.published_at < until + 1)
            AND (publishers IS NULL OR article.publisher = ANY (publishers))
        ORDER BY stored.article_id DESC
        LIMIT 1000
    ) AS found
    ORDER BY found.rank DESC, found.article_id DESC
    LIMIT most;
$$;

COMMENT ON FUNCTION search_articles(text, date, date, text[], bigint) IS 'Articles that hold the words of a query in any spelling and inflection, best first: all words must be there, "a phrase" in its order, or between alternatives, - before what must not be there. since and until: publication days, both included (UTC); publishers: names; most: rows. Ranked among the newest thousand.';

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
        WHERE stored.words @@ words_query(query)
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

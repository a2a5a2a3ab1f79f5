-- Frozen: the function as it stood before revision 20261122_1700.

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

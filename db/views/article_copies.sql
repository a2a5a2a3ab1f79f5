CREATE VIEW article_copies AS
SELECT
    article.id AS article_id,
    page.url AS article_url,
    fingerprint.story_id
FROM fingerprints AS fingerprint
JOIN pages AS page ON page.id = fingerprint.page_id
JOIN articles AS article ON article.page_id = fingerprint.page_id AND article.is_current;

COMMENT ON VIEW article_copies IS 'Each article with its story: printings of one text, by whatever paper, share it.';
COMMENT ON COLUMN article_copies.article_id IS 'Article (its current revision).';
COMMENT ON COLUMN article_copies.article_url IS 'Address of the article.';
COMMENT ON COLUMN article_copies.story_id IS 'Number of the story: the lowest page number among its printings.';

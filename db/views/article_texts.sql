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

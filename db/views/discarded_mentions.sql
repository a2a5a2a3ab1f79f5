CREATE VIEW discarded_mentions AS
SELECT
    extraction.article_id,
    page.url AS article_url,
    mention.sub_event_type,
    mention.reality,
    mention.reason,
    mention.quote,
    mention.quote_start,
    mention.quote_end,
    mention.quote_field,
    extraction.extractor_version,
    extraction.extracted_at
FROM mentions AS mention
JOIN extractions AS extraction ON extraction.id = mention.extraction_id AND extraction.is_current
JOIN pages AS page ON page.id = extraction.page_id;

COMMENT ON VIEW discarded_mentions IS 'Tellings of events that made no report: planned, denied, historical and the like, each with the reason.';
COMMENT ON COLUMN discarded_mentions.article_id IS 'Article that tells it.';
COMMENT ON COLUMN discarded_mentions.article_url IS 'Address of the article.';
COMMENT ON COLUMN discarded_mentions.sub_event_type IS 'Kind of event that it speaks of.';
COMMENT ON COLUMN discarded_mentions.reality IS 'happened, planned, threatened, denied, hypothetical, historical …';
COMMENT ON COLUMN discarded_mentions.reason IS 'Why it made no report.';
COMMENT ON COLUMN discarded_mentions.quote IS 'Its words in the article.';
COMMENT ON COLUMN discarded_mentions.quote_start IS 'First character of the quote, from 0.';
COMMENT ON COLUMN discarded_mentions.quote_end IS 'Character after its last one.';
COMMENT ON COLUMN discarded_mentions.quote_field IS 'Text that the offsets count in: body or title.';
COMMENT ON COLUMN discarded_mentions.extractor_version IS 'Latest version of the extractors that gives this result.';
COMMENT ON COLUMN discarded_mentions.extracted_at IS 'When this result was first made.';

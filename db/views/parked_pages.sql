CREATE VIEW parked_pages AS
SELECT
    page.id AS page_id,
    page.url,
    page.host,
    feed.publisher,
    page.stage,
    page.attempts,
    page.last_reason AS reason,
    page.last_error AS error,
    page.parked_at
FROM pages AS page
JOIN feeds AS feed ON feed.id = page.feed_id
WHERE page.parked_at IS NOT NULL;

COMMENT ON VIEW parked_pages IS 'Pages that were given up after repeated failure, until somebody has them tried again.';
COMMENT ON COLUMN parked_pages.page_id IS 'Number of the page.';
COMMENT ON COLUMN parked_pages.url IS 'Canonical address: known tracking parameters are dropped, nothing else.';
COMMENT ON COLUMN parked_pages.host IS 'Host of the address.';
COMMENT ON COLUMN parked_pages.publisher IS 'Name of the publisher.';
COMMENT ON COLUMN parked_pages.stage IS 'What failed: fetch, read or code.';
COMMENT ON COLUMN parked_pages.attempts IS 'Attempts that failed.';
COMMENT ON COLUMN parked_pages.reason IS 'Why the last attempt failed: one of a closed list of reasons.';
COMMENT ON COLUMN parked_pages.error IS 'Details of the last failure.';
COMMENT ON COLUMN parked_pages.parked_at IS 'When it was given up.';

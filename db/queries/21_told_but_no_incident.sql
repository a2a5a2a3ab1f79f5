-- What was told but made no row (planned, denied, long ago …), and why
SELECT article_url, sub_event_type, reality, reason, quote
FROM discarded_mentions
ORDER BY extracted_at DESC
LIMIT 50;

CREATE VIEW feed_health AS
SELECT
    feed.id AS feed_id,
    feed.publisher,
    feed.country,
    feed.title,
    feed.url,
    CASE
        WHEN feed.state IN ('paused', 'gone') THEN feed.state
        WHEN feed.last_outcome IS NULL THEN 'new'
        WHEN feed.last_outcome = 'failed' AND feed.last_reason IN ('robots', 'challenge', 'http-401', 'http-403')
            THEN 'refused'
        WHEN feed.last_outcome = 'failed' THEN 'failing'
        WHEN COALESCE(feed.last_new_at, feed.added_at) < now() - interval '3 days' THEN 'silent'
        ELSE 'healthy'
    END AS health,
    CASE
        WHEN feed.state IN ('paused', 'gone') THEN feed.state_since
        WHEN feed.last_outcome IS NULL THEN feed.added_at
        WHEN feed.last_outcome = 'failed' THEN feed.outcome_since
        WHEN COALESCE(feed.last_new_at, feed.added_at) < now() - interval '3 days'
            THEN COALESCE(feed.last_new_at, feed.added_at)
        ELSE feed.outcome_since
    END AS since,
    CASE
        WHEN feed.state IN ('paused', 'gone') THEN feed.state_reason
        WHEN feed.last_outcome = 'failed' THEN concat_ws(': ', feed.last_reason, feed.last_error)
    END AS why,
    feed.last_poll_at,
    feed.last_success_at,
    feed.last_new_at,
    feed.next_poll_at,
    feed.interval_seconds,
    feed.consecutive_failures
FROM feeds AS feed
WHERE feed.state <> 'removed';

COMMENT ON VIEW feed_health IS 'The state of each source: whether it works, since when, and why not.';
COMMENT ON COLUMN feed_health.feed_id IS 'Number of the feed.';
COMMENT ON COLUMN feed_health.publisher IS 'Name of the publisher.';
COMMENT ON COLUMN feed_health.country IS 'Country of the publisher, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN feed_health.title IS 'Title that the feed gives itself, or that it was added with.';
COMMENT ON COLUMN feed_health.url IS 'Address that is polled.';
COMMENT ON COLUMN feed_health.health IS 'healthy · new (not polled yet) · silent (it answers, but listed nothing new for three days) · failing · refused (it does not let us in) · gone · paused.';
COMMENT ON COLUMN feed_health.since IS 'Since when it is so.';
COMMENT ON COLUMN feed_health.why IS 'Why, where something is wrong or a person decided it.';
COMMENT ON COLUMN feed_health.last_poll_at IS 'When it was last polled, whatever came of it.';
COMMENT ON COLUMN feed_health.last_success_at IS 'When a poll last succeeded (read or unchanged).';
COMMENT ON COLUMN feed_health.last_new_at IS 'When it last listed something new.';
COMMENT ON COLUMN feed_health.next_poll_at IS 'When the next poll is due.';
COMMENT ON COLUMN feed_health.interval_seconds IS 'Seconds between polls at present: follows what it publishes.';
COMMENT ON COLUMN feed_health.consecutive_failures IS 'Polls that failed since the last success.';

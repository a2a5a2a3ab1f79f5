"""What operators see."""

from alembic import op

revision = "20261122_1404_operators_views"
down_revision = "20261122_1403_analysts_views"
branch_labels = None
depends_on = None

FEED_HEALTH = """
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
"""

PARKED_PAGES = """
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
"""

VIEWS = {
    "feed_health": FEED_HEALTH,
    "parked_pages": PARKED_PAGES,
}
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rasid_analyst') THEN
        GRANT SELECT ON {names} TO rasid_analyst;
    END IF;
END
$$
"""


def upgrade() -> None:
    for statements in VIEWS.values():
        op.execute(statements)
    op.execute(GRANT.format(names=", ".join(VIEWS)))


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")

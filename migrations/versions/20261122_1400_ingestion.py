"""Feeds, polls, entries, pages and fetches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1400_ingestion"
down_revision = None
branch_labels = None
depends_on = None

# fmt: off


def _feeds() -> None:
    op.create_table("feeds",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("url", sa.Text(), nullable=False, comment="Address that is polled."),
        sa.Column("host", sa.Text(), nullable=False, comment="Host of the address: polls and pages of one host share one pace."),
        sa.Column("kind", sa.Text(), nullable=True, comment="What it proved to be: rss, atom, rdf, sitemap, sitemap-index or json. NULL until it was read."),
        sa.Column("title", sa.Text(), nullable=True, comment="Title that the feed gives itself, or that it was added with."),
        sa.Column("publisher", sa.Text(), nullable=True, comment="Name of the publisher."),
        sa.Column("country", sa.Text(), nullable=True, comment="Country of the publisher, ISO 3166-1 alpha-2."),
        sa.Column("timezone", sa.Text(), nullable=True, comment="Time zone of the publisher (IANA name), in which its dates without a zone are read."),
        sa.Column("catalogued", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="True where the shipped catalogue lists it."),
        sa.Column("state", sa.Text(), server_default=sa.text("'active'"), nullable=False, comment="active · paused (by a person) · gone (it says so, or failed for long: probed weekly) · removed."),
        sa.Column("state_reason", sa.Text(), nullable=True, comment="Why it is in this state, where that is not plain."),
        sa.Column("state_since", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="Since when it is in this state."),
        sa.Column("added_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was added."),
        sa.Column("etag", sa.Text(), nullable=True, comment="Validator of the last answer, sent back to ask for changes only."),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="Last-Modified of the last answer, sent back likewise."),
        sa.Column("body_sha256", sa.Text(), nullable=True, comment="SHA-256 (hex) of the last body: the same body is not read anew."),
        sa.Column("interval_seconds", sa.Integer(), nullable=False, comment="Seconds between polls at present: follows what it publishes."),
        sa.Column("next_poll_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When the next poll is due."),
        sa.Column("last_poll_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it was last polled, whatever came of it."),
        sa.Column("last_success_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When a poll last succeeded (read or unchanged)."),
        sa.Column("last_body_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it last sent a whole body rather than 'not modified'."),
        sa.Column("last_new_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it last listed something new."),
        sa.Column("consecutive_failures", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Polls that failed since the last success."),
        sa.Column("last_outcome", sa.Text(), nullable=True, comment="Outcome of the last poll: read, unchanged or failed."),
        sa.Column("last_reason", sa.Text(), nullable=True, comment="Why the last poll failed: one of a closed list of reasons."),
        sa.Column("last_error", sa.Text(), nullable=True, comment="Details of the last failure."),
        sa.Column("outcome_since", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Since when polls succeed, or fail, without a break."),
        sa.Column("redirect_url", sa.Text(), nullable=True, comment="Address to which it redirects for good."),
        sa.Column("redirect_since", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Since when it redirects there without a break: the address is adopted after days of agreement."),
        sa.Column("lease_owner", sa.Text(), nullable=True, comment="Worker that is polling it just now."),
        sa.Column("lease_until", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When that worker's claim expires."),
        sa.CheckConstraint("last_outcome IN ('read', 'unchanged', 'failed')", name=op.f("ck_feeds_last_outcome_is_known")),
        sa.CheckConstraint("state IN ('active', 'paused', 'gone', 'removed')", name=op.f("ck_feeds_state_is_known")),
        sa.CheckConstraint("interval_seconds > 0", name=op.f("ck_feeds_interval_is_positive")),
        sa.CheckConstraint("octet_length(url) <= 2600", name=op.f("ck_feeds_url_fits_its_index")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
        comment="Sources that are polled: feeds and news sitemaps, each with what is known of its publisher."
    )
    op.create_index("ix_feeds_host_next_poll_at", "feeds", ["host", "next_poll_at"], unique=False, postgresql_where=sa.text("state IN ('active', 'gone')"))


def _pages() -> None:
    op.create_table("pages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("url", sa.Text(), nullable=False, comment="Canonical address: known tracking parameters are dropped, nothing else."),
        sa.Column("host", sa.Text(), nullable=False, comment="Host of the address."),
        sa.Column("feed_id", sa.BigInteger(), nullable=False, comment="Feed that listed it first: its publisher is the article's."),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False, comment="waiting (new) · failing (to be tried again) · done · parked (given up) · gone (it says so)."),
        sa.Column("stage", sa.Text(), server_default=sa.text("'fetch'"), nullable=True, comment="What is owed next: fetch, read or code. NULL where nothing is."),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When that is due. NULL where nothing is owed or it is parked."),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Attempts at the present stage that failed in a row."),
        sa.Column("last_reason", sa.Text(), nullable=True, comment="Why the last attempt failed: one of a closed list of reasons."),
        sa.Column("last_error", sa.Text(), nullable=True, comment="Details of that failure."),
        sa.Column("parked_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When it was parked after its last failed attempt."),
        sa.Column("first_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When a feed first listed it."),
        sa.Column("fetch_id", sa.BigInteger(), nullable=True, comment="Latest fetch that stored a body."),
        sa.Column("body_sha256", sa.Text(), nullable=True, comment="SHA-256 (hex) of that body."),
        sa.Column("etag", sa.Text(), nullable=True, comment="Validator of the last answer, sent back when it is rechecked."),
        sa.Column("last_modified", sa.Text(), nullable=True, comment="Last-Modified of the last answer, sent back likewise."),
        sa.Column("first_fetched_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When a body was first stored."),
        sa.Column("rechecks", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Fetches after the first one that stored a body."),
        sa.Column("recheck_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When to look for changes once all else is done."),
        sa.Column("lease_owner", sa.Text(), nullable=True, comment="Worker that is at it just now."),
        sa.Column("lease_until", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When that worker's claim expires."),
        sa.CheckConstraint("(state = 'parked') = (parked_at IS NOT NULL)", name=op.f("ck_pages_parked_since")),
        sa.CheckConstraint("stage IN ('fetch', 'read', 'code')", name=op.f("ck_pages_stage_is_known")),
        sa.CheckConstraint("state IN ('waiting', 'failing', 'done', 'parked', 'gone')", name=op.f("ck_pages_state_is_known")),
        sa.CheckConstraint("octet_length(url) <= 2600", name=op.f("ck_pages_url_fits_its_index")),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_pages_feed_id_feeds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("url", name=op.f("uq_pages_url")),
        comment="Pages that feeds lead to, each once, with what is owed next: fetching, reading or coding."
    )
    op.create_index("ix_pages_lease_until", "pages", ["lease_until"], unique=False, postgresql_where=sa.text("lease_until IS NOT NULL"))
    op.create_index("ix_pages_parked_at", "pages", ["parked_at"], unique=False, postgresql_where=sa.text("parked_at IS NOT NULL"))
    op.create_index("ix_pages_stage_host_due_at", "pages", ["stage", "host", "due_at"], unique=False, postgresql_where=sa.text("due_at IS NOT NULL"))


def _polls() -> None:
    op.create_table("polls",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("feed_id", sa.BigInteger(), nullable=False, comment="Feed that was polled."),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When the poll began."),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When its outcome was recorded."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="read (a new body) · unchanged (not modified, or the same body) · failed."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it failed: one of a closed list of reasons."),
        sa.Column("error", sa.Text(), nullable=True, comment="Details of the failure."),
        sa.Column("http_status", sa.Integer(), nullable=True, comment="Status of the HTTP answer."),
        sa.Column("bytes", sa.BigInteger(), nullable=True, comment="Length of the body in bytes, decompressed."),
        sa.Column("final_url", sa.Text(), nullable=True, comment="Address that answered, where redirects led away from the feed's."),
        sa.Column("entries_listed", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Entries in the feed."),
        sa.Column("entries_new", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Entries that this feed had not listed before."),
        sa.Column("entries_known", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Entries that it had listed before."),
        sa.Column("entries_skipped", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Entries that cannot be used: see skipped."),
        sa.Column("skipped", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False, comment="Reasons for which entries were skipped, each with their number."),
        sa.Column("pages_new", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="New entries whose page no other feed had listed before."),
        sa.Column("guids_changed", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="Known entries that came under another guid: guids are volatile."),
        sa.Column("guids_reused", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="New entries that came under the guid of another article."),
        sa.Column("window_missed", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="True where nothing listed was known from earlier polls: some may have been missed."),
        sa.Column("encoding_declared", sa.Text(), nullable=True, comment="Character encoding that the feed declared."),
        sa.Column("encoding_used", sa.Text(), nullable=True, comment="Character encoding that it was read in."),
        sa.Column("encoding_repaired", sa.Boolean(), nullable=True, comment="True where broken bytes were mended."),
        sa.CheckConstraint("outcome IN ('read', 'unchanged', 'failed')", name=op.f("ck_polls_outcome_is_known")),
        sa.CheckConstraint("entries_listed = entries_new + entries_known + entries_skipped", name=op.f("ck_polls_every_entry_is_accounted_for")),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_polls_feed_id_feeds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        comment="Every poll of every feed and what came of it: the audit of ingestion."
    )
    op.create_index("ix_polls_feed_id_started_at", "polls", ["feed_id", "started_at"], unique=False)
    op.create_index("ix_polls_started_at", "polls", ["started_at"], unique=False)


def _entries() -> None:
    op.create_table("entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("feed_id", sa.BigInteger(), nullable=False, comment="Feed that listed it."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page that it leads to."),
        sa.Column("guid", sa.Text(), nullable=True, comment="The feed's own mark for it, as last seen (a digest where it is very long)."),
        sa.Column("url", sa.Text(), nullable=False, comment="Its address in the feed, as last seen."),
        sa.Column("title", sa.Text(), nullable=True, comment="Title as the feed gives it, as last seen."),
        sa.Column("summary", sa.Text(), nullable=True, comment="Summary as the feed gives it."),
        sa.Column("author", sa.Text(), nullable=True, comment="Author as the feed gives it."),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment="Categories as the feed gives them."),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Publication time by the feed. NULL where it could not be read."),
        sa.Column("published_text", sa.Text(), nullable=True, comment="Publication time as the feed writes it."),
        sa.Column("first_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When a poll first saw it."),
        sa.Column("last_seen_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When a poll last saw it."),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id_feeds")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_entries_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("feed_id", "page_id", name=op.f("uq_entries_feed_id_page_id")),
        comment="Articles as feeds announce them: one row for each article in each feed that listed it."
    )
    op.create_index("ix_entries_feed_id_guid", "entries", ["feed_id", "guid"], unique=False)
    op.create_index("ix_entries_page_id", "entries", ["page_id"], unique=False)


def _fetches() -> None:
    op.create_table("fetches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page that was fetched."),
        sa.Column("fetched_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was fetched."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="stored (a new body) · unchanged (not modified, or the same body) · failed."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it failed: one of a closed list of reasons."),
        sa.Column("error", sa.Text(), nullable=True, comment="Details of the failure."),
        sa.Column("http_status", sa.Integer(), nullable=True, comment="Status of the HTTP answer."),
        sa.Column("final_url", sa.Text(), nullable=True, comment="Address that answered, where redirects led away from the page's."),
        sa.Column("headers", postgresql.JSONB(), nullable=True, comment="Headers of the answer."),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="Raw bytes of the page, compressed (zstandard). NULL where none came, or after retention."),
        sa.Column("body_sha256", sa.Text(), nullable=True, comment="SHA-256 (hex) of the raw bytes."),
        sa.Column("bytes", sa.BigInteger(), nullable=True, comment="Length of the raw bytes."),
        sa.Column("truncated", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="True where the body was cut at the size limit."),
        sa.Column("elapsed_ms", sa.Integer(), nullable=True, comment="Milliseconds from request to last byte."),
        sa.CheckConstraint("body IS NULL OR outcome = 'stored'", name=op.f("ck_fetches_body_is_stored")),
        sa.CheckConstraint("outcome IN ('stored', 'unchanged', 'failed')", name=op.f("ck_fetches_outcome_is_known")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_fetches_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
        comment="Every fetch of every page, with the bytes that came."
    )
    op.create_index("ix_fetches_fetched_at", "fetches", ["fetched_at"], unique=False)
    op.create_index("ix_fetches_page_id", "fetches", ["page_id"], unique=False)
    op.execute("ALTER TABLE fetches ALTER COLUMN body SET STORAGE EXTERNAL")  # it is compressed already


def upgrade() -> None:
    _feeds()
    _pages()
    _polls()
    _entries()
    _fetches()


def downgrade() -> None:
    op.drop_table("fetches")
    op.drop_table("entries")
    op.drop_table("polls")
    op.drop_table("pages")
    op.drop_table("feeds")

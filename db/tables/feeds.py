"""Feeds, the polls that asked them, and the entries that they listed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import MAX_URL_BYTES, Base, key

FEED_STATES = ("active", "paused", "gone", "removed")
POLL_OUTCOMES = ("read", "unchanged", "failed")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The text of a check that a column holds one of the values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class FeedRow(Base):
    """One source that is polled: a feed or a news sitemap."""

    __tablename__ = "feeds"
    __table_args__ = (
        UniqueConstraint("url"),
        CheckConstraint(f"octet_length(url) <= {MAX_URL_BYTES}", name="url_fits_its_index"),
        CheckConstraint(one_of("state", FEED_STATES), name="state_is_known"),
        CheckConstraint(one_of("last_outcome", POLL_OUTCOMES), name="last_outcome_is_known"),
        CheckConstraint("interval_seconds > 0", name="interval_is_positive"),
        Index(
            "ix_feeds_host_next_poll_at", "host", "next_poll_at", postgresql_where=text("state IN ('active', 'gone')")
        ),
        {"comment": "Sources that are polled: feeds and news sitemaps, each with what is known of its publisher."},
    )

    id: Mapped[key]
    url: Mapped[str] = mapped_column(comment="Address that is polled.")
    host: Mapped[str] = mapped_column(comment="Host of the address: polls and pages of one host share one pace.")
    kind: Mapped[str | None] = mapped_column(
        comment="What it proved to be: rss, atom, rdf, sitemap, sitemap-index or json. NULL until it was read."
    )
    title: Mapped[str | None] = mapped_column(comment="Title that the feed gives itself, or that it was added with.")
    publisher: Mapped[str | None] = mapped_column(comment="Name of the publisher.")
    country: Mapped[str | None] = mapped_column(comment="Country of the publisher, ISO 3166-1 alpha-2.")
    timezone: Mapped[str | None] = mapped_column(
        comment="Time zone of the publisher (IANA name), in which its dates without a zone are read."
    )
    catalogued: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="True where the shipped catalogue lists it."
    )
    state: Mapped[str] = mapped_column(
        server_default=text("'active'"),
        comment="active · paused (by a person) · gone (it says so, or failed for long: probed weekly) · removed.",
    )
    state_reason: Mapped[str | None] = mapped_column(comment="Why it is in this state, where that is not plain.")
    state_since: Mapped[datetime] = mapped_column(comment="Since when it is in this state.")
    added_at: Mapped[datetime] = mapped_column(comment="When it was added.")
    etag: Mapped[str | None] = mapped_column(comment="Validator of the last answer, sent back to ask for changes only.")
    last_modified: Mapped[str | None] = mapped_column(comment="Last-Modified of the last answer, sent back likewise.")
    body_sha256: Mapped[str | None] = mapped_column(
        comment="SHA-256 (hex) of the last body: the same body is not read anew."
    )
    interval_seconds: Mapped[int] = mapped_column(
        Integer, comment="Seconds between polls at present: follows what it publishes."
    )
    next_poll_at: Mapped[datetime] = mapped_column(comment="When the next poll is due.")
    last_poll_at: Mapped[datetime | None] = mapped_column(comment="When it was last polled, whatever came of it.")
    last_success_at: Mapped[datetime | None] = mapped_column(comment="When a poll last succeeded (read or unchanged).")
    last_body_at: Mapped[datetime | None] = mapped_column(
        comment="When it last sent a whole body rather than 'not modified'."
    )
    last_new_at: Mapped[datetime | None] = mapped_column(comment="When it last listed something new.")
    consecutive_failures: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Polls that failed since the last success."
    )
    last_outcome: Mapped[str | None] = mapped_column(comment="Outcome of the last poll: read, unchanged or failed.")
    last_reason: Mapped[str | None] = mapped_column(
        comment="Why the last poll failed: one of a closed list of reasons."
    )
    last_error: Mapped[str | None] = mapped_column(comment="Details of the last failure.")
    outcome_since: Mapped[datetime | None] = mapped_column(
        comment="Since when polls succeed, or fail, without a break."
    )
    ttl_seconds: Mapped[int | None] = mapped_column(
        Integer, comment="Seconds between polls that the feed's own text asks for (ttl, sy:updatePeriod)."
    )
    max_age_seconds: Mapped[int | None] = mapped_column(
        Integer, comment="Seconds for which its last answer called itself fresh (Cache-Control: max-age)."
    )
    skip_hours: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), server_default=text("'{}'"), comment="Hours of the day (GMT) in which it asks not to be polled."
    )
    skip_days: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"), comment="Days of the week (English, GMT) on which it asks not to be polled."
    )
    redirect_url: Mapped[str | None] = mapped_column(comment="Address to which it redirects for good.")
    redirect_since: Mapped[datetime | None] = mapped_column(
        comment="Since when it redirects there without a break: the address is adopted after days of agreement."
    )
    lease_owner: Mapped[str | None] = mapped_column(comment="Worker that is polling it just now.")
    lease_until: Mapped[datetime | None] = mapped_column(comment="When that worker's claim expires.")


class PollRow(Base):
    """One poll of one feed."""

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint(one_of("outcome", POLL_OUTCOMES), name="outcome_is_known"),
        CheckConstraint(
            "entries_listed = entries_new + entries_known + entries_skipped", name="every_entry_is_accounted_for"
        ),
        Index("ix_polls_feed_id_started_at", "feed_id", "started_at"),
        Index("ix_polls_started_at", "started_at"),
        {"comment": "Every poll of every feed and what came of it: the audit of ingestion."},
    )

    id: Mapped[key]
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), comment="Feed that was polled.")
    started_at: Mapped[datetime] = mapped_column(comment="When the poll began.")
    finished_at: Mapped[datetime] = mapped_column(comment="When its outcome was recorded.")
    outcome: Mapped[str] = mapped_column(
        comment="read (a new body) · unchanged (not modified, or the same body) · failed."
    )
    reason: Mapped[str | None] = mapped_column(
        comment="Why it failed: one of a closed list of reasons; or truncated, where it was read in part."
    )
    error: Mapped[str | None] = mapped_column(comment="Details of the failure.")
    http_status: Mapped[int | None] = mapped_column(Integer, comment="Status of the HTTP answer.")
    bytes: Mapped[int | None] = mapped_column(comment="Length of the body in bytes, decompressed.")
    final_url: Mapped[str | None] = mapped_column(
        comment="Address that answered, where redirects led away from the feed's."
    )
    entries_listed: Mapped[int] = mapped_column(Integer, server_default=text("0"), comment="Entries in the feed.")
    entries_new: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Entries that this feed had not listed before."
    )
    entries_known: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Entries that it had listed before."
    )
    entries_skipped: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Entries that cannot be used: see skipped."
    )
    skipped: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"), comment="Reasons for which entries were skipped, each with their number."
    )
    pages_new: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="New entries whose page no other feed had listed before."
    )
    guids_changed: Mapped[int] = mapped_column(
        Integer,
        server_default=text("0"),
        comment="Known entries that came under another guid: guids are volatile.",
    )
    guids_reused: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="New entries that came under the guid of another article."
    )
    window_missed: Mapped[bool] = mapped_column(
        server_default=text("false"),
        comment="True where nothing listed was known from earlier polls: some may have been missed.",
    )
    encoding_declared: Mapped[str | None] = mapped_column(comment="Character encoding that the feed declared.")
    encoding_used: Mapped[str | None] = mapped_column(comment="Character encoding that it was read in.")
    encoding_repaired: Mapped[bool | None] = mapped_column(comment="True where broken bytes were mended.")


class EntryRow(Base):
    """One article as one feed announces it."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("feed_id", "page_id"),
        Index("ix_entries_feed_id_guid", "feed_id", "guid"),
        Index("ix_entries_page_id", "page_id"),
        Index("ix_entries_first_seen_at", "first_seen_at", postgresql_include=["feed_id"]),
        {"comment": "Articles as feeds announce them: one row for each article in each feed that listed it."},
    )

    id: Mapped[key]
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), comment="Feed that listed it.")
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), comment="Page that it leads to.")
    guid: Mapped[str | None] = mapped_column(
        comment="The feed's own mark for it, as last seen (a digest where it is very long)."
    )
    url: Mapped[str] = mapped_column(comment="Its address in the feed, as last seen.")
    title: Mapped[str | None] = mapped_column(comment="Title as the feed gives it, as last seen.")
    summary: Mapped[str | None] = mapped_column(comment="Summary as the feed gives it.")
    author: Mapped[str | None] = mapped_column(comment="Author as the feed gives it.")
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"), comment="Categories as the feed gives them.")
    published_at: Mapped[datetime | None] = mapped_column(
        comment="Publication time by the feed. NULL where it could not be read."
    )
    published_text: Mapped[str | None] = mapped_column(comment="Publication time as the feed writes it.")
    first_seen_at: Mapped[datetime] = mapped_column(comment="When a poll first saw it.")
    last_seen_at: Mapped[datetime] = mapped_column(comment="When a poll last saw it.")

"""Pages that entries lead to, and every fetch of them: raw bytes are kept, so that all that follows can be replayed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import MAX_URL_BYTES, Base, key
from db.tables.feeds import one_of

PAGE_STATES = ("waiting", "failing", "done", "parked", "gone")
PAGE_STAGES = ("fetch", "read", "code")
FETCH_OUTCOMES = ("stored", "unchanged", "failed")


class PageRow(Base):
    """One page: the unit of work from its first listing to its last recheck."""

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("url"),
        CheckConstraint(f"octet_length(url) <= {MAX_URL_BYTES}", name="url_fits_its_index"),
        CheckConstraint(one_of("state", PAGE_STATES), name="state_is_known"),
        CheckConstraint(one_of("stage", PAGE_STAGES), name="stage_is_known"),
        CheckConstraint("(state = 'parked') = (parked_at IS NOT NULL)", name="parked_since"),
        Index("ix_pages_stage_host_due_at", "stage", "host", "due_at", postgresql_where=text("due_at IS NOT NULL")),
        Index("ix_pages_lease_until", "lease_until", postgresql_where=text("lease_until IS NOT NULL")),
        Index("ix_pages_parked_at", "parked_at", postgresql_where=text("parked_at IS NOT NULL")),
        {"comment": "Pages that feeds lead to, each once, with what is owed next: fetching, reading or coding."},
    )

    id: Mapped[key]
    url: Mapped[str] = mapped_column(comment="Canonical address: known tracking parameters are dropped, nothing else.")
    host: Mapped[str] = mapped_column(comment="Host of the address.")
    feed_id: Mapped[int] = mapped_column(
        ForeignKey("feeds.id"), comment="Feed that listed it first: its publisher is the article's."
    )
    state: Mapped[str] = mapped_column(
        server_default=text("'waiting'"),
        comment="waiting (new) · failing (to be tried again) · done · parked (given up) · gone (it says so).",
    )
    stage: Mapped[str | None] = mapped_column(
        server_default=text("'fetch'"), comment="What is owed next: fetch, read or code. NULL where nothing is."
    )
    due_at: Mapped[datetime | None] = mapped_column(
        comment="When that is due. NULL where nothing is owed or it is parked."
    )
    attempts: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Attempts at the present stage that failed in a row."
    )
    last_reason: Mapped[str | None] = mapped_column(
        comment="Why the last attempt failed: one of a closed list of reasons."
    )
    last_error: Mapped[str | None] = mapped_column(comment="Details of that failure.")
    parked_at: Mapped[datetime | None] = mapped_column(comment="When it was parked after its last failed attempt.")
    first_seen_at: Mapped[datetime] = mapped_column(comment="When a feed first listed it.")
    fetch_id: Mapped[int | None] = mapped_column(comment="Latest fetch that stored a body.")
    body_sha256: Mapped[str | None] = mapped_column(comment="SHA-256 (hex) of that body.")
    etag: Mapped[str | None] = mapped_column(comment="Validator of the last answer, sent back when it is rechecked.")
    last_modified: Mapped[str | None] = mapped_column(comment="Last-Modified of the last answer, sent back likewise.")
    first_fetched_at: Mapped[datetime | None] = mapped_column(comment="When a body was first stored.")
    rechecks: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), comment="Fetches after the first one that stored a body."
    )
    recheck_at: Mapped[datetime | None] = mapped_column(comment="When to look for changes once all else is done.")
    lease_owner: Mapped[str | None] = mapped_column(comment="Worker that is at it just now.")
    lease_until: Mapped[datetime | None] = mapped_column(comment="When that worker's claim expires.")


class FetchRow(Base):
    """One fetch of one page."""

    __tablename__ = "fetches"
    __table_args__ = (
        CheckConstraint(one_of("outcome", FETCH_OUTCOMES), name="outcome_is_known"),
        CheckConstraint("body IS NULL OR outcome = 'stored'", name="body_is_stored"),
        Index("ix_fetches_page_id", "page_id"),
        Index("ix_fetches_fetched_at", "fetched_at"),
        {"comment": "Every fetch of every page, with the bytes that came."},
    )

    id: Mapped[key]
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), comment="Page that was fetched.")
    fetched_at: Mapped[datetime] = mapped_column(comment="When it was fetched.")
    outcome: Mapped[str] = mapped_column(
        comment="stored (a new body) · unchanged (not modified, or the same body) · failed."
    )
    reason: Mapped[str | None] = mapped_column(comment="Why it failed: one of a closed list of reasons.")
    error: Mapped[str | None] = mapped_column(comment="Details of the failure.")
    http_status: Mapped[int | None] = mapped_column(Integer, comment="Status of the HTTP answer.")
    final_url: Mapped[str | None] = mapped_column(
        comment="Address that answered, where redirects led away from the page's."
    )
    headers: Mapped[dict[str, Any] | None] = mapped_column(comment="Headers of the answer.")
    body: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Raw bytes of the page, compressed (zstandard). NULL where none came, or after retention."
    )
    body_sha256: Mapped[str | None] = mapped_column(comment="SHA-256 (hex) of the raw bytes.")
    bytes: Mapped[int | None] = mapped_column(comment="Length of the raw bytes.")
    truncated: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="True where the body was cut at the size limit."
    )
    elapsed_ms: Mapped[int | None] = mapped_column(Integer, comment="Milliseconds from request to last byte.")

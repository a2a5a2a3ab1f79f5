"""Articles that were read from pages, and every reading, also those that gave none."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base, key
from db.tables.feeds import one_of

READING_OUTCOMES = ("new article", "revised article", "same article", "unreadable", "failed")
DATE_SOURCES = ("page", "feed", "url", "text")


class ArticleRow(Base):
    """One revision of one article."""

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("page_id", "revision"),
        CheckConstraint(one_of("published_from", DATE_SOURCES), name="published_from_is_known"),
        CheckConstraint("is_current = (superseded_at IS NULL)", name="superseded_when_not_current"),
        Index("uq_articles_page_id_current", "page_id", unique=True, postgresql_where=text("is_current")),
        Index("ix_articles_published_at", "published_at"),
        Index("ix_articles_fetch_id", "fetch_id"),
        {"comment": "Articles as read from their pages; an article that changed later has a row for each revision."},
    )

    id: Mapped[key]
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), comment="Page that it was read from.")
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetches.id"), comment="Fetch whose bytes gave this text first.")
    revision: Mapped[int] = mapped_column(
        Integer, comment="1 for the text as first read, 2 for its first change, and so on."
    )
    is_current: Mapped[bool] = mapped_column(comment="True for the latest revision.")
    url: Mapped[str] = mapped_column(
        comment="Address that the page gives as its own, else the one that it was fetched from."
    )
    title: Mapped[str | None] = mapped_column(comment="Headline, without the site's name.")
    body: Mapped[str] = mapped_column(
        comment="Text of the article, paragraphs parted by line breaks. Evidence offsets count its characters."
    )
    author: Mapped[str | None] = mapped_column(comment="Author as the page gives it.")
    section: Mapped[str | None] = mapped_column(comment="Section of the paper.")
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"), comment="Key words as the page gives them.")
    image_url: Mapped[str | None] = mapped_column(comment="Address of the leading image.")
    language: Mapped[str | None] = mapped_column(comment="Language by the letters of the text, ISO 639-1.")
    publisher: Mapped[str | None] = mapped_column(comment="Name of the publisher.")
    country: Mapped[str | None] = mapped_column(comment="Country of the publisher, ISO 3166-1 alpha-2.")
    timezone: Mapped[str | None] = mapped_column(comment="Time zone of the publisher (IANA name).")
    published_at: Mapped[datetime | None] = mapped_column(comment="Publication time. NULL where it could not be known.")
    published_from: Mapped[str | None] = mapped_column(comment="Where that was found: page, feed, url or text.")
    modified_at: Mapped[datetime | None] = mapped_column(comment="Time of the last change that the page names.")
    reader_version: Mapped[str] = mapped_column(comment="Version of the reader that gives this text.")
    content_sha256: Mapped[str] = mapped_column(
        comment="SHA-256 (hex) of title and body: another value makes a revision."
    )
    created_at: Mapped[datetime] = mapped_column(comment="When this revision was stored.")
    superseded_at: Mapped[datetime | None] = mapped_column(comment="When a later revision took its place.")


class ReadingRow(Base):
    """One reading of one fetched page."""

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("fetch_id", "reader_version"),
        CheckConstraint(one_of("outcome", READING_OUTCOMES), name="outcome_is_known"),
        Index("ix_readings_page_id", "page_id"),
        Index("ix_readings_article_id", "article_id"),
        {"comment": "What the reader made of each fetched page: an article, or the reason why there is none."},
    )

    id: Mapped[key]
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), comment="Page that was read.")
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetches.id"), comment="Fetch whose bytes were read.")
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), comment="Article that they gave.")
    outcome: Mapped[str] = mapped_column(
        comment="new article · revised article · same article · unreadable · failed (an error)."
    )
    reason: Mapped[str | None] = mapped_column(comment="Why there is no article: one of a closed list of reasons.")
    detail: Mapped[str | None] = mapped_column(comment="Details of that reason.")
    encoding_declared: Mapped[str | None] = mapped_column(comment="Character encoding that the page declared.")
    encoding_used: Mapped[str | None] = mapped_column(comment="Character encoding that it was read in.")
    encoding_repaired: Mapped[bool | None] = mapped_column(comment="True where broken bytes were mended.")
    reader_version: Mapped[str] = mapped_column(comment="Version of the reader.")
    read_at: Mapped[datetime] = mapped_column(comment="When it was read.")

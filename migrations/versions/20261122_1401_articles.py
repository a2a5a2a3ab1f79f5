"""Articles and readings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_1401_articles"
down_revision = "20261122_1400_ingestion"
branch_labels = None
depends_on = None

# fmt: off


def _articles() -> None:
    op.create_table("articles",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page that it was read from."),
        sa.Column("fetch_id", sa.BigInteger(), nullable=False, comment="Fetch whose bytes gave this text first."),
        sa.Column("revision", sa.Integer(), nullable=False, comment="1 for the text as first read, 2 for its first change, and so on."),
        sa.Column("is_current", sa.Boolean(), nullable=False, comment="True for the latest revision."),
        sa.Column("url", sa.Text(), nullable=False, comment="Address that the page gives as its own, else the one that it was fetched from."),
        sa.Column("title", sa.Text(), nullable=True, comment="Headline, without the site's name."),
        sa.Column("body", sa.Text(), nullable=False, comment="Text of the article, paragraphs parted by line breaks. Evidence offsets count its characters."),
        sa.Column("author", sa.Text(), nullable=True, comment="Author as the page gives it."),
        sa.Column("section", sa.Text(), nullable=True, comment="Section of the paper."),
        sa.Column("tags", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False, comment="Key words as the page gives them."),
        sa.Column("image_url", sa.Text(), nullable=True, comment="Address of the leading image."),
        sa.Column("language", sa.Text(), nullable=True, comment="Language by the letters of the text, ISO 639-1."),
        sa.Column("publisher", sa.Text(), nullable=True, comment="Name of the publisher."),
        sa.Column("country", sa.Text(), nullable=True, comment="Country of the publisher, ISO 3166-1 alpha-2."),
        sa.Column("timezone", sa.Text(), nullable=True, comment="Time zone of the publisher (IANA name)."),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Publication time. NULL where it could not be known."),
        sa.Column("published_from", sa.Text(), nullable=True, comment="Where that was found: page, feed, url or text."),
        sa.Column("modified_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="Time of the last change that the page names."),
        sa.Column("reader_version", sa.Text(), nullable=False, comment="Version of the reader that gives this text."),
        sa.Column("content_sha256", sa.Text(), nullable=False, comment="SHA-256 (hex) of title and body: another value makes a revision."),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When this revision was stored."),
        sa.Column("superseded_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="When a later revision took its place."),
        sa.CheckConstraint("published_from IN ('page', 'feed', 'url', 'text')", name=op.f("ck_articles_published_from_is_known")),
        sa.CheckConstraint("is_current = (superseded_at IS NULL)", name=op.f("ck_articles_superseded_when_not_current")),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetches.id"], name=op.f("fk_articles_fetch_id_fetches")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_articles_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("page_id", "revision", name=op.f("uq_articles_page_id_revision")),
        comment="Articles as read from their pages; an article that changed later has a row for each revision."
    )
    op.create_index("ix_articles_fetch_id", "articles", ["fetch_id"], unique=False)
    op.create_index("ix_articles_published_at", "articles", ["published_at"], unique=False)
    op.create_index("uq_articles_page_id_current", "articles", ["page_id"], unique=True, postgresql_where=sa.text("is_current"))


def _readings() -> None:
    op.create_table("readings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="Number of the row."),
        sa.Column("page_id", sa.BigInteger(), nullable=False, comment="Page that was read."),
        sa.Column("fetch_id", sa.BigInteger(), nullable=False, comment="Fetch whose bytes were read."),
        sa.Column("article_id", sa.BigInteger(), nullable=True, comment="Article that they gave."),
        sa.Column("outcome", sa.Text(), nullable=False, comment="new article · revised article · same article · unreadable · failed (an error)."),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why there is no article: one of a closed list of reasons."),
        sa.Column("detail", sa.Text(), nullable=True, comment="Details of that reason."),
        sa.Column("encoding_declared", sa.Text(), nullable=True, comment="Character encoding that the page declared."),
        sa.Column("encoding_used", sa.Text(), nullable=True, comment="Character encoding that it was read in."),
        sa.Column("encoding_repaired", sa.Boolean(), nullable=True, comment="True where broken bytes were mended."),
        sa.Column("reader_version", sa.Text(), nullable=False, comment="Version of the reader."),
        sa.Column("read_at", postgresql.TIMESTAMP(timezone=True), nullable=False, comment="When it was read."),
        sa.CheckConstraint("outcome IN ('new article', 'revised article', 'same article', 'unreadable', 'failed')", name=op.f("ck_readings_outcome_is_known")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_readings_article_id_articles")),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetches.id"], name=op.f("fk_readings_fetch_id_fetches")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_readings_page_id_pages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("fetch_id", "reader_version", name=op.f("uq_readings_fetch_id_reader_version")),
        comment="What the reader made of each fetched page: an article, or the reason why there is none."
    )
    op.create_index("ix_readings_article_id", "readings", ["article_id"], unique=False)
    op.create_index("ix_readings_page_id", "readings", ["page_id"], unique=False)


def upgrade() -> None:
    _articles()
    _readings()


def downgrade() -> None:
    op.drop_table("readings")
    op.drop_table("articles")

"""What full-text search looks in: the words of articles and reports, folded and cut."""

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from db.schema import Base


class ArticleWordsRow(Base):
    """The words of one revision of an article."""

    __tablename__ = "article_words"
    __table_args__ = (
        Index("ix_article_words_words", "words", postgresql_using="gin"),
        {
            "comment": "Words of each article for full-text search, through search_articles: "
            "every form in which they are found."
        },
    )

    article_id: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="Article that they stand in.",
    )
    words: Mapped[Any] = mapped_column(
        TSVECTOR,
        nullable=False,
        comment="Its words, folded and cut: of the headline with weight A, of the body with D. "
        "Beside them marks of its publication: country, month and year.",
    )


class ReportWordsRow(Base):
    """The words of one report."""

    __tablename__ = "report_words"
    __table_args__ = (
        Index("ix_report_words_words", "words", postgresql_using="gin"),
        {
            "comment": "Words of each report for full-text search, through search_incidents: "
            "every form in which they are found."
        },
    )

    report_id: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="Report that they belong to.",
    )
    words: Mapped[Any] = mapped_column(
        TSVECTOR,
        nullable=False,
        comment="Its words, folded and cut: of places and actors with weight A, of the passage with B, "
        "of the headline with C. Beside them marks of its country, months and years.",
    )

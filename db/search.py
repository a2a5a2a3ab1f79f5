"""Articles and reports -> the words under which full-text search finds them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from extractors.arabic.search import search_vector


class ArticleText(NamedTuple):
    """What is searched of an article: when and where it was published, its headline and its text."""

    article_id: int
    country: str | None
    published_at: datetime | None
    title: str | None
    body: str


class ReportText(NamedTuple):
    """What is searched of a report: where and when, the names in it, its passage, and the headline over it."""

    report_id: int
    country: str
    first_day: date
    last_day: date
    names: str
    evidence: str
    title: str | None


_ARTICLES = text("""
INSERT INTO article_words (article_id, words)
SELECT given.id, given.title::tsvector || given.body::tsvector || article_marks(given.country, given.published_at)
FROM unnest(
    CAST(:ids AS bigint[]), CAST(:countries AS text[]), CAST(:published AS timestamptz[]), CAST(:titles AS text[]),
    CAST(:bodies AS text[])
) AS given (id, country, published_at, title, body)
""")
_REDATED = text("""
UPDATE article_words AS stored
SET words = ts_filter(stored.words, '{a,d}') || article_marks(article.country, article.published_at)
FROM articles AS article WHERE article.id = stored.article_id AND article.id = :article
""")
_REPORTS = text("""
INSERT INTO report_words (report_id, words)
SELECT given.id, given.names::tsvector || given.evidence::tsvector || given.title::tsvector
    || search_marks(given.country, given.first_day, given.last_day)
FROM unnest(
    CAST(:ids AS bigint[]), CAST(:countries AS text[]), CAST(:first_days AS date[]), CAST(:last_days AS date[]),
    CAST(:names AS text[]), CAST(:evidence AS text[]), CAST(:titles AS text[])
) AS given (id, country, first_day, last_day, names, evidence, title)
""")


def index_articles(connection: Connection, articles: Iterable[ArticleText]) -> None:
    """Store the words of new articles."""
    rows = [
        (
            one.article_id,
            one.country,
            one.published_at,
            search_vector(one.title or "", "A"),
            search_vector(one.body),
        )
        for one in articles
    ]
    if rows:
        names = ("ids", "countries", "published", "titles", "bodies")
        connection.execute(_ARTICLES, dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def redate_article(connection: Connection, article_id: int) -> None:
    """Find an article by the time that is now told of it: its words stay."""
    connection.execute(_REDATED, {"article": article_id})


def index_reports(connection: Connection, reports: Iterable[ReportText]) -> None:
    """Store the words of new reports."""
    rows = [
        (
            one.report_id,
            one.country,
            one.first_day,
            one.last_day,
            search_vector(one.names, "A"),
            search_vector(one.evidence, "B"),
            search_vector(one.title or "", "C"),
        )
        for one in reports
    ]
    if rows:
        names = ("ids", "countries", "first_days", "last_days", "names", "evidence", "titles")
        columns = map(list, zip(*rows, strict=True))
        connection.execute(_REPORTS, dict(zip(names, columns, strict=True)))

"""Articles and reports -> the words under which full-text search finds them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from extractors.arabic.search import search_vector


class ArticleText(NamedTuple):
    """What is searched of an article."""

    article_id: int
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
SELECT given.id, given.title::tsvector || given.body::tsvector
FROM unnest(CAST(:ids AS bigint[]), CAST(:titles AS text[]), CAST(:bodies AS text[])) AS given (id, title, body)
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
    rows = [(one.article_id, search_vector(one.title or "", "A"), search_vector(one.body)) for one in articles]
    if rows:
        ids, titles, bodies = zip(*rows, strict=True)
        connection.execute(_ARTICLES, {"ids": list(ids), "titles": list(titles), "bodies": list(bodies)})


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

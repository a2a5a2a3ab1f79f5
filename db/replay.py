"""Stored articles -> what the extractors read, for the first coding and for every later one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from db.text import storable
from extractors.reading.published import publisher_zone
from extractors.records import NewsText, Publisher


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A current article as the extractors read it, and the version of them that coded it last, if any did."""

    article_id: int
    page_id: int
    text: NewsText
    extractor_version: str | None


_ARTICLES = """
SELECT articles.id, articles.page_id, articles.title, articles.body, articles.published_at, articles.timezone,
    articles.country, articles.publisher, extractions.extractor_version
FROM articles LEFT JOIN extractions ON extractions.page_id = articles.page_id AND extractions.is_current
    AND extractions.article_id = articles.id
WHERE articles.is_current AND
"""
_OF_PAGES = text(f"{_ARTICLES} articles.page_id = ANY(:ids) ORDER BY articles.id")
_AFTER = text(f"""{_ARTICLES} articles.id > :after
    AND (CAST(:publisher AS text) IS NULL OR articles.publisher = :publisher)
    AND (CAST(:since AS timestamptz) IS NULL OR articles.published_at >= :since)
    AND (CAST(:until AS timestamptz) IS NULL OR articles.published_at < :until)
    AND (CAST(:version AS text) IS NULL OR extractions.extractor_version IS DISTINCT FROM :version)
    AND (CAST(:only AS text) IS NULL OR extractions.extractor_version = :only)
    AND (CAST(:parts AS bigint) IS NULL OR articles.page_id % :parts = :part)
ORDER BY articles.id LIMIT :limit
""")


def articles_to_code(connection: Connection, page_ids: Collection[int]) -> list[StoredArticle]:
    """The current articles of these pages."""
    return [_stored(row) for row in connection.execute(_OF_PAGES, {"ids": list(page_ids)})]


def articles_after(
    connection: Connection,
    article_id: int,
    limit: int,
    *,
    publisher: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    not_version: str | None = None,
    only_version: str | None = None,
    part: tuple[int, int] | None = None,
) -> list[StoredArticle]:
    """For coding anew: the next current articles in order of id.

    Those that `not_version` coded last are left out; with `only_version` all but those that it coded last; with
    `part` (i, n) the pages of all parts but the i-th of n, from 0. Start from 0 and go on from the last id: the cost of
    a batch does not grow with the number of articles.
    """
    limits = {"publisher": publisher, "since": since, "until": until, "version": not_version, "only": only_version}
    which, parts = part or (None, None)
    rows = connection.execute(_AFTER, {"after": article_id, "limit": limit, "part": which, "parts": parts} | limits)
    return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> StoredArticle:
    publisher = Publisher(row.publisher, row.country, row.timezone)
    return StoredArticle(
        row.id, row.page_id, news_text(row.title, row.body, row.published_at, publisher), row.extractor_version
    )


def news_text(title: str | None, body: str, published_at: datetime | None, publisher: Publisher) -> NewsText:
    """What the extractors read of an article: its text as it is stored, its day in the publisher's zone.

    Made here alone, so that the first coding and every later one read the same.
    """
    return NewsText(
        title=storable(title or ""),
        body=storable(body),
        published=None if published_at is None else published_at.astimezone(publisher_zone(publisher)).date(),
        country=publisher.country,
        publisher=publisher.name,
    )

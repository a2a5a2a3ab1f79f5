"""Fetched pages -> what the reader needs; readings -> articles, their revisions, and reasons where there is none."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select, text, update

from db import progress
from db.bodies import unpack
from db.bulk import copy_rows, new_ids
from db.pages import entry_of
from db.progress import Failure, HeldPage, Step
from db.search import ArticleText, index_articles, redate_article
from db.tables import ArticleRow, ReadingRow
from db.text import storable
from extractors.records import Article, Entry, Publisher, Unreadable


@dataclass(frozen=True, slots=True)
class StoredPage:
    """The latest bytes of a page, with the context in which they are read. `url` is the address that answered."""

    page_id: int
    fetch_id: int
    url: str
    content_type: str | None
    body: bytes
    publisher: Publisher
    entry: Entry | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """What the reader made of a fetch. A Failure is tried again at `retry_at`; without one the page is parked."""

    page_id: int
    fetch_id: int
    publisher: Publisher
    outcome: Article | Unreadable | Failure
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """Readings by outcome; `articles` gives page id: article id, of those that are owed a coding now."""

    new: int
    revised: int
    same: int
    unreadable: int
    failed: int
    articles: Mapping[int, int]


_STORED = """
SELECT pages.id AS page_id, fetches.id AS fetch_id, coalesce(fetches.final_url, pages.url) AS url, fetches.headers,
    fetches.body, fetches.fetched_at, feeds.publisher, feeds.country, feeds.timezone, entries.id AS entry_id,
    entries.guid, entries.url AS entry_url, entries.title, entries.summary, entries.author, entries.tags,
    entries.published_at, entries.published_text
FROM pages
JOIN fetches ON fetches.id = pages.fetch_id AND fetches.body IS NOT NULL
JOIN feeds ON feeds.id = pages.feed_id
LEFT JOIN entries ON entries.feed_id = pages.feed_id AND entries.page_id = pages.id
"""
_BY_ID = text(_STORED + "WHERE pages.id = ANY(:ids) ORDER BY pages.id")
_AFTER = text(
    _STORED
    + """
WHERE pages.id > :after AND (CAST(:version AS text) IS NULL OR NOT EXISTS (
    SELECT FROM readings WHERE readings.fetch_id = fetches.id AND readings.reader_version = :version))
    AND (CAST(:parts AS bigint) IS NULL OR pages.id % :parts = :part)
ORDER BY pages.id LIMIT :limit
"""
)


def pages_to_read(connection: Connection, page_ids: Collection[int]) -> list[StoredPage]:
    """The latest stored bytes of these pages."""
    return [_stored_page(row) for row in connection.execute(_BY_ID, {"ids": list(page_ids)})]


def pages_after(
    connection: Connection,
    page_id: int,
    limit: int,
    *,
    not_version: str | None = None,
    part: tuple[int, int] | None = None,
) -> list[StoredPage]:
    """For reading anew: the next stored pages in order of id; as `articles_after`."""
    which, parts = part or (None, None)
    values = {"after": page_id, "limit": limit, "version": not_version, "part": which, "parts": parts}
    return [_stored_page(row) for row in connection.execute(_AFTER, values)]


def _stored_page(row: Row[Any]) -> StoredPage:
    headers = {name.lower(): value for name, value in (row.headers or {}).items()}
    return StoredPage(
        page_id=row.page_id,
        fetch_id=row.fetch_id,
        url=row.url,
        content_type=headers.get("content-type"),
        body=unpack(row.body),
        publisher=Publisher(row.publisher, row.country, row.timezone),
        entry=entry_of(row),
        fetched_at=row.fetched_at,
    )


def record_readings(
    connection: Connection, results: Sequence[ReadingResult], *, owner: str | None, reader_version: str, now: datetime
) -> ReadingCounts:
    """Store readings. New and revised articles go on to be coded, under the same lease; other pages are done.

    Results for pages that another worker has taken since are dropped. With no owner (reading anew from what is stored)
    pages are taken as they are, and left to whoever codes.
    """
    held = progress.hold(connection, [result.page_id for result in results], owner=owner, stage="read")
    before = _current_articles(connection, held)
    read = [_compare(result, before.get(result.page_id)) for result in results if result.page_id in held]
    ids = _store_articles(connection, read, reader_version, now)
    _store_readings(connection, read, ids, reader_version, now)
    progress.write(connection, [_step(one, held[one.result.page_id], owner, now) for one in read if one.moves(owner)])
    counts = Counter(one.outcome for one in read)
    return ReadingCounts(
        new=counts["new article"],
        revised=counts["revised article"],
        same=counts["same article"],
        unreadable=counts["unreadable"],
        failed=counts["failed"],
        articles={one.result.page_id: ids[one.result.page_id] for one in read if one.owes_coding},
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A result beside the article that the page had before."""

    result: ReadingResult
    outcome: str
    columns: dict[str, Any] | None  # of the article, where there is one
    before: Row[Any] | None
    owes_coding: bool

    def moves(self, owner: str | None) -> bool:
        """Does the page's way change? Reading anew moves only what then differs."""
        return owner is not None or self.owes_coding


def _current_articles(connection: Connection, pages: Collection[int]) -> dict[int, Row[Any]]:
    current = select(ArticleRow.__table__).where(ArticleRow.page_id.in_(pages), ArticleRow.is_current)
    return {row.page_id: row for row in connection.execute(current)}


def _compare(result: ReadingResult, before: Row[Any] | None) -> _Read:
    if isinstance(result.outcome, Failure):
        return _Read(result, "failed", None, before, owes_coding=False)
    if isinstance(result.outcome, Unreadable):
        return _Read(result, "unreadable", None, before, owes_coding=False)
    columns = _article_columns(result.outcome, result.publisher)
    if before is None:
        return _Read(result, "new article", columns, before, owes_coding=True)
    if before.content_sha256 != columns["content_sha256"]:
        return _Read(result, "revised article", columns, before, owes_coding=True)
    return _Read(result, "same article", columns, before, owes_coding=bool(_changes(columns, before)))


def _changes(columns: Mapping[str, Any], before: Row[Any]) -> dict[str, Any]:
    """What the same text is told of differently: an author found, a date corrected."""
    stored = before._mapping  # noqa: SLF001 - SQLAlchemy's documented access by name
    return {name: value for name, value in columns.items() if stored[name] != value}


def _article_columns(article: Article, publisher: Publisher) -> dict[str, Any]:
    title = None if article.title is None else storable(article.title)
    body = storable(article.body)
    return {
        "url": storable(article.url),
        "title": title,
        "body": body,
        "author": _cleaned(article.author),
        "section": _cleaned(article.section),
        "tags": [storable(tag) for tag in article.tags],
        "image_url": _cleaned(article.image_url),
        "language": article.language,
        "publisher": publisher.name,
        "country": publisher.country,
        "timezone": publisher.timezone,
        "published_at": article.published_at,
        "published_from": article.published_from,
        "modified_at": article.modified_at,
        "content_sha256": sha256(f"{title or ''}\0{body}".encode()).hexdigest(),
    }


def _cleaned(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _store_articles(
    connection: Connection, read: Sequence[_Read], reader_version: str, now: datetime
) -> dict[int, int]:
    """Page id: article id, of all that gave one."""
    fresh = [one for one in read if one.outcome in {"new article", "revised article"}]
    replaced = [one.before.id for one in fresh if one.before is not None]
    if replaced:
        old = update(ArticleRow).where(ArticleRow.id.in_(replaced))
        connection.execute(old.values(is_current=False, superseded_at=now))
    ids = {
        one.result.page_id: one.before.id for one in read if one.outcome == "same article" and one.before is not None
    }
    if fresh:
        numbers = dict(
            zip((one.result.page_id for one in fresh), new_ids(connection, ArticleRow, len(fresh)), strict=True)
        )
        rows = [_article_row(one, reader_version, now) | {"id": numbers[one.result.page_id]} for one in fresh]
        copy_rows(connection, ArticleRow, rows)
        index_articles(
            connection,
            (ArticleText(row["id"], row["country"], row["published_at"], row["title"], row["body"]) for row in rows),
        )
        ids |= numbers
    _refresh(connection, read, reader_version)
    return ids


def _refresh(connection: Connection, read: Sequence[_Read], reader_version: str) -> None:
    """Stamp unchanged articles with the reader's version where it moved, and take over what else is told of them."""
    same = [one for one in read if one.outcome == "same article" and one.before is not None and one.columns]
    stale = [one.before.id for one in same if one.before and one.before.reader_version != reader_version]
    if stale:
        connection.execute(update(ArticleRow).where(ArticleRow.id.in_(stale)).values(reader_version=reader_version))
    for one in same:
        assert one.before is not None
        assert one.columns is not None
        changes = _changes(one.columns, one.before)
        if changes:
            connection.execute(update(ArticleRow).where(ArticleRow.id == one.before.id).values(changes))
            redate_article(connection, one.before.id)


def _article_row(one: _Read, reader_version: str, now: datetime) -> dict[str, Any]:
    assert one.columns is not None
    return one.columns | {
        "page_id": one.result.page_id,
        "fetch_id": one.result.fetch_id,
        "revision": 1 if one.before is None else one.before.revision + 1,
        "is_current": True,
        "reader_version": reader_version,
        "created_at": now,
    }


def _store_readings(
    connection: Connection, read: Sequence[_Read], ids: Mapping[int, int], reader_version: str, now: datetime
) -> None:
    rows = [_reading_row(one, ids.get(one.result.page_id), reader_version, now) for one in read]
    stored = select(ReadingRow.id, ReadingRow.fetch_id, ReadingRow.outcome).where(
        ReadingRow.fetch_id.in_([row["fetch_id"] for row in rows]), ReadingRow.reader_version == reader_version
    )
    before = {row.fetch_id: row for row in connection.execute(stored)}
    copy_rows(connection, ReadingRow, [row for row in rows if row["fetch_id"] not in before])
    for row in rows:
        earlier = before.get(row["fetch_id"])
        if earlier and earlier.outcome in {"failed", "unreadable"} and earlier.outcome != row["outcome"]:
            connection.execute(update(ReadingRow).where(ReadingRow.id == earlier.id).values(row))


def _reading_row(one: _Read, article_id: int | None, reader_version: str, now: datetime) -> dict[str, Any]:
    outcome = one.result.outcome
    encoding = None if isinstance(outcome, Failure) else outcome.encoding
    return {
        "page_id": one.result.page_id,
        "fetch_id": one.result.fetch_id,
        "article_id": article_id,
        "outcome": one.outcome,
        "reason": None if isinstance(outcome, Article) else outcome.reason,
        "detail": None if isinstance(outcome, Article) else outcome.detail,
        "encoding_declared": encoding.declared if encoding else None,
        "encoding_used": encoding.used if encoding else None,
        "encoding_repaired": encoding.repaired if encoding else None,
        "reader_version": reader_version,
        "read_at": now,
    }


def _step(one: _Read, page: HeldPage, owner: str | None, now: datetime) -> Step:
    if isinstance(one.result.outcome, Failure):
        return progress.failed(page, "read", one.result.outcome, one.result.retry_at, now)
    if not one.owes_coding:
        return progress.finished(page, page.recheck_at)
    return replace(progress.onward(page, "code", now), keeps_lease=owner is not None)

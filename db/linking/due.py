"""Which pages are owed linking, and what linking reads of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from db import advisory


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page whose current extraction is not linked yet, with the article that it was coded from."""

    page_id: int
    extraction_id: int
    article_id: int
    url: str
    title: str | None
    body: str
    printed_at: datetime


_DUE = text("""
SELECT extraction.page_id, extraction.id AS extraction_id, article.id AS article_id, page.url, article.title,
    article.body, coalesce(article.published_at, article.created_at) AS printed_at
FROM extractions AS extraction
JOIN articles AS article ON article.id = extraction.article_id
JOIN pages AS page ON page.id = extraction.page_id
WHERE extraction.is_current AND extraction.linked_at IS NULL
ORDER BY extraction.id LIMIT :limit
""")
_AFTER = text("""
SELECT extraction.page_id, extraction.id AS extraction_id, article.id AS article_id, page.url, article.title,
    article.body, coalesce(article.published_at, article.created_at) AS printed_at
FROM extractions AS extraction
JOIN articles AS article ON article.id = extraction.article_id
JOIN pages AS page ON page.id = extraction.page_id
WHERE extraction.is_current AND extraction.id > :after
ORDER BY extraction.id LIMIT :limit
""")
_REPORTS = text("SELECT * FROM reports WHERE extraction_id = ANY(:ids) ORDER BY extraction_id, position")


def take_turn(connection: Connection) -> None:
    """Wait until no other worker links, and keep the turn to the end of the transaction: groups of incidents overlap.

    SQL functions for decisions hold the same lock.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": advisory.LINKING})
    # Arrays are compared by their indexes alone: the planner, which cannot know how rare marks are, is not asked.
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    connection.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))


def due_pages(connection: Connection, limit: int) -> list[DuePage]:
    """Pages that are owed linking, the first coded first."""
    return [DuePage(*row) for row in connection.execute(_DUE, {"limit": limit})]


def pages_after(connection: Connection, extraction_id: int, limit: int) -> list[DuePage]:
    """For linking anew: the next pages in order of their extractions."""
    return [DuePage(*row) for row in connection.execute(_AFTER, {"after": extraction_id, "limit": limit})]


def reports_of(connection: Connection, pages: Sequence[DuePage]) -> dict[int, list[Row[Any]]]:
    """Page: its current reports in order, for pages that have any."""
    page_of = {page.extraction_id: page.page_id for page in pages}
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_REPORTS, {"ids": list(page_of)}):
        found.setdefault(page_of[row.extraction_id], []).append(row)
    return found


def mark_linked(connection: Connection, extraction_ids: Collection[int], now: datetime) -> None:
    """Nothing is owed for these any more."""
    stamp = text("UPDATE extractions SET linked_at = :now WHERE id = ANY(:ids)")
    connection.execute(stamp, {"ids": list(extraction_ids), "now": now})

"""Fetches -> rows, with the raw bytes, and what is owed next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, text

from db import progress
from db.bodies import pack
from db.bulk import copy_rows, new_ids
from db.progress import Failure, HeldPage, Step
from db.tables import FetchRow
from db.text import storable

NOTHING_STORED = "unchanged but never stored"


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What came of fetching a page.

    `body` is as received, decompressed. `recheck_at` is when to look for changes, once it is read and coded. A failure
    is tried again at `retry_at`; without one the page is parked, or gone where it says so itself. What was put off was
    not asked for: it leaves no row and counts as no try.
    """

    page_id: int
    fetched_at: datetime
    outcome: Literal["stored", "unchanged", "failed", "put off"]
    reason: str | None = None
    error: str | None = None
    http_status: int | None = None
    final_url: str | None = None
    headers: Mapping[str, str] | None = None
    body: bytes | None = None
    truncated: bool = False
    elapsed: float | None = None  # seconds
    etag: str | None = None
    last_modified: str | None = None
    recheck_at: datetime | None = None
    retry_at: datetime | None = None
    gone: bool = False


def record_fetches(
    connection: Connection, results: Sequence[FetchResult], *, owner: str, now: datetime
) -> dict[int, int]:
    """Store fetches -> page id: fetch id, of the pages with a new body, which go on to be read under the same lease.

    A body that is the same as before is recorded as unchanged. Results for pages that another worker has taken since,
    or that were recorded before, are dropped.
    """
    held = progress.hold(connection, [result.page_id for result in results], owner=owner, stage="fetch")
    mine = [(result, held[result.page_id]) for result in results if result.page_id in held]
    progress.write(connection, [_put_off(*one) for one in mine if one[0].outcome == "put off"])
    settled = [_settle(*one) for one in mine if one[0].outcome != "put off"]
    if not settled:
        return {}
    ids = new_ids(connection, FetchRow, len(settled))
    rows = [_fetch_row(one) | {"id": fetch_id} for one, fetch_id in zip(settled, ids, strict=True)]
    copy_rows(connection, FetchRow, rows)
    _remember(connection, settled, ids)
    progress.write(connection, [_step(one, now) for one in settled])
    stored = zip(settled, ids, strict=True)
    return {one.page.id: fetch_id for one, fetch_id in stored if one.outcome == "stored"}


@dataclass(frozen=True, slots=True)
class _Settled:
    """A result beside what is known of its page, which may make "stored" into "unchanged"."""

    result: FetchResult
    page: HeldPage
    outcome: str
    reason: str | None
    digest: str | None


def _settle(result: FetchResult, page: HeldPage) -> _Settled:
    digest = None if result.body is None else sha256(result.body).hexdigest()
    outcome, reason = result.outcome, result.reason
    if outcome == "stored" and (digest is None or digest == page.body_sha256):
        outcome = "unchanged"
    if outcome == "unchanged" and page.fetch_id is None:
        outcome, reason = "failed", NOTHING_STORED
    return _Settled(result, page, outcome, reason, digest)


def _put_off(result: FetchResult, page: HeldPage) -> Step:
    return progress.put_off(page, Failure(result.reason or "put off", result.error), result.retry_at)


def _fetch_row(one: _Settled) -> dict[str, Any]:
    result = one.result
    return {
        "page_id": result.page_id,
        "fetched_at": result.fetched_at,
        "outcome": one.outcome,
        "reason": one.reason,
        "error": result.error,
        "http_status": result.http_status,
        "final_url": result.final_url,
        "headers": None if result.headers is None else dict(result.headers),
        "body": pack(result.body) if one.outcome == "stored" and result.body is not None else None,
        "body_sha256": one.digest,
        "bytes": None if result.body is None else len(result.body),
        "truncated": result.truncated,
        "elapsed_ms": None if result.elapsed is None else round(result.elapsed * 1000),
    }


_REMEMBER = text("""
UPDATE pages SET fetch_id = coalesce(new.fetch_id, pages.fetch_id),
    body_sha256 = coalesce(new.body_sha256, pages.body_sha256), etag = new.etag, last_modified = new.last_modified,
    first_fetched_at = coalesce(pages.first_fetched_at, new.fetched_at), recheck_at = new.recheck_at,
    rechecks = pages.rechecks + CASE WHEN pages.first_fetched_at IS NULL THEN 0 ELSE 1 END
FROM unnest(CAST(:id AS bigint[]), CAST(:fetch_id AS bigint[]), CAST(:body_sha256 AS text[]), CAST(:etag AS text[]),
    CAST(:last_modified AS text[]), CAST(:fetched_at AS timestamptz[]), CAST(:recheck_at AS timestamptz[]))
    AS new (id, fetch_id, body_sha256, etag, last_modified, fetched_at, recheck_at)
WHERE pages.id = new.id
""")


def _remember(connection: Connection, settled: Sequence[_Settled], ids: Sequence[int]) -> None:
    """What the next fetch of the page will ask and compare with."""
    answered = [(one, fetch_id) for one, fetch_id in zip(settled, ids, strict=True) if one.outcome != "failed"]
    if not answered:
        return
    columns: dict[str, list[Any]] = {
        "id": [one.page.id for one, _ in answered],
        "fetch_id": [fetch_id if one.outcome == "stored" else None for one, fetch_id in answered],
        "body_sha256": [one.digest if one.outcome == "stored" else None for one, _ in answered],
        "etag": [_cleaned(one.result.etag) for one, _ in answered],
        "last_modified": [_cleaned(one.result.last_modified) for one, _ in answered],
        "fetched_at": [one.result.fetched_at for one, _ in answered],
        "recheck_at": [one.result.recheck_at for one, _ in answered],
    }
    connection.execute(_REMEMBER, columns)


def _cleaned(text_or_none: str | None) -> str | None:
    return None if text_or_none is None else storable(text_or_none)


def _step(one: _Settled, now: datetime) -> Step:
    if one.outcome == "stored":
        return progress.onward(one.page, "read", now)
    if one.outcome == "unchanged":
        return progress.finished(one.page, one.result.recheck_at)
    failure = Failure(one.reason or "failed", one.result.error)
    if one.result.gone:
        return progress.gone(one.page, failure)
    return progress.failed(one.page, "fetch", failure, one.result.retry_at, now)

"""Codings -> extractions, reports and all that hangs on them. Equal results change no row; different ones supersede."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select, text, update

from db import progress
from db.bulk import REFUSALS, copy_rows, new_ids
from db.progress import Failure, HeldPage, Step
from db.report_rows import actor_rows, figure_rows, mention_rows, report_names, report_rows, stored_body
from db.search import ReportText, index_reports
from db.tables import ActorRow, ArticleRow, ExtractionRow, FigureRow, MentionRow, ReportRow
from db.text import storable
from extractors.records import Coding, NewsText

NOT_STORABLE = "not storable"


@dataclass(frozen=True, slots=True)
class CodingResult:
    """What the extractors made of an article. A Failure is tried again at `retry_at`; without one it is parked."""

    article_id: int
    page_id: int
    text: NewsText
    outcome: Coding | Failure
    duration_ms: float | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodingCounts:
    """Codings by what they changed: `new` first ones, `changed` ones that supersede, `same` ones that change no row."""

    new: int = 0
    changed: int = 0
    same: int = 0
    failed: int = 0
    reports: int = 0  # that new and changed codings brought

    def __add__(self, other: "CodingCounts") -> "CodingCounts":
        """The counts of two batches."""
        return CodingCounts(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.failed + other.failed,
            self.reports + other.reports,
        )


def record_codings(
    connection: Connection, results: Sequence[CodingResult], *, owner: str | None, extractor_version: str, now: datetime
) -> CodingCounts:
    """Store codings; pages are then done until a recheck.

    Results for articles that were revised, or pages that another worker has taken since, are dropped. With no owner
    (coding anew from what is stored) the pages' way is left alone. A result that the database refuses is stored as
    failed, and takes no other with it.
    """
    held = progress.hold(connection, [result.page_id for result in results], owner=owner, stage="code")
    current = _current(connection, [result.article_id for result in results])
    kept = [result for result in results if result.page_id in held and result.article_id in current]
    counts, settled = _store(connection, kept, extractor_version, now)
    if owner is not None:
        progress.write(connection, [_step(result, held[result.page_id], now) for result in settled])
    return counts


def _current(connection: Connection, article_ids: Collection[int]) -> set[int]:
    alive = select(ArticleRow.id).where(ArticleRow.id.in_(article_ids), ArticleRow.is_current)
    return set(connection.execute(alive).scalars())


def _store(
    connection: Connection, results: Sequence[CodingResult], version: str, now: datetime
) -> tuple[CodingCounts, list[CodingResult]]:
    """The counts, and the results as they could be stored. What the database refuses is found by halving."""
    if not results:
        return CodingCounts(), []
    try:
        with connection.begin_nested():
            return _store_batch(connection, results, version, now), list(results)
    except REFUSALS as error:
        if len(results) == 1:
            refused = Failure(NOT_STORABLE, str(getattr(error, "orig", error)).strip().split("\n")[0])
            if isinstance(results[0].outcome, Failure):
                raise
            return _store(connection, [replace(results[0], outcome=refused)], version, now)
    middle = len(results) // 2
    first, first_settled = _store(connection, results[:middle], version, now)
    second, second_settled = _store(connection, results[middle:], version, now)
    return first + second, first_settled + second_settled


@dataclass(frozen=True, slots=True)
class _Coded:
    """A result beside the extraction that the page had before."""

    result: CodingResult
    digest: str
    before: Row[Any] | None  # current
    twin: Row[Any] | None  # the same result on the same article

    @property
    def change(self) -> str:
        if self.twin is not None:
            return "same"
        if isinstance(self.result.outcome, Failure):
            return "failed"
        return "new" if self.before is None else "changed"

    @property
    def takes_over(self) -> bool:
        """A failure does not take the place of a good result."""
        return self.before is None or self.before.outcome == "failed" or self.change == "changed"


def _store_batch(connection: Connection, results: Sequence[CodingResult], version: str, now: datetime) -> CodingCounts:
    stored = _stored_extractions(connection, [result.page_id for result in results])
    coded = [_compare(result, stored.get(result.page_id, [])) for result in results]
    stale = [one.twin.id for one in coded if one.twin is not None and one.twin.extractor_version != version]
    if stale:
        stamp = update(ExtractionRow).where(ExtractionRow.id.in_(stale)).values(extractor_version=version)
        connection.execute(stamp)
    fresh = [one for one in coded if one.twin is None]
    replaced = [one.before.id for one in fresh if one.before is not None and one.takes_over]
    if replaced:
        old = update(ExtractionRow).where(ExtractionRow.id.in_(replaced))
        connection.execute(old.values(is_current=False, superseded_at=now))
    reports = _insert(connection, fresh, version, now) if fresh else 0
    changes = Counter(one.change for one in coded)
    return CodingCounts(changes["new"], changes["changed"], changes["same"], changes["failed"], reports)


_STORED = text("""
SELECT id, page_id, article_id, outcome, digest, extractor_version, is_current FROM extractions
WHERE page_id = ANY(:pages) AND (is_current OR (outcome = 'failed' AND superseded_at IS NULL))
""")


def _stored_extractions(connection: Connection, pages: Collection[int]) -> Mapping[int, list[Row[Any]]]:
    stored: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_STORED, {"pages": list(pages)}):
        stored.setdefault(row.page_id, []).append(row)
    return stored


def _compare(result: CodingResult, stored: Sequence[Row[Any]]) -> _Coded:
    digest = digest_of(result.outcome)
    before = next((row for row in stored if row.is_current), None)
    twins = (row for row in stored if row.digest == digest and row.article_id == result.article_id)
    return _Coded(result, digest, before, next(twins, None))


def digest_of(outcome: Coding | Failure) -> str:
    """A mark of the whole result: all that is stored of it, and nothing that may differ between two equal runs."""
    said = outcome.reason if isinstance(outcome, Failure) else (outcome.reports, outcome.mentions, outcome.reason)
    return sha256(repr(said).encode(errors="backslashreplace")).hexdigest()


def _insert(connection: Connection, fresh: Sequence[_Coded], version: str, now: datetime) -> int:
    ids = new_ids(connection, ExtractionRow, len(fresh))
    numbered = list(zip(ids, fresh, strict=True))
    copy_rows(
        connection, ExtractionRow, [_extraction_row(one, version, now) | {"id": number} for number, one in numbered]
    )
    codings = [
        (number, one.result, one.result.outcome) for number, one in numbered if isinstance(one.result.outcome, Coding)
    ]
    rows = [
        row
        for number, result, coding in codings
        for row in report_rows(number, result.article_id, coding, stored_body(result.text))
    ]
    if rows:
        report_ids = new_ids(connection, ReportRow, len(rows))
        numbered_rows = [row | {"id": number} for number, row in zip(report_ids, rows, strict=True)]
        copy_rows(connection, ReportRow, numbered_rows)
        titles = {result.article_id: result.text.title for _, result, _ in codings}
        searched = (
            ReportText(
                row["id"],
                row["country"],
                row["date_start"],
                row["date_end"],
                report_names(row),
                row["evidence"],
                titles[row["article_id"]],
            )
            for row in numbered_rows
        )
        index_reports(connection, searched)
        told = [report for _, _, coding in codings for report in coding.reports]
        pairs = list(zip(report_ids, told, strict=True))
        copy_rows(connection, FigureRow, [row for number, report in pairs for row in figure_rows(number, report)])
        copy_rows(connection, ActorRow, [row for number, report in pairs for row in actor_rows(number, report)])
    copy_rows(connection, MentionRow, [row for number, _, coding in codings for row in mention_rows(number, coding)])
    return len(rows)


def _extraction_row(one: _Coded, version: str, now: datetime) -> dict[str, Any]:
    outcome, reason = _outcome(one.result.outcome)
    return {
        "article_id": one.result.article_id,
        "page_id": one.result.page_id,
        "outcome": outcome,
        "reason": None if reason is None else storable(reason)[: progress.MAX_ERROR],
        "is_current": one.takes_over,
        "extractor_version": version,
        "first_version": version,
        "digest": one.digest,
        "extracted_at": now,
        "duration_ms": one.result.duration_ms,
    }


def _outcome(said: Coding | Failure) -> tuple[str, str | None]:
    if isinstance(said, Failure):
        return "failed", ": ".join(filter(None, (said.reason, said.detail)))
    return ("incidents" if said.reports else "no incident"), said.reason


def _step(result: CodingResult, page: HeldPage, now: datetime) -> Step:
    if isinstance(result.outcome, Failure):
        return progress.failed(page, "code", result.outcome, result.retry_at, now)
    return progress.finished(page, page.recheck_at)

"""Articles -> stories: printings of one text, found by their fingerprints and judged by their words."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from sqlalchemy import Connection, Row, text

from db.bulk import copy_rows
from db.linking.due import DuePage
from db.linking.marks import marked
from db.linking.reach import Pair, parts, reach
from db.tables import CopyRow, FingerprintRow
from extractors.linking.copies import WINDOW_DAYS, Telling, bands, bands_around, likeness, signature, telling

_STORED = text("SELECT page_id, article_id, day FROM fingerprints WHERE page_id = ANY(:pages)")
_LIKELY = text("""
SELECT fingerprint.page_id, fingerprint.day, fingerprint.bands, article.body
FROM fingerprints AS fingerprint JOIN articles AS article ON article.id = fingerprint.article_id
WHERE fingerprint.page_id = ANY(:pages)
""")
_EDGES = text("SELECT page_a, page_b FROM copies WHERE page_a = ANY(:pages) OR page_b = ANY(:pages)")
_STORIES = text("SELECT page_id, story_id FROM fingerprints WHERE page_id = ANY(:pages)")
_MOVE = text("""
UPDATE fingerprints SET story_id = moved.story_id
FROM unnest(CAST(:pages AS bigint[]), CAST(:stories AS bigint[])) AS moved (page_id, story_id)
WHERE fingerprints.page_id = moved.page_id AND fingerprints.story_id <> moved.story_id
RETURNING fingerprints.page_id
""")


def update_stories(connection: Connection, pages: Sequence[DuePage], *, anew: bool = False) -> set[int]:
    """Find the copies of these pages' articles; the pages whose story changed by it, these among them.

    What is fingerprinted already is left alone where its text is the same, unless it is done `anew`.
    """
    fresh = _unknown(connection, pages, anew=anew)
    if not fresh:
        return set()
    touched = set(fresh) | _forget(connection, list(fresh))
    printed = {page.page_id: _Printed.of(page) for page in fresh.values()}
    copy_rows(connection, FingerprintRow, [_fingerprint(page, printed[page.page_id]) for page in fresh.values()])
    copy_rows(connection, CopyRow, _copies(connection, printed))
    return set(fresh) | _regroup(connection, touched)


@dataclass(frozen=True, slots=True)
class _Printed:
    """An article's text as its copies are found, and its day."""

    told: Telling
    signature: list[bytes]
    day: date

    @classmethod
    def of(cls, page: DuePage) -> "_Printed":
        told = telling(page.body)
        return cls(told, signature(told), _day(page))


def _day(page: DuePage) -> date:
    return page.printed_at.astimezone(UTC).date()


def _unknown(connection: Connection, pages: Sequence[DuePage], *, anew: bool) -> dict[int, DuePage]:
    stored = {row.page_id: row for row in connection.execute(_STORED, {"pages": [page.page_id for page in pages]})}
    return {
        page.page_id: page
        for page in pages
        if anew
        or (known := stored.get(page.page_id)) is None
        or (known.article_id, known.day) != (page.article_id, _day(page))
    }


def _forget(connection: Connection, pages: list[int]) -> set[int]:
    """Remove what is known of these pages; the pages that shared a text with them."""
    gone = text("DELETE FROM copies WHERE page_a = ANY(:pages) OR page_b = ANY(:pages) RETURNING page_a, page_b")
    shared = {page for row in connection.execute(gone, {"pages": pages}) for page in row}
    connection.execute(text("DELETE FROM fingerprints WHERE page_id = ANY(:pages)"), {"pages": pages})
    return shared


def _fingerprint(page: DuePage, printed: _Printed) -> dict[str, Any]:
    return {
        "page_id": page.page_id,
        "article_id": page.article_id,
        "story_id": page.page_id,
        "day": printed.day,
        "bands": bands(printed.signature, printed.day.toordinal()),
    }


def _copies(connection: Connection, fresh: Mapping[int, _Printed]) -> list[dict[str, Any]]:
    """A row for each pair of copies of which one is fresh."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for page, printed in fresh.items():
        for mark in bands_around(printed.signature, printed.day.toordinal()):
            wanted[mark].append(page)
    found: dict[tuple[int, int], float | None] = {}
    for row in connection.execute(_LIKELY, {"pages": marked(connection, "fingerprints", wanted)}).all():
        others = [
            page
            for page in _sharing(row, wanted)
            if page != row.page_id and abs((fresh[page].day - row.day).days) <= WINDOW_DAYS
        ]
        told = fresh[row.page_id].told if row.page_id in fresh else (telling(row.body) if others else None)
        for page in others:
            pair = (min(page, row.page_id), max(page, row.page_id))
            if told is not None and pair not in found:
                found[pair] = likeness(fresh[page].told, told)
    return [
        {"page_a": one, "page_b": other, "likeness": alike}
        for (one, other), alike in found.items()
        if alike is not None
    ]


def _sharing(row: Row[Any], wanted: Mapping[int, Sequence[int]]) -> set[int]:
    return {page for mark in row.bands for page in wanted.get(mark, ())}


def _regroup(connection: Connection, pages: Collection[int]) -> set[int]:
    """Give all that hangs together with these pages its story; the pages that have another one than before."""

    def pairs_of(some: list[int]) -> list[Pair]:
        return [(row.page_a, row.page_b) for row in connection.execute(_EDGES, {"pages": some})]

    found, pairs = reach(pages, pairs_of)
    new = {page: min(part) for part in parts(found, pairs) for page in part}
    before = {row.page_id: row.story_id for row in connection.execute(_STORIES, {"pages": list(new)})}
    moved = {page: story for page, story in new.items() if page in before and before[page] != story}
    if moved:
        connection.execute(_MOVE, {"pages": list(moved), "stories": list(moved.values())})
    return set(moved)

"""Reports -> clues in the database and back, and the pairs of clues that are worth comparing."""

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import xxhash
from sqlalchemy import Connection, Row, text

from db.bulk import copy_rows
from db.linking.due import DuePage
from db.linking.marks import marked
from db.tables import ClueRow
from extractors.linking.clue import REMEMBERED, Clue, Pair, article_words, rarest, report_words
from extractors.linking.marks import mark_in
from extractors.linking.score import comparable, weights
from extractors.linking.words import words_of
from extractors.records import PAIRED_FIGURES

_PLAIN = (
    *("report_id", "tie", "country", "sub_event_type", "first_day", "last_day", "time_precision"),
    *("latitude", "longitude", "geo_precision", "alone"),
)
_PACKED = ("words", "article_words", "place_words")
_COLUMNS = ", ".join(("page_id", *_PLAIN, *_PACKED, "CAST(figures AS text)"))
_LIKELY = text(f"SELECT {_COLUMNS}, blocks FROM clues WHERE report_id = ANY(:reports)")  # noqa: S608 - our own names
_FORGET = text(f"DELETE FROM clues WHERE page_id = ANY(:pages) RETURNING {_COLUMNS}")  # noqa: S608


def forget_clues(connection: Connection, pages: Collection[int]) -> list[Clue]:
    """Remove what is known of these pages' reports, and return it."""
    return [_clue(row) for row in connection.execute(_FORGET, {"pages": list(pages)})]


def make_clues(pages: Iterable[DuePage], reports: Mapping[int, Sequence[Row[Any]]]) -> list[Clue]:
    """A clue for each report of these pages."""
    return [clue for page in pages for clue in _of_page(page, reports.get(page.page_id, ()))]


def _of_page(page: DuePage, reports: Sequence[Row[Any]]) -> Iterator[Clue]:
    article = article_words(page.title, page.body) if reports else frozenset[int]()
    for row in reports:
        yield Clue(
            report_id=row.id,
            article=page.page_id,
            tie=xxhash.xxh64_intdigest(f"{page.url}#{row.position}".encode()) - 2**63,
            country=row.country,
            sub_event_type=row.sub_event_type,
            first_day=row.date_start.toordinal(),
            last_day=row.date_end.toordinal(),
            time_precision=row.time_precision,
            latitude=row.latitude,
            longitude=row.longitude,
            geo_precision=row.geo_precision,
            alone=len(reports) == 1,
            words=report_words(row.evidence, row.place, page.title if row.position == 1 else None),
            article_words=article,
            place_words=words_of(row.place),
            figures=tuple((getattr(row, f"{kind}_min"), getattr(row, f"{kind}_max")) for kind in PAIRED_FIGURES),
        )


def store_clues(connection: Connection, clues: Iterable[Clue]) -> None:
    """Keep clues, with the marks by which others find them."""
    copy_rows(connection, ClueRow, [_row(clue) for clue in clues])


def _row(clue: Clue) -> dict[str, Any]:
    return {name: getattr(clue, name) for name in _PLAIN} | {
        "page_id": clue.article,
        "words": _packed(clue.words),
        "article_words": _packed(clue.article_words),
        "place_words": _packed(clue.place_words),
        "figures": {
            kind: list(pair) for kind, pair in zip(PAIRED_FIGURES, clue.figures, strict=True) if pair != (None, None)
        },
        "blocks": sorted(_marks(clue, {_span(clue.first_day), _span(clue.last_day)})),
    }


def _clue(row: Row[Any]) -> Clue:
    """Of a row that begins with _COLUMNS, which stand in the order of the clue's own parts: thousands are read."""
    plain, packed = 1 + len(_PLAIN), 1 + len(_PLAIN) + len(_PACKED)
    parts: tuple[Any, ...] = (*row[:plain], *map(_unpacked, row[plain:packed]), _figures(row[packed]))
    return Clue(*parts)


@lru_cache(maxsize=8192)
def _figures(stored: str) -> tuple[Pair, ...]:
    told = json.loads(stored)
    return tuple(tuple(told.get(kind, (None, None))) for kind in PAIRED_FIGURES)


def _packed(words: Collection[int]) -> bytes:
    return array("i", sorted(words)).tobytes()


@lru_cache(maxsize=REMEMBERED)
def _unpacked(stored: bytes) -> frozenset[int]:
    return frozenset(array("i", stored))


def _span(day: int) -> int:
    """Days are marked by spans longer than the window: neighbours share a span or lie in the next one."""
    return day // (3 * int(weights()["window_days"]))


def _marks(clue: Clue, spans: Iterable[int]) -> set[int]:
    words = rarest(clue.words, weights()["block_words"])
    return {
        mark_in(span, xxhash.xxh64_intdigest(f"{clue.country} {span} {word}".encode()))
        for span in spans
        for word in words
    }


def _by_time(clues: Iterable[Clue]) -> Mapping[int, Sequence[Clue]]:
    """Clues of one time together: what happened long ago is not looked for among all that happened since."""
    found: defaultdict[int, list[Clue]] = defaultdict(list)
    for clue in clues:
        found[_span(clue.first_day)].append(clue)
    return found


def _spans_around(clue: Clue) -> range:
    window = int(weights()["window_days"])
    return range(_span(clue.first_day - window), _span(clue.last_day + window) + 1)


def _days_around(clues: Sequence[Clue]) -> dict[str, int]:
    window = int(weights()["window_days"])
    return {
        "first": min(clue.first_day for clue in clues) - window,
        "last": max(clue.last_day for clue in clues) + window,
    }


def candidates(connection: Connection, fresh: Sequence[Clue]) -> list[tuple[Clue, Clue]]:
    """Each pair of stored clues that may be one incident, of which one is fresh; the fresh ones are stored already."""
    wanted: dict[int, list[Clue]] = defaultdict(list)
    likely: set[int] = set()
    for some in _by_time(fresh).values():
        marks = {clue.report_id: _marks(clue, _spans_around(clue)) for clue in some}
        for clue in some:
            for mark in marks[clue.report_id]:
                wanted[mark].append(clue)
        likely.update(marked(connection, "clues", set().union(*marks.values()), **_days_around(some)))
    if not likely:
        return []
    found: dict[tuple[int, int], tuple[Clue, Clue]] = {}
    for row in connection.execute(_LIKELY, {"reports": list(likely)}).all():
        other = _clue(row)
        for clue in {one.report_id: one for mark in wanted.keys() & row.blocks for one in wanted[mark]}.values():
            pair = (min(clue.report_id, other.report_id), max(clue.report_id, other.report_id))
            if pair not in found and comparable(clue, other):
                found[pair] = (clue, other)
    return list(found.values())

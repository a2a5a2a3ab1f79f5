"""Linking as a whole: the pages that are due, some at a time; or everything anew, incidents keeping their numbers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from db.linking.clues import forget_clues, make_clues, store_clues
from db.linking.decisions import hand_on
from db.linking.due import DuePage, due_pages, mark_linked, pages_after, reports_of, take_turn
from db.linking.groups import Regrouped, regroup
from db.linking.links import forget_links, store_links, successors
from db.linking.stories import update_stories
from extractors.linking.clue import Clue

BATCH = 200  # pages

_INCIDENTS_OF_PAGES = text("""
SELECT DISTINCT member.incident_id FROM clues JOIN incident_members AS member ON member.report_id = clues.report_id
WHERE clues.page_id = ANY(:pages)
""")
_REFRESH = text("SELECT refresh_incidents(CAST(:ids AS bigint[]), :now)")
_INCIDENT_OF = text("SELECT report_id, incident_id FROM incident_members WHERE report_id = ANY(:reports)")


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """What a batch did: pages and reports looked at, links made, incidents opened, merged, split, states recorded."""

    pages: int = 0
    reports: int = 0
    links: int = 0
    opened: int = 0
    merged: int = 0
    split: int = 0
    states: int = 0

    def __add__(self, other: "LinkCounts") -> "LinkCounts":
        """The counts of two batches."""
        return LinkCounts(*(getattr(self, name) + getattr(other, name) for name in LinkCounts.__slots__))


def link_due(connection: Connection, *, now: datetime, limit: int = BATCH) -> LinkCounts:
    """Link the pages that were coded since: stories, clues, links, incidents and their states.

    One linker works at a time, others wait. Zero pages mean that nothing was owed. What comes out is the same as if all
    were linked at once, whatever the order in which pages came.
    """
    take_turn(connection)
    pages = due_pages(connection, limit)
    if not pages:
        return LinkCounts()
    moved = update_stories(connection, pages)
    read = _read_reports(connection, pages)
    grouped = regroup(connection, read.start, read.heirs, now)
    states = _refresh(connection, grouped.touched, moved | {page.page_id for page in pages}, now)
    mark_linked(connection, [page.extraction_id for page in pages], now)
    return _counts(pages, read, grouped, states)


@dataclass(frozen=True, slots=True)
class _Read:
    """Reports of a batch: where regrouping starts, incidents of replaced reports, and the numbers made."""

    start: set[int]
    heirs: Mapping[int, int]
    reports: int
    links: int


def _read_reports(connection: Connection, pages: Sequence[DuePage]) -> _Read:
    """Replace clues and links of these pages; what was decided of a report passes to the one that takes its place."""
    old = forget_clues(connection, [page.page_id for page in pages])
    fresh = make_clues(pages, reports_of(connection, pages))
    stays = {clue.report_id for clue in fresh}
    gone = [clue for clue in old if clue.report_id not in stays]
    neighbours = forget_links(connection, [clue.report_id for clue in old])
    store_clues(connection, fresh)
    links = store_links(connection, fresh)
    heirs = _heirs(connection, gone, fresh)
    start = stays | neighbours | {clue.report_id for clue in gone}
    return _Read(start, heirs, len(fresh), links)


def _heirs(connection: Connection, gone: Sequence[Clue], fresh: Sequence[Clue]) -> dict[int, int]:
    """Report: incident of the report of the same page whose place it takes."""
    before, after = _by_page(gone), _by_page(fresh)
    taken: dict[int, int] = {}
    for page, old in before.items():
        known = {clue.report_id for clue in old}
        taken |= successors(old, [clue for clue in after.get(page, ()) if clue.report_id not in known])
    hand_on(connection, taken)
    rows = connection.execute(_INCIDENT_OF, {"reports": list(taken.values())}) if taken else ()
    incident_of = {row.report_id: row.incident_id for row in rows}
    return {new: incident_of[old] for new, old in taken.items() if old in incident_of}


def _by_page(clues: Sequence[Clue]) -> dict[int, list[Clue]]:
    found: defaultdict[int, list[Clue]] = defaultdict(list)
    for clue in clues:
        found[clue.article].append(clue)
    return found


def _refresh(connection: Connection, incidents: Collection[int], pages: Collection[int], now: datetime) -> int:
    """Record the new states of incidents that changed, those among them whose stories did."""
    told = connection.execute(_INCIDENTS_OF_PAGES, {"pages": list(pages)}).scalars()
    ids = sorted(set(incidents) | set(told))
    return int(connection.execute(_REFRESH, {"ids": ids, "now": now}).scalar_one()) if ids else 0


def _counts(pages: Sequence[DuePage], read: _Read, grouped: Regrouped, states: int) -> LinkCounts:
    moves = grouped.moves
    return LinkCounts(len(pages), read.reports, read.links, grouped.opened, moves.merged, moves.split, states)


def relink_after(connection: Connection, extraction_id: int, *, limit: int = BATCH) -> tuple[int, LinkCounts]:
    """First half of linking anew: fingerprints, clues and links of the next pages; incidents stay as they are.

    Start from 0; goes on from the extraction returned, and ends with 0.
    """
    take_turn(connection)
    pages = pages_after(connection, extraction_id, limit)
    if not pages:
        return 0, LinkCounts()
    update_stories(connection, pages, anew=True)
    read = _read_reports(connection, pages)
    return pages[-1].extraction_id, LinkCounts(pages=len(pages), reports=read.reports, links=read.links)


def regroup_after(
    connection: Connection, report_id: int, *, now: datetime, limit: int = BATCH
) -> tuple[int, LinkCounts]:
    """Second half of linking anew: the incidents of the next reports and of all that hangs together with them."""
    take_turn(connection)
    some = text("SELECT report_id FROM clues WHERE report_id > :after ORDER BY report_id LIMIT :limit")
    reports = list(connection.execute(some, {"after": report_id, "limit": limit}).scalars())
    if not reports:
        return 0, LinkCounts()
    grouped = regroup(connection, reports, {}, now)
    incidents = connection.execute(_INCIDENT_OF, {"reports": list(grouped.seen)})
    states = _refresh(connection, grouped.touched | {row.incident_id for row in incidents}, (), now)
    moves = grouped.moves
    return reports[-1], LinkCounts(0, 0, 0, grouped.opened, moves.merged, moves.split, states)

"""Links and decisions -> incidents and their members, for all that hangs together with some reports."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from db.bulk import copy_rows, new_ids
from db.linking.decisions import decided_pairs, wishes_for
from db.linking.log import Moves, record_moves
from db.linking.reach import Pair, reach
from db.tables import IncidentIdRow, MemberRow
from extractors.linking.grouping import Node, Wishes, group
from extractors.linking.naming import keep_numbers
from extractors.linking.score import share, weights

_LINKS = text("""
SELECT report_a, report_b, odds, facts FROM report_links WHERE report_a = ANY(:reports)
UNION ALL
SELECT report_a, report_b, odds, facts FROM report_links WHERE report_b = ANY(:reports)
""")
_FELLOWS = text("""
SELECT min(report_id) OVER (PARTITION BY incident_id) AS one, report_id AS other FROM incident_members
WHERE incident_id IN (SELECT incident_id FROM incident_members WHERE report_id = ANY(:reports))
""")
_NODES = text("SELECT report_id, tie, page_id FROM clues WHERE report_id = ANY(:reports)")
_MEMBERS = text("SELECT report_id, incident_id, score, reason FROM incident_members WHERE report_id = ANY(:reports)")


@dataclass(frozen=True, slots=True)
class Regrouped:
    """`touched`: incidents that gained, lost or changed reports · `seen`: all reports that were looked at."""

    touched: set[int]
    seen: set[int]
    opened: int
    moves: Moves


def regroup(connection: Connection, reports: Collection[int], heirs: Mapping[int, int], now: datetime) -> Regrouped:
    """Group anew all that hangs together with these reports.

    Args:
        connection: in a transaction that has its turn.
        reports: where to begin; each has a clue or is gone.
        heirs: report: incident of the report whose place it took.
        now: when.
    """
    links: dict[Pair, Row[Any]] = {}
    seen, _ = reach(reports, lambda some: _pairs(connection, some, links))
    nodes = [Node(row.report_id, row.tie, row.page_id) for row in connection.execute(_NODES, {"reports": list(seen)})]
    before = {row.report_id: row for row in connection.execute(_MEMBERS, {"reports": list(seen)})}
    wishes = wishes_for(connection, seen)
    edges = [(row.report_a, row.report_b, row.odds) for row in links.values()]
    groups = group(nodes, edges, wishes, weights()["least_support"])
    ties = {node.id: node.tie for node in nodes}
    groups.sort(key=lambda members: ties[members[0]])
    return _store(connection, groups, before, heirs, links, wishes, seen, now)


def _pairs(connection: Connection, some: list[int], links: dict[Pair, Row[Any]]) -> list[Pair]:
    """Pairs of reports that one look must take in: linked, of one incident, or named by one decision."""
    found = [(row.report_a, row.report_b) for row in _read_links(connection, some, links)]
    found += [(row.one, row.other) for row in connection.execute(_FELLOWS, {"reports": some})]
    return found + decided_pairs(connection, some)


def _read_links(connection: Connection, some: list[int], links: dict[Pair, Row[Any]]) -> list[Row[Any]]:
    rows = list(connection.execute(_LINKS, {"reports": some}))
    links.update({(row.report_a, row.report_b): row for row in rows})
    return rows


def _store(
    connection: Connection,
    groups: Sequence[Sequence[int]],
    before: Mapping[int, Row[Any]],
    heirs: Mapping[int, int],
    links: Mapping[Pair, Row[Any]],
    wishes: Wishes,
    seen: set[int],
    now: datetime,
) -> Regrouped:
    had = dict(heirs) | {report: row.incident_id for report, row in before.items()}
    kept = keep_numbers(groups, had)
    fresh = iter(_open(connection, kept.count(None), now))
    numbers = [next(fresh) if number is None else number for number in kept]
    rows = _member_rows(groups, numbers, links, wishes)
    changed = [row for row in rows if _differs(row, before.get(row["report_id"]))]
    gone = set(before) - {row["report_id"] for row in rows}
    _write(connection, changed, gone)
    moves = record_moves(connection, groups, numbers, had, now)
    touched = {row["incident_id"] for row in changed} | {before[report].incident_id for report in gone}
    touched |= {before[row["report_id"]].incident_id for row in changed if row["report_id"] in before}
    return Regrouped(touched | set(had.values()) - set(numbers), seen, kept.count(None), moves)


def _open(connection: Connection, count: int, now: datetime) -> list[int]:
    ids = new_ids(connection, IncidentIdRow, count) if count else []
    copy_rows(connection, IncidentIdRow, [{"id": number, "opened_at": now} for number in ids])
    return ids


def _differs(row: Mapping[str, Any], before: Row[Any] | None) -> bool:
    return before is None or (row["incident_id"], row["score"], row["reason"]) != (
        before.incident_id,
        before.score,
        before.reason,
    )


def _write(connection: Connection, changed: Sequence[Mapping[str, Any]], gone: Collection[int]) -> None:
    old = [row["report_id"] for row in changed] + list(gone)
    if old:
        connection.execute(text("DELETE FROM incident_members WHERE report_id = ANY(:reports)"), {"reports": old})
    copy_rows(connection, MemberRow, changed)


def _member_rows(
    groups: Sequence[Sequence[int]], numbers: Sequence[int], links: Mapping[Pair, Row[Any]], wishes: Wishes
) -> list[dict[str, Any]]:
    group_of = {report: number for members, number in zip(groups, numbers, strict=True) for report in members}
    surest: dict[int, Row[Any]] = {}
    for link in sorted(links.values(), key=lambda row: (-row.odds, row.report_a, row.report_b)):
        if group_of.get(link.report_a) == group_of.get(link.report_b):
            surest.setdefault(link.report_a, link)
            surest.setdefault(link.report_b, link)
    decided = Counter(report for pair in wishes.together for report in pair)
    return [_member(report, number, surest.get(report), decided[report]) for report, number in group_of.items()]


def _member(report: int, incident: int, link: Row[Any] | None, decided: int) -> dict[str, Any]:
    if link is None:
        reason = "an analyst's decision" if decided else "no other report is like it"
        return {"incident_id": incident, "report_id": report, "score": None, "reason": reason}
    other = link.report_b if link.report_a == report else link.report_a
    reason = f"like report {other}: {link.facts}"
    return {"incident_id": incident, "report_id": report, "score": round(share(link.odds), 4), "reason": reason}

"""Analysts' decisions as linking reads them, and their way on to the reports of revised articles."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, text

from extractors.linking.grouping import Wishes
from extractors.linking.wishes import Decision, settle

_OF_REPORTS = text("""
SELECT DISTINCT decided.decision_id FROM decided_reports AS decided
JOIN incident_decisions AS decision ON decision.id = decided.decision_id AND decision.revoked_at IS NULL
WHERE decided.report_id = ANY(:reports)
""")
_PARTS = text("""
SELECT decision.id, decision.decision, decided.report_id, decided.side FROM incident_decisions AS decision
JOIN decided_reports AS decided ON decided.decision_id = decision.id
JOIN clues ON clues.report_id = decided.report_id
WHERE decision.id = ANY(:decisions)
""")
_HAND_ON = text("""
INSERT INTO decided_reports (decision_id, report_id, side)
SELECT decided.decision_id, heir.new, decided.side FROM decided_reports AS decided
JOIN unnest(CAST(:new AS bigint[]), CAST(:old AS bigint[])) AS heir (new, old) ON heir.old = decided.report_id
ON CONFLICT DO NOTHING
""")


def decided_pairs(connection: Connection, reports: Collection[int]) -> list[tuple[int, int]]:
    """Pairs by which a decision holds reports together, however it speaks of them: they are grouped at one time."""
    members: dict[int, list[int]] = {}
    for decision in _decisions(connection, reports):
        members.setdefault(decision.id, []).extend(sorted(decision.first | decision.second))
    return [(group[0], other) for group in members.values() for other in group[1:]]


def wishes_for(connection: Connection, reports: Collection[int]) -> Wishes:
    """What decisions want of these reports."""
    return settle(_decisions(connection, reports))


def _decisions(connection: Connection, reports: Collection[int]) -> list[Decision]:
    ids = list(connection.execute(_OF_REPORTS, {"reports": list(reports)}).scalars())
    if not ids:
        return []
    sides: dict[tuple[int, str], tuple[set[int], set[int]]] = {}
    for row in connection.execute(_PARTS, {"decisions": ids}):
        sides.setdefault((row.id, row.decision), (set(), set()))[row.side - 1].add(row.report_id)
    return [Decision(number, kind, frozenset(one), frozenset(two)) for (number, kind), (one, two) in sides.items()]


def hand_on(connection: Connection, successors: Mapping[int, int]) -> None:
    """What was decided of a report holds for the one that takes its place (report now: report before)."""
    if successors:
        connection.execute(_HAND_ON, {"new": list(successors), "old": list(successors.values())})

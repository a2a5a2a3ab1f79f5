"""What regrouping did to incidents: numbers given up, merges and splits, each with a line that stays."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from db.bulk import copy_rows, new_ids
from db.tables import ChangeRow
from extractors.linking.naming import heirs as moved_reports

_CLOSE = text("""
UPDATE incident_ids SET closed_at = :now, went_into = closing.heir
FROM unnest(CAST(:ids AS bigint[]), CAST(:heirs AS bigint[])) AS closing (id, heir)
WHERE incident_ids.id = closing.id AND closed_at IS NULL
""")
_REOPEN = text(
    "UPDATE incident_ids SET closed_at = NULL, went_into = NULL WHERE id = ANY(:ids) AND closed_at IS NOT NULL"
)
_WORDS = {
    "merged": "their reports are likely to tell of one incident",
    "split": "what held its reports together is gone",
    "moved": "its reports are liker to the other incident's",
}


@dataclass(frozen=True, slots=True)
class Moves:
    """How many incidents became one with another, came off another, or gave up reports to another."""

    merged: int = 0
    split: int = 0
    moved: int = 0


def record_moves(
    connection: Connection,
    groups: Sequence[Sequence[int]],
    numbers: Sequence[int],
    before: Mapping[int, int],
    now: datetime,
) -> Moves:
    """Log what changed between the incident of each report before and now, and close numbers that have no report."""
    moved = moved_reports(groups, numbers, before)
    alive, known = set(numbers), set(before.values())
    closed = known - alive
    _close(connection, closed, moved, now)
    connection.execute(_REOPEN, {"ids": list(alive)})
    rows = [_change(old, new, reports, old in closed, new not in known, now) for (old, new), reports in moved.items()]
    ids = new_ids(connection, ChangeRow, len(rows)) if rows else []
    copy_rows(connection, ChangeRow, [row | {"id": number} for number, row in zip(ids, rows, strict=True)])
    counts = Counter(row["change"] for row in rows)
    return Moves(counts["merged"], counts["split"], counts["moved"])


def _close(
    connection: Connection, closed: set[int], moved: Mapping[tuple[int, int], Sequence[int]], now: datetime
) -> None:
    if not closed:
        return
    went: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for (old, new), reports in moved.items():
        went[old].append((-len(reports), new))
    ids = sorted(closed)
    heirs = [min(went[old])[1] if went[old] else None for old in ids]
    connection.execute(_CLOSE, {"ids": ids, "heirs": heirs, "now": now})


def _change(old: int, new: int, reports: Sequence[int], closed: bool, fresh: bool, now: datetime) -> dict[str, Any]:
    change = "merged" if closed else ("split" if fresh else "moved")
    return {
        "changed_at": now,
        "change": change,
        "incident_id": new,
        "other_id": old,
        "reports": sorted(reports),
        "reason": _WORDS[change],
    }

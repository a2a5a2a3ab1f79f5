"""Clues -> links between reports, kept with what speaks for them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from db.bulk import copy_rows
from db.linking.clues import candidates
from db.tables import LinkRow
from extractors.linking.clue import Clue
from extractors.linking.reasons import reason
from extractors.linking.score import Score, link_score, score

_FORGET = text(
    "DELETE FROM report_links WHERE report_a = ANY(:reports) OR report_b = ANY(:reports) RETURNING report_a, report_b"
)


def forget_links(connection: Connection, reports: Collection[int]) -> set[int]:
    """Remove the links of these reports; the reports at their other ends."""
    if not reports:
        return set()
    rows = connection.execute(_FORGET, {"reports": list(reports)})
    return {report for row in rows for report in row} - set(reports)


def store_links(connection: Connection, fresh: Sequence[Clue]) -> int:
    """Compare fresh clues with all that may be the same incident; the number of links that were made."""
    rows = []
    for one, other in candidates(connection, fresh):
        weighed = link_score(one, other)
        if weighed is not None:
            rows.append(_row(one, other, weighed))
    copy_rows(connection, LinkRow, rows)
    return len(rows)


def _row(one: Clue, other: Clue, weighed: Score) -> dict[str, Any]:
    return {
        "report_a": min(one.report_id, other.report_id),
        "report_b": max(one.report_id, other.report_id),
        "odds": weighed.odds,
        "signs": dict(weighed.signs),
        "facts": reason(one, other),
    }


def successors(old: Sequence[Clue], new: Sequence[Clue]) -> Mapping[int, int]:
    """Report now: report before, of one page whose article was revised or coded anew. The likest are paired first."""
    weighed = [(score(one, other).odds, one, other) for one in new for other in old]
    weighed.sort(key=lambda item: (-item[0], item[1].tie, item[2].tie))
    found: dict[int, int] = {}
    for odds, one, other in weighed:
        if odds > 0 and one.report_id not in found and other.report_id not in found.values():
            found[one.report_id] = other.report_id
    return found

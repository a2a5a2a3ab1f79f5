"""The pairs of numbers that a report's row carries."""

import pytest

from db.totals import PAIR_COLUMNS, paired
from extractors.records import Figure


def figure(low: int | None, high: int | None, role: str = "total", kind: str = "killed") -> Figure:
    return Figure(kind, low, high, "exact", "x", 0, 1, role=role)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figures", "pair"),
    [
        ([], (None, None)),
        ([figure(3, 3)], (3, 3)),
        ([figure(3, 3), figure(5, 5)], (5, 5)),
        ([figure(9, 9), figure(3, 3, "part")], (9, 9)),
        ([figure(3, 3, "part"), figure(4, None, "part")], (7, None)),
        ([figure(9, 9, "sum")], (None, None)),
        ([figure(0, 0, "none")], (None, None)),
        ([figure(2, 2, kind="vehicles")], (None, None)),
    ],
)
def test_pairs(figures: list[Figure], pair: tuple[int | None, int | None]) -> None:
    """The latest total holds, else the sum of the parts; denials, joint sums and damage fill no pair."""
    columns = paired(figures)

    assert pair == (columns["killed_min"], columns["killed_max"])
    assert tuple(columns) == PAIR_COLUMNS

"""A report's figures -> the pair of numbers that its row carries for each kind of harm."""

from collections import defaultdict
from collections.abc import Iterable

from extractors.records import PAIRED_FIGURES, Figure

PAIR_COLUMNS = tuple(f"{kind}_{end}" for kind in PAIRED_FIGURES for end in ("min", "max"))


def paired(figures: Iterable[Figure]) -> dict[str, int | None]:
    """Column: number, for every pair. NULL is not 0: a denial, or a number of two kinds together, fills none.

    The last total of a kind holds: the article's own latest. Where there are only parts, their sum.
    """
    by_kind: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_kind[figure.kind].append(figure)
    pairs = {kind: _pair(by_kind[kind]) for kind in PAIRED_FIGURES}
    return {
        f"{kind}_{end}": value for kind, pair in pairs.items() for end, value in zip(("min", "max"), pair, strict=True)
    }


def _pair(figures: list[Figure]) -> tuple[int | None, int | None]:
    totals = [figure for figure in figures if figure.role == "total"]
    if totals:
        return totals[-1].min, totals[-1].max
    parts = [figure for figure in figures if figure.role == "part"]
    return _sum([part.min for part in parts]), _sum([part.max for part in parts])


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None

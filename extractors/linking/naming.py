"""Groups of reports, made anew -> the numbers of incidents that they had: an incident keeps its number while it can."""

from collections import Counter
from collections.abc import Mapping, Sequence


def keep_numbers(groups: Sequence[Sequence[int]], before: Mapping[int, int]) -> list[int | None]:
    """The number that each group keeps; None for one that needs a new one.

    Args:
        groups: reports, in an order that does not depend on their arrival.
        before: the incident of each report that had one, or of the report whose place it took.

    A number goes to the group that has most of its reports; of two that have as many, to the first.
    """
    shared = Counter(
        (number, place) for place, group in enumerate(groups) for report in group if (number := before.get(report))
    )
    kept: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for (number, place), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if kept[place] is None and number not in taken:
            kept[place] = number
            taken.add(number)
    return kept


def heirs(
    groups: Sequence[Sequence[int]], numbers: Sequence[int], before: Mapping[int, int]
) -> dict[tuple[int, int], list[int]]:
    """(incident before, incident now): reports, for all that changed their incident."""
    moved: dict[tuple[int, int], list[int]] = {}
    for group, number in zip(groups, numbers, strict=True):
        for report in group:
            old = before.get(report)
            if old is not None and old != number:
                moved.setdefault((old, number), []).append(report)
    return moved

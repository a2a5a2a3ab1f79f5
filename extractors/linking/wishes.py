"""Analysts' decisions, in the order in which they were made -> what grouping must respect: the later one holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from extractors.linking.grouping import Wishes


@dataclass(frozen=True, slots=True)
class Decision:
    """merge: `first` are one incident · split: they are not that of `second` · pin: nothing joins or leaves them."""

    id: int
    kind: str
    first: frozenset[int]
    second: frozenset[int] = frozenset()


def settle(decisions: Iterable[Decision]) -> Wishes:
    """What holds after all of them."""
    together: dict[tuple[int, int], None] = {}
    apart: dict[tuple[int, int], None] = {}
    closed: list[frozenset[int]] = []
    for decision in sorted(decisions, key=lambda one: one.id):
        if decision.kind == "split":
            across = {tuple(sorted(pair)) for pair in product(decision.first, decision.second)}
            together = {pair: None for pair in together if pair not in across}
            apart |= dict.fromkeys(_pair(*pair) for pair in across)
            closed = [part for group in closed if (part := group - decision.first)]
            together |= _chain(decision.first) | _chain(decision.second)
        else:
            apart = {pair: None for pair in apart if not decision.first.issuperset(pair)}
            together |= _chain(decision.first)
            closed = _joined(closed, decision)
    return Wishes(tuple(together), tuple(apart), tuple(closed))


def _chain(reports: frozenset[int]) -> dict[tuple[int, int], None]:
    return dict.fromkeys(_pair(one, other) for one, other in pairwise(sorted(reports)))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _joined(closed: list[frozenset[int]], decision: Decision) -> list[frozenset[int]]:
    """The closed groups after a merge, which opens none, or after a pin."""
    touched = [group for group in closed if group & decision.first]
    if not touched and decision.kind != "pin":
        return closed
    rest = [group for group in closed if not group & decision.first]
    return [*rest, decision.first.union(*touched)]

"""Links between reports -> incidents: the same groups in whatever order the reports arrived.

The surest link is followed first. Two groups become one unless something forbids it: an article that would tell the
incident twice, an analyst's word, or too little likeness between the groups as wholes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

_SUPPORTERS = 3

Edge = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A report: `tie` orders it the same way everywhere, `article` tells it."""

    id: int
    tie: int
    article: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What analysts decided: pairs that belong together, pairs that do not, and groups that nothing joins or leaves."""

    together: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()
    closed: Sequence[frozenset[int]] = ()


@dataclass(slots=True)
class _Groups:
    """Disjoint groups with what they may not take in."""

    of: dict[int, int]
    members: dict[int, list[int]]
    articles: dict[int, set[int]]
    enemies: dict[int, set[int]] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)  # report: the closed group that it is in

    def merge(self, one: int, other: int) -> None:
        self.articles[one] |= self.articles.pop(other)
        for member in self.members[other]:
            self.of[member] = one
        self.members[one] += self.members.pop(other)

    def hostile(self, one: int, other: int) -> bool:
        small, large = sorted((one, other), key=lambda group: len(self.members[group]))
        return any(self.of.get(enemy) == large for m in self.members[small] for enemy in self.enemies.get(m, ()))

    def closed(self, one: int, other: int) -> bool:
        keys = {self.keys.get(member) for group in (one, other) for member in self.members[group]}
        return len(keys) > 1


def group(nodes: Collection[Node], edges: Iterable[Edge], wishes: Wishes, least_support: float) -> list[list[int]]:
    """The groups, each with its reports in order.

    Args:
        nodes: all reports that any edge or wish names, and those that stand alone.
        edges: pairs with the log-odds that they are one incident, above 0 alone.
        wishes: decisions; they outweigh every edge.
        least_support: two groups join where the reports of one are linked to the other with such log-odds in the mean,
            each by its surest links; a missing link counts 0.
    """
    ties = {node.id: node.tie for node in nodes}
    groups = _start(sorted(nodes, key=lambda node: node.tie), wishes)
    odds: dict[tuple[int, int], float] = {}
    for one, other, weight in edges:
        odds[one, other] = odds[other, one] = weight
    for one, other in _surest_first(odds, ties):
        a, b = groups.of[one], groups.of[other]
        if a != b and _may_join(groups, a, b, odds, least_support):
            groups.merge(a, b)
    return [sorted(members, key=ties.__getitem__) for members in groups.members.values()]


def _start(nodes: Sequence[Node], wishes: Wishes) -> _Groups:
    groups = _Groups(
        {node.id: node.id for node in nodes},
        {node.id: [node.id] for node in nodes},
        {node.id: {node.article} for node in nodes},
    )
    for one, other in wishes.apart:
        groups.enemies.setdefault(one, set()).add(other)
        groups.enemies.setdefault(other, set()).add(one)
    for key, members in enumerate(wishes.closed):
        groups.keys.update(dict.fromkeys(members, key))
    for one, other in wishes.together:
        if one in groups.of and other in groups.of:
            a, b = groups.of[one], groups.of[other]
            if a != b and not groups.hostile(a, b):
                groups.merge(a, b)
    return groups


def _surest_first(odds: Mapping[tuple[int, int], float], ties: Mapping[int, int]) -> list[tuple[int, int]]:
    pairs = [pair for pair in odds if ties[pair[0]] < ties[pair[1]]]
    return sorted(pairs, key=lambda pair: (-odds[pair], ties[pair[0]], ties[pair[1]]))


def _may_join(
    groups: _Groups, one: int, other: int, odds: Mapping[tuple[int, int], float], least_support: float
) -> bool:
    if groups.articles[one] & groups.articles[other] or groups.closed(one, other) or groups.hostile(one, other):
        return False
    mine, theirs = groups.members[one], groups.members[other]
    return max(_support(mine, theirs, odds), _support(theirs, mine, odds)) >= least_support


def _support(some: Sequence[int], others: Sequence[int], odds: Mapping[tuple[int, int], float]) -> float:
    """How well the reports of one group are linked to another, in the mean: each by its surest few links.

    The mean over all pairs would keep the hundredth report of a great incident out, which is like some of the others
    and not like all of them; a single link would let one mistake join two incidents.
    """
    few = min(_SUPPORTERS, len(others))
    surest = (nlargest(few, (odds.get((one, other), 0.0) for other in others)) for one in some)
    return sum(sum(best) for best in surest) / (few * len(some))

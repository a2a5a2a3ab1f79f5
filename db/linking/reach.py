"""Numbers -> all that hang together with them, by pairs that are read round by round."""

from collections.abc import Callable, Collection, Iterable, Iterator

Pair = tuple[int, int]


def reach(start: Collection[int], pairs_of: Callable[[list[int]], Iterable[Pair]]) -> tuple[set[int], set[Pair]]:
    """Everything that can be reached from `start`, and the pairs over which it can."""
    found, pairs, ahead = set(start), set[Pair](), set(start)
    while ahead:
        fresh = {pair for pair in pairs_of(sorted(ahead)) if pair not in pairs}
        pairs |= fresh
        ahead = {number for pair in fresh for number in pair} - found
        found |= ahead
    return found, pairs


def parts(numbers: Collection[int], pairs: Iterable[Pair]) -> Iterator[set[int]]:
    """The sets that hang together by these pairs."""
    neighbours: dict[int, set[int]] = {number: set() for number in numbers}
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    left = set(neighbours)
    while left:
        part, ahead = set[int](), {left.pop()}
        while ahead:
            number = ahead.pop()
            part.add(number)
            ahead |= neighbours[number] - part
        left -= part
        yield part

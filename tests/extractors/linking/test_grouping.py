"""Groups: the surest link first, nothing forbidden, the same in every order."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.linking.grouping import Node, Wishes, group
from extractors.linking.naming import heirs, keep_numbers
from extractors.linking.wishes import Decision, settle

SUPPORT = 0.2


def nodes(*articles: int) -> list[Node]:
    return [Node(number, tie=number * 7919 % 101, article=article) for number, article in enumerate(articles, start=1)]


def groups(found: list[list[int]]) -> set[frozenset[int]]:
    return {frozenset(one) for one in found}


def test_links_make_groups() -> None:
    """What is linked is one group, what is not stands alone."""
    found = group(nodes(1, 2, 3, 4), [(1, 2, 3.0), (2, 3, 2.0)], Wishes(), SUPPORT)

    assert groups(found) == {frozenset({1, 2, 3}), frozenset({4})}


def test_an_article_tells_an_incident_once() -> None:
    """Of two reports of one article, the surer link wins."""
    found = group(nodes(1, 1, 2), [(1, 3, 1.0), (2, 3, 2.0)], Wishes(), SUPPORT)

    assert groups(found) == {frozenset({1}), frozenset({2, 3})}


def test_a_chain_is_no_group() -> None:
    """Two groups are not joined over one weak link between their ends."""
    sure = [(1, 2, 5.0), (1, 3, 5.0), (2, 3, 5.0), (4, 5, 5.0), (4, 6, 5.0), (5, 6, 5.0)]
    found = group(nodes(1, 2, 3, 4, 5, 6), [*sure, (3, 4, 0.5)], Wishes(), SUPPORT)

    assert groups(found) == {frozenset({1, 2, 3}), frozenset({4, 5, 6})}


def test_wishes_outweigh_links() -> None:
    """Together, apart and closed hold against every score."""
    edges = [(1, 2, 9.0), (3, 4, 9.0), (4, 5, 9.0)]
    wishes = Wishes(together=((2, 3),), apart=((1, 2),), closed=(frozenset({4}),))

    assert groups(group(nodes(1, 2, 3, 4, 5), edges, wishes, SUPPORT)) == {
        frozenset({1}),
        frozenset({2, 3}),
        frozenset({4}),
        frozenset({5}),
    }


EDGES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from([0.1, 0.5, 1.0, 2.0, 4.0])), max_size=20
)


@settings(max_examples=150, deadline=None)
@given(EDGES, st.lists(st.integers(1, 6), min_size=9, max_size=9), st.randoms())
def test_any_order_gives_the_same(
    edges: list[tuple[int, int, float]], articles: list[int], chance: random.Random
) -> None:
    """Neither the order of reports nor that of links decides anything, nor does the company of strangers."""
    edges = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), odds) for a, b, odds in edges if a != b}.values())
    all_nodes = nodes(*articles)
    first = groups(group(all_nodes, edges, Wishes(), SUPPORT))
    chance.shuffle(edges)
    chance.shuffle(all_nodes)

    assert groups(group(all_nodes, edges, Wishes(), SUPPORT)) == first
    assert {number for one in first for number in one} == set(range(1, 10))


def test_numbers_stay_where_most_reports_are() -> None:
    """A number goes with most of its reports; what comes off gets a new one."""
    before = {1: 10, 2: 10, 3: 10, 4: 11}

    assert keep_numbers([[1, 2], [3]], before) == [10, None]
    assert keep_numbers([[1, 2, 3, 4]], before) == [10]
    assert keep_numbers([[9]], before) == [None]
    assert heirs([[1, 2], [3, 4]], [10, 11], before) == {(10, 11): [3]}


def test_later_decisions_hold() -> None:
    """A split after a merge parts what it parts; a merge after a split joins it again; a pin closes."""
    merge = Decision(1, "merge", frozenset({1, 2, 3}))
    split = Decision(2, "split", frozenset({1}), frozenset({2, 3}))
    again = Decision(3, "merge", frozenset({1, 2, 3}))
    pin = Decision(4, "pin", frozenset({5, 6}))

    assert settle([split, merge]).apart == ((1, 2), (1, 3))
    assert settle([split, merge]).together == ((2, 3),)
    assert settle([merge, split, again]).apart == ()
    assert settle([pin]).closed == (frozenset({5, 6}),)
    assert settle([pin, Decision(5, "merge", frozenset({6, 7}))]).closed == (frozenset({5, 6, 7}),)
    assert settle([pin, Decision(5, "split", frozenset({6}), frozenset({5}))]).closed == (frozenset({5}),)
    assert settle([Decision(6, "merge", frozenset({7, 8}))]).closed == ()

"""The section that an article stands in, as the page shows it: a marked link, or the last step of its trail."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from extractors.reading.boilerplate import levelled
from extractors.reading.markup import Node, text_of
from extractors.reading.wordlists import wordlist

_LONGEST = 40  # characters of a section's name
_TRAILS = ("nav", "ol", "ul", "div", "span", "p")
_MOST = 3  # trails that are looked at
_MARKS = ("breadcrumb", "bread-crumb", "crumbs")


def shown_section(
    tree: Node, steps: Iterable[str], *, title: str | None, names: Iterable[str | None] = ()
) -> str | None:
    """The section by the page's marks, else by the trail that its head tells (`steps`), else by the one it shows.

    The home page, the site's own `names` and the article's title are steps of a trail, but no sections.
    """
    marked = (text_of(node, _LONGEST) for node in islice(_marked(tree), 3))
    told = next((text for text in marked if text), None)
    if told:
        return told
    passed = _home() | {levelled(name) for name in names if name}
    heading = levelled(title or "")
    for trail in (list(steps), *islice(_trails(tree), _MOST)):
        found = [step for step in trail if _is_section(step, passed, heading)]
        if found:
            return found[-1]
    return None


def _marked(tree: Node) -> Iterator[Node]:
    return (node for node in tree.iter("a", "span", "div") if node.get("itemprop") == "articleSection")


def _trails(tree: Node) -> Iterator[list[str]]:
    """The link texts of each trail on the page."""
    for node in tree.iter(*_TRAILS):
        marks = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}".lower()
        if any(mark in marks for mark in _MARKS):
            yield [text for link in islice(node.iter("a"), 10) if (text := text_of(link, _LONGEST))]


def _is_section(step: str, passed: frozenset[str], heading: str) -> bool:
    words = levelled(step)
    return bool(words) and len(step) <= _LONGEST and words not in passed and not heading.startswith(words)


@cache
def _home() -> frozenset[str]:
    return frozenset(levelled(name) for name in wordlist("boilerplate")["trail"]["home"])

"""What stands around an article's heading: a date line, an author's name, a lead set apart from the body."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from extractors.reading.boilerplate import levelled
from extractors.reading.markup import HEADINGS, Node, text_of
from extractors.reading.published import Stamp, date_line
from extractors.records import Publisher

_BEFORE, _AFTER = 12, 70  # elements around the heading that are looked at
_DATE_LINE = 90  # characters
_OTHER_WORDS = 6  # beside the date: a section, an author
_LEAD = 1_200  # characters
_LEAD_START = 40  # characters that a lead shares with the page's description
_AUTHOR = 60
_CLOSE = 20  # elements behind the heading among which another heading is a lead
_SHORTEST_LEAD, _LONGEST_LEAD = 60, 700  # characters
_AUTHOR_MARKS = ("author", "byline", "writer", "writeby", "journalist")
_LEAD_MARKS = (
    "lead",
    "summary",
    "teaser",
    "intro",
    "standfirst",
    "sapo",
    "excerpt",
    "abstract",
    "subtitle",
    "sub-title",
)
_SPEAKING = {
    "div",
    "p",
    "span",
    "h2",
    "h3",
    "h4",
    "time",
    "li",
    "small",
    "strong",
    "b",
    "em",
    "i",
    "a",
    "td",
    "font",
    "section",
    "header",
    "address",
    "label",
    "dd",
    "ul",
}
_DIGIT = re.compile(r"\d")
_ASIDE = ("aside", "nav", "footer")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found; None for what was not."""

    published: Stamp | None = None
    modified: Stamp | None = None
    author: str | None = None
    lead: str | None = None


def look_around(
    tree: Node, *, title: str | None, description: str | None, publisher: Publisher, now: datetime
) -> Surroundings:
    """Read the elements just before and after the heading that bears the article's title."""
    near = _near(tree, title)
    published: Stamp | None = None
    modified: Stamp | None = None
    author: str | None = None
    lead: str | None = None
    start = levelled(description or "")[:_LEAD_START]
    for place, node in enumerate(near):
        line = text_of(node, _LEAD) if node.tag in _SPEAKING else None
        if line is None:
            continue
        if len(line) <= _DATE_LINE and (published is None or modified is None) and _DIGIT.search(line):
            stamp, changed = _dated(line, publisher, now)
            if changed:
                modified = modified or stamp
            else:
                published = published or stamp
        if author is None and len(line) <= _AUTHOR and _is_marked(node, _AUTHOR_MARKS):
            author = line
        if len(line) >= _LEAD_START and _is_lead(node, line, start, place):
            lead = line  # the innermost one comes last
    return Surroundings(published, modified, author, lead)


def _near(tree: Node, title: str | None) -> list[Node]:
    """Elements around the article's heading, in document order; around the first heading where none bears the title."""
    words = levelled(title or "")
    headings = list(islice(tree.iter(*HEADINGS), 60))
    heading = next((node for node in headings if words and levelled(text_of(node, 1_000) or "") == words), None)
    if heading is None:
        heading = next((node for node in headings if node.tag == "h1"), None)
    if heading is None:
        return []
    before = list(islice(heading.itersiblings(preceding=True), _BEFORE))
    return _following(heading)[:_AFTER] + before


def _following(node: Node) -> list[Node]:
    """Elements behind this one in document order: its next siblings with all inside them, then its parent's.

    Twice as many as are looked at, less those that stand aside.
    """
    found: list[Node] = []
    room = _AFTER * 2
    current: Node | None = node
    while current is not None and room > 0:
        is_aside = next(current.iterancestors(*_ASIDE), None) is not None
        for sibling in current.itersiblings():
            inside = list(islice(sibling.iter(), room))
            room -= len(inside)
            if not is_aside:
                asides = {inner for aside in sibling.iter(*_ASIDE) for inner in aside.iter()}
                found.extend(one for one in inside if one not in asides and isinstance(one.tag, str))
            if room <= 0:
                break
        current = current.getparent()
    return found


def _dated(line: str, publisher: Publisher, now: datetime) -> tuple[Stamp | None, bool]:
    """The date of a line that says little else, and whether it is the time of a change."""
    found = date_line(line, publisher, now)
    if found is None or found[1] > _OTHER_WORDS:
        return None, False
    return found[0], found[2]


def _is_marked(node: Node, names: tuple[str, ...]) -> bool:
    marks = f"{node.get('class') or ''} {node.get('rel') or ''} {node.get('itemprop') or ''}".lower()
    return any(name in marks for name in names)


def _is_lead(node: Node, line: str, start: str, place: int) -> bool:
    """Whether the line begins as the page's description does, or is called a lead, has its length and no links."""
    if len(start) == _LEAD_START and levelled(line[: 2 * _LEAD_START]).startswith(start):
        return True
    is_called = (node.tag in HEADINGS and place < _CLOSE) or _is_marked(node, _LEAD_MARKS)
    return is_called and _SHORTEST_LEAD <= len(line) <= _LONGEST_LEAD and not _has_link(node)


def _has_link(node: Node) -> bool:
    return next(node.iter("a"), None) is not None or next(node.iterancestors("a"), None) is not None

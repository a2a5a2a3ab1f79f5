"""What stands around an article's heading: a date line, an author's name, a lead set apart from the body."""

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
_AUTHOR_CLASSES = ("author", "byline", "writer", "writeby", "journalist")
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
    for node in near:
        line = text_of(node, _LEAD)
        if line is None:
            continue
        if len(line) <= _DATE_LINE and (published is None or modified is None) and any(char.isdigit() for char in line):
            stamp, changed = _dated(line, publisher, now)
            if changed:
                modified = modified or stamp
            else:
                published = published or stamp
        if author is None and len(line) <= _AUTHOR and _names_author(node):
            author = line
        if len(start) == _LEAD_START and levelled(line).startswith(start):
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
    inner = set(heading.iter())
    after = [node for node in islice(_following(heading), _AFTER * 2) if node not in inner and not _is_aside(node)]
    before = list(islice(heading.itersiblings(preceding=True), _BEFORE))
    return after[:_AFTER] + before


def _following(node: Node) -> "list[Node]":
    """Elements behind this one in document order: its next siblings with all inside them, then its parent's."""
    found: list[Node] = []
    current: Node | None = node
    while current is not None and len(found) < _AFTER * 2:
        for sibling in current.itersiblings():
            found.extend(islice(sibling.iter(), _AFTER * 2 - len(found)))
            if len(found) >= _AFTER * 2:
                break
        current = current.getparent()
    return found


def _is_aside(node: Node) -> bool:
    return not isinstance(node.tag, str) or node.tag in _ASIDE or next(node.iterancestors(*_ASIDE), None) is not None


def _dated(line: str, publisher: Publisher, now: datetime) -> tuple[Stamp | None, bool]:
    """The date of a line that says little else, and whether it is the time of a change."""
    found = date_line(line, publisher, now)
    if found is None or found[1] > _OTHER_WORDS:
        return None, False
    return found[0], found[2]


def _names_author(node: Node) -> bool:
    marks = f"{node.get('class') or ''} {node.get('rel') or ''} {node.get('itemprop') or ''}".lower()
    return any(name in marks for name in _AUTHOR_CLASSES)

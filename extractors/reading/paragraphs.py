"""Text that a page lays out with line breaks, divisions and spans -> paragraphs, as an extractor expects them.

Many Arabic sites write no <p> at all; extractors then see a page of stray text and take the menus for the article.
"""

from collections.abc import Iterator

from lxml import etree

from extractors.reading.markup import Node

_CONTAINERS = (
    "div",
    "td",
    "section",
    "article",
    "main",
    "body",
    "center",
    "blockquote",
    "form",
    "font",
    "span",
    "strong",
    "b",
)
_INLINE = frozenset(
    ("a", "span", "font", "b", "strong", "i", "em", "u", "small", "big", "mark", "sup", "sub", "abbr", "cite", "q")
)
_PARAGRAPH = 40  # characters of a run of text that is worth a paragraph
_SENTENCE = 60  # characters of a list item that is a paragraph
_LINKED = 0.3  # of its text, from which a run is a menu


def with_paragraphs(tree: Node) -> None:
    """Wrap every longer run of text that stands bare in the tree, between breaks and blocks, into a <p> of its own."""
    for name in ("font", "center"):
        etree.strip_tags(tree, name)
    for node in list(tree.iter("ul", "ol")):
        _open_list(node)
    for node in list(tree.iter(*_CONTAINERS)):
        if next(node.iterancestors("p", "nav", "footer", "aside", "a"), None) is None and node.tag not in _INLINE:
            _wrap_runs(node)


def _open_list(node: Node) -> None:
    """Turn a list whose items are sentences without links into paragraphs."""
    items = list(node)
    texts = ["".join(item.itertext()).strip() for item in items]
    if items and all(len(text) >= _SENTENCE for text in texts) and next(node.iter("a", "p", "div"), None) is None:
        node.tag = "div"
        for item in items:
            item.tag = "p"


def _wrap_runs(node: Node) -> None:
    for run in list(_runs(node)):
        texts = [run.opening, *("".join(child.itertext()) + (child.tail or "") for child in run.children)]
        text = "".join(texts)
        if len(text.strip()) < _PARAGRAPH or _link_share(run.children, len(text)) > _LINKED:
            continue
        run.wrap(node, _lines_of(run))


def _lines_of(run: "_Run") -> list[str]:
    """The run's text, cut at the breaks inside its inline elements."""
    pieces = [run.opening]
    for child in run.children:
        for inner in child.iter():
            if inner.tag == "br":
                pieces.append("\n")
            pieces.append(inner.text or "")
            if inner is not child:
                pieces.append(inner.tail or "")
        pieces.append(child.tail or "")
    return [line for line in "".join(pieces).split("\n") if line.strip()]


def _link_share(children: list[Node], total: int) -> float:
    linked = sum(len("".join(link.itertext())) for child in children for link in child.iter("a"))
    return linked / max(total, 1)


class _Run:
    """Neighbours in one container: the text they open with and inline elements, up to a break or a block."""

    def __init__(self, before: Node | None, opening: str) -> None:
        self.before = (
            before  # the break or block in front, whose tail the opening text is; None at the container's start
        )
        self.opening = opening
        self.children: list[Node] = []

    def wrap(self, container: Node, lines: list[str]) -> None:
        """Replace the run by one paragraph for each line."""
        for child in self.children:
            child.tail = None
            container.remove(child)
        if self.before is None:
            container.text = None
            place = 0
        else:
            self.before.tail = None
            place = container.index(self.before) + 1
        for offset, line in enumerate(lines):
            paragraph = etree.Element("p")
            paragraph.text = line
            container.insert(place + offset, paragraph)


def _runs(node: Node) -> Iterator[_Run]:
    run = _Run(None, (node.text or "").replace("\n", " "))
    for child in list(node):
        if child.tag in _INLINE:
            run.children.append(child)
            child.tail = (child.tail or "").replace("\n", " ")
            continue
        yield run
        run = _Run(child, (child.tail or "").replace("\n", " "))
    yield run

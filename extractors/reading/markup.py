"""HTML text -> a parsed tree, made once for everything that reads the page, and small looks into such a tree."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree, html

from extractors.reading.text import one_line, xml_safe

Node: TypeAlias = etree._Element  # noqa: SLF001 - the name lxml gives to its element type

MAX_MARKUP = 6_000_000  # characters; news pages have a tenth of it at most
MAX_TAGS = 200_000  # openings and closings; long live blogs have a tenth of it
HEADINGS = ("h1", "h2", "h3")

_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_BLOCKS = ("p", "br", "div", "table", "h1", "h2", "article", "section")
_LONG_CELL = 300  # characters; a cell with more and with blocks inside lays out a page
_TABLE_PARTS = {"table", "tbody", "thead", "tfoot", "tr", "td", "th", "center"}
_NOT_SHOWN = {"script", "style", "noscript", "template", "svg"}


def parse_html(markup: str) -> Node | None:
    """The tree of a page; None where not even a lenient parser finds elements."""
    text = xml_safe(markup)
    prolog = _PROLOG.match(text)
    parser = html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        tree = html.document_fromstring(text[prolog.end() if prolog else 0 :].encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def is_too_large(markup: str) -> bool:
    """Whether reading the page would take seconds."""
    return len(markup) > MAX_MARKUP or markup.count("<") > MAX_TAGS


def flatten_layout_tables(tree: Node) -> None:
    """Turn tables that lay out a page into plain divisions, so that an article inside is no cell of figures."""
    for cell in list(tree.iter("td")):
        if cell.tag == "td" and _lays_out(cell):
            for part in (cell, *cell.iterancestors("table", "tbody", "tr")):
                part.tag = "div"
    for part in list(tree.iter("tr", "td", "th", "tbody", "thead", "tfoot")):
        if next(part.iterancestors("table"), None) is None:
            part.tag = "div"


def _lays_out(cell: Node) -> bool:
    if next(cell.iterdescendants(*_BLOCKS), None) is None:
        return False
    size = 0
    for text in cell.itertext():
        size += len(text)
        if size > _LONG_CELL:
            return True
    return False


def text_of(node: Node, limit: int) -> str | None:
    """What a reader sees inside the node, on one line; None for nothing or for more than `limit` characters."""
    pieces: list[str] = []
    size = 0
    for text in _shown(node):
        size += len(text)
        if size > limit * 2:
            return None
        pieces.append(text)
    line = one_line(" ".join(pieces), limit + 1)
    return line if line and len(line) <= limit else None


def _shown(node: Node) -> Iterator[str]:
    for inner in node.iter():
        if inner.tag not in _NOT_SHOWN and inner.text:
            yield inner.text
        if inner is not node and inner.tail:
            yield inner.tail

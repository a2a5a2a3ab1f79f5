"""A page's tree -> the lines of its article. The only module that imports trafilatura.

Its fast and precise settings come first: on Arabic pages they give the same text as the slow ones, with less of the
page around it, in a third of the time.
"""

import logging
from collections.abc import Iterator
from configparser import ConfigParser

from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from extractors.reading.markup import Node
from extractors.reading.paragraphs import with_paragraphs
from extractors.reading.text import one_line

ENOUGH = 250  # characters; with less, the page is looked at once more
LONGEST = 1_000_000  # characters of a paragraph
SHORTEST = 80  # characters of a body; breaking news has one sentence, error pages less

_BLOCKS = {"p", "head", "item", "quote", "row", "list", "table", "lb", "div", "fw", "dl", "dt", "dd", "code", "graphic"}

# It warns of every page it gives up on; here that is an outcome, told by its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _settings() -> ConfigParser:
    """Its own, but short articles count: below its minimum it would take the menus in to make them longer."""
    settings = ConfigParser()
    settings.read_dict(use_config())
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(SHORTEST)
    return settings


_SETTINGS = _settings()


def article_lines(tree: Node) -> list[str]:
    """The article's paragraphs, one a line, blanks levelled; empty where none is found.

    Where next to nothing is found, text that stands outside paragraphs is wrapped into some, in the tree itself.
    """
    lines = _extract(tree)
    if _length(lines) >= ENOUGH:
        return lines
    with_paragraphs(tree)
    more = _extract(tree)
    return more if _length(more) > 2 * _length(lines) else lines


def _extract(tree: Node) -> list[str]:
    try:
        document = bare_extraction(tree, fast=True, favor_precision=True, include_comments=False, config=_SETTINGS)
    except RecursionError:  # elements a thousand deep
        return []
    return list(_lines(document.body)) if isinstance(document, Document) and document.body is not None else []


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _lines(body: Node) -> Iterator[str]:
    """The text between block borders, line by line."""
    pieces: list[str] = []
    for event, text in _walk(body):
        if event == "text":
            pieces.append(text)
        elif pieces:
            line = one_line("".join(pieces), LONGEST)
            pieces = []
            if line:
                yield line
    if line := one_line("".join(pieces), LONGEST):
        yield line


def _walk(node: Node) -> Iterator[tuple[str, str]]:
    """Texts and block borders in document order."""
    is_block = node.tag in _BLOCKS
    if is_block:
        yield "border", ""
    elif node.tag == "cell":
        yield "text", " "
    if node.text:
        yield "text", node.text
    for child in node:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail
    if is_block:
        yield "border", ""

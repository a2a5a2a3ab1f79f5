"""XML as it is served -> XML that feedparser reads in a time that grows with its length and no faster.

Its lenient parser takes seconds for a few broken hundred kilobytes, so long broken feeds are mended before.
"""

import re
import sys

from lxml import etree

from extractors.reading.text import xml_safe

LONG = 300_000  # characters, from which a broken feed is mended here and not left to feedparser

_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*(\d{1,7}));")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
_CROWDED_TAG = re.compile(r"""(?:\s[\w:.-]{1,200}\s{0,9}=\s{0,9}(?:"[^"<]*"|'[^'<]*')\s{0,9}?){1000}""")
_UNENDED = 5_000  # tags
_REPLACEMENT = "\ufffd"


def is_bomb(text: str) -> bool:
    """Whether a tag bears a thousand attributes, or tags are opened by the thousand and never ended.

    No feed does so, and each more of them costs all the others.
    """
    return _CROWDED_TAG.search(text) is not None or text.count("<") > 2 * text.count(">") + _UNENDED


def mended(text: str) -> str:
    """The text without references to characters that XML forbids; a long text that is broken, made well-formed too."""
    if "&#" in text:
        text = _REFERENCE.sub(_allowed, text)
    return _well_formed(text) if len(text) > LONG else text


def _allowed(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    allowed = code <= sys.maxunicode and xml_safe(chr(code)) == chr(code)
    return match[0] if allowed else _REPLACEMENT


def _well_formed(text: str) -> str:
    data = text.encode()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, encoding="utf-8")
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return _recovered(text)
    return text


def _recovered(text: str) -> str:
    """What a lenient and fast parser makes of it, written out again; empty where it finds nothing."""
    pieces = _CDATA.split(text)
    pieces[::2] = [_BARE_AMPERSAND.sub("&amp;", piece) for piece in pieces[::2]]
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    root = etree.fromstring("".join(pieces).encode(), parser)
    return "" if root is None else str(etree.tostring(root, encoding="unicode"))

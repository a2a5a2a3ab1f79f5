"""Text of any origin -> text that a database, a log line and a reader can bear."""

import html
import re
from functools import lru_cache

ELLIPSIS = "\u2026"

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE
)


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """The character where it can be printed, a space for any kind of space, else nothing."""
    if char.isspace():
        return " "
    return char if char.isprintable() else ""


def one_line(text: str | None, limit: int) -> str | None:
    """The text on one line, without unprintable characters (NUL, bidi marks), cut at `limit`; None if empty."""
    if not text:
        return None
    text = text[: limit * 4]
    if not text.isprintable():
        text = "".join(map(_kept, text))
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + ELLIPSIS
    return text or None


def plain(markup: str | None, limit: int) -> str | None:
    """Text or HTML as a feed gives it -> plain text on one line; entities that were escaped twice are read twice."""
    if not markup:
        return None
    text = markup[: limit * 20]
    for _ in range(2):
        if "<" in text:
            text = _TAG.sub(" ", text)
        if "&" not in text:
            break
        text = html.unescape(text)
    return one_line(text, limit)


def xml_safe(text: str) -> str:
    """The text without the characters that XML forbids or that end a C string early; lone surrogates become "?"."""
    text = text.encode("utf-8", "replace").translate(None, _CONTROLS).decode("utf-8")
    return text if text.isascii() else text.replace("\ufffe", "").replace("\uffff", "")

"""Bytes -> text, once, for feeds and pages alike.

A byte order mark decides; else valid UTF-8 wins over any label; nearly valid UTF-8 is mended; else it is the one of the
labels and of the usual Arabic code pages that reads most like Arabic.
"""

import codecs
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

from extractors.reading.wordlists import wordlist
from extractors.records import Encoding

MAX_INFLATED = 64 * 1024 * 1024  # bytes out of a gzip file
SAMPLE = 60_000  # bytes that a code page is judged by

_ARABIC_CODE_PAGES = ("cp1256", "iso8859-6", "cp1252")
_TEXT_CODEC = re.compile(
    r"cp125\d|cp(720|864|866|874|932|949)|iso8859-\d+|koi8[-_][rut]|mac[-_]\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*|tis.620"
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOSTLY_RIGHT = 4  # whole characters for each broken sequence, from which bytes count as UTF-8
_UNLIKELY = math.log(0.02)  # what a non-ASCII character outside Arabic news weighs, beside log(per mille)
_READS_AS_ARABIC = math.log(9.0)  # Arabic prose reaches 3.3, its other code page 2, Western text less than 0
_BROKEN = re.compile("[\udc80-\udcff]+")
_NO_BREAK_SPACE = "\udca0"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it came out of its bytes."""

    text: str
    encoding: Encoding


class TooLargeError(ValueError):
    """A compressed body that unpacks beyond the cap."""


def inflate(body: bytes) -> bytes:
    """The body, unpacked if it is gzip (sitemaps are served as .gz files); a broken end keeps what came before it.

    Raises:
        TooLargeError: it unpacks to more than MAX_INFLATED bytes.
    """
    if body[:3] != b"\x1f\x8b\x08":
        return body
    out = bytearray()
    while body[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out += stream.decompress(body, MAX_INFLATED + 1 - len(out))
        except zlib.error:
            break
        if len(out) > MAX_INFLATED:
            raise TooLargeError(f"more than {MAX_INFLATED} bytes")
        body = stream.unused_data
    return bytes(out)


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Any bytes as text, never failing. `content_type` is the HTTP header; labels inside the body are found here."""
    labels = tuple(_labels(body, content_type))
    declared = labels[0] if labels else None
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            text, repaired = _read(body[len(mark) :], name)
            return Decoded(text, Encoding(declared, name, repaired))
    wide = _unmarked_utf16(body)
    if wide is not None:
        text, repaired = _read(body, wide)
        return Decoded(text, Encoding(declared, wide, repaired))
    return _decode_unmarked(body, labels, declared)


def _decode_unmarked(body: bytes, labels: tuple[str, ...], declared: str | None) -> Decoded:
    try:
        return Decoded(body.decode("utf-8"), Encoding(declared, "utf-8"))
    except UnicodeDecodeError:
        pass
    mended, broken = _mend(body)
    if _whole_characters(mended) >= _MOSTLY_RIGHT * broken:
        return Decoded(mended, Encoding(declared, "utf-8", repaired=True))
    name = _most_arabic(body, labels)
    text, repaired = _read(body, name)
    return Decoded(text, Encoding(declared, name, repaired))


def _read(body: bytes, name: str) -> tuple[str, bool]:
    """The text in that encoding, and whether it holds bytes that it does not know."""
    try:
        return body.decode(name), False
    except UnicodeDecodeError:
        return body.decode(name, "replace"), True


def _labels(body: bytes, content_type: str | None) -> Iterator[str]:
    """The labels by their codec's name: HTTP's first, then the XML declaration's or the meta tag's."""
    http = http_content_type_encoding(content_type)
    inside = html_body_declared_encoding(body[:4096])
    for label in (http, inside):
        name = resolve_encoding(label) if label else None
        if name:
            yield name


def _unmarked_utf16(body: bytes) -> str | None:
    """UTF-16 that lacks its byte order mark: markup begins with "<" and a zero byte beside it."""
    if body[:2] == b"<\x00" and body[3:4] == b"\x00":
        return "utf-16-le"
    if body[:2] == b"\x00<" and body[2:3] == b"\x00":
        return "utf-16-be"
    return None


def _mend(body: bytes) -> tuple[str, int]:
    """UTF-8 with each broken run as U+FFFD (a stray no-break space as a space), and how many there were."""
    escaped = body.decode("utf-8", "surrogateescape")  # bad bytes become lone surrogates, which no good byte can
    return _BROKEN.subn(lambda run: " " if run[0] == _NO_BREAK_SPACE else "\ufffd", escaped)


def _whole_characters(text: str) -> int:
    return sum(1 for char in text if char > "\x7f" and char != "\ufffd")


def _most_arabic(body: bytes, labels: tuple[str, ...]) -> str:
    """The encoding that reads most like Arabic; where none does, the first label that is a text encoding, or cp1252."""
    usable = [name for name in labels if _TEXT_CODEC.fullmatch(name)]
    sample = _non_ascii_sample(body)
    candidates = dict.fromkeys([*usable, *_ARABIC_CODE_PAGES])
    scores = {name: arabic_score(sample.decode(name, "replace")) for name in candidates}
    best = max(scores, key=lambda name: scores[name])  # the first of equals: a label before a guess
    if scores[best] >= _READS_AS_ARABIC:
        return best
    return usable[0] if usable else "cp1252"


def _non_ascii_sample(body: bytes) -> bytes:
    """The lines that hold non-ASCII bytes, up to SAMPLE bytes: markup says nothing of the language."""
    sample = bytearray()
    for line in re.finditer(rb"[\x80-\xff][^<>\n]*", body):
        sample += line[0] + b"\n"
        if len(sample) > SAMPLE:
            break
    return bytes(sample)


@cache
def _weights() -> dict[str, float]:
    return {char: math.log(share) for char, share in wordlist("arabic_letters")["per_mille"].items()}


def arabic_score(text: str) -> float:
    """How like Arabic news the non-ASCII characters are: their mean log frequency per mille; 0 for plain ASCII."""
    weights = _weights()
    counts = Counter(char for char in text if char > "\x7f" and char not in "\xa0\u200e\u200f")
    total = sum(counts.values())
    return sum(weights.get(char, _UNLIKELY) * count for char, count in counts.items()) / total if total else 0.0

"""Bytes -> text, once, for feeds and pages alike.

The byte order mark of a wide encoding decides; else valid UTF-8 wins over any label; nearly valid UTF-8 is mended; else
it is the one of the labels and of the usual Arabic code pages that reads most like Arabic.
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
_WIDE_MARKS: tuple[tuple[bytes, str | None], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOSTLY_RIGHT = 4  # whole characters for each broken sequence, from which bytes count as UTF-8
_UNLIKELY = math.log(0.02)  # what a non-ASCII character outside Arabic news weighs, beside log(per mille)
_READS_AS_ARABIC = math.log(9.0)  # Arabic prose reaches 3.3, its other code page 2, Western text less than 0
_FOREIGN_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]{2,}(?![A-Za-z\x80-\xff])")
_FOREIGN_LINE = re.compile(rb"[\x80-\xff][^<>\n]*")
_WHOLE = re.compile("[^\x00-\x7f\udc80-\udcff]+")
_BROKEN = re.compile("[\udc80-\udcff]+")
_NO_BREAK_SPACE = "\udca0"
_WORD = 3  # bytes in a row that are no UTF-8, from which they may be a word in another encoding


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
    mark, name = next((found for found in _WIDE_MARKS if body.startswith(found[0])), (b"", _unmarked_utf16(body)))
    if name is not None:
        text, repaired = _read(body[len(mark) :], name)
        return Decoded(text, Encoding(declared, name, repaired))
    # The mark of UTF-8 decides nothing: editors leave it in front of templates that then print cp1256.
    return _decode_unmarked(body.removeprefix(codecs.BOM_UTF8), labels, declared)


def _decode_unmarked(body: bytes, labels: tuple[str, ...], declared: str | None) -> Decoded:
    try:
        return Decoded(body.decode("utf-8"), Encoding(declared, "utf-8"))
    except UnicodeDecodeError:
        pass
    escaped = body.decode("utf-8", "surrogateescape")  # bad bytes become lone surrogates, which no good byte can
    if sum(map(len, _WHOLE.findall(escaped))) >= _MOSTLY_RIGHT * len(_BROKEN.findall(escaped)):
        return Decoded(_BROKEN.sub(_mended_run, escaped), Encoding(declared, "utf-8", repaired=True))
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
    """UTF-16 that lacks its byte order mark: it begins with two ASCII characters, each with a zero byte beside it."""
    first, second = body[:4:2], body[1:4:2]
    if second == b"\0\0" and 0 not in first and first.isascii():
        return "utf-16-le"
    if first == b"\0\0" and len(second) == len(first) and 0 not in second and second.isascii():
        return "utf-16-be"
    return None


def _mended_run(run: re.Match[str]) -> str:
    """A stray no-break space as a space, a word of a part in cp1256 as that word, anything else as U+FFFD."""
    if run[0] == _NO_BREAK_SPACE:
        return " "
    if len(run[0]) < _WORD:
        return "\ufffd"
    word = run[0].encode("ascii", "surrogateescape").decode("cp1256", "replace")
    return word if arabic_score(word) >= _READS_AS_ARABIC else "\ufffd"


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
    """The words that are all non-ASCII bytes, up to SAMPLE bytes; where there are none, the lines that hold some.

    Markup says nothing of the language, and accents between Latin letters (French names in Maghrebi news) nothing of
    the Arabic beside them.
    """
    return _joined(_FOREIGN_WORD, body) or _joined(_FOREIGN_LINE, body)


def _joined(pattern: re.Pattern[bytes], body: bytes) -> bytes:
    sample = bytearray()
    for match in pattern.finditer(body):
        sample += match[0] + b"\n"
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

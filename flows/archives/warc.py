"""A WARC archive -> pages: its responses that are whole HTML pages; all other records are passed over."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import HTTP
from io import BytesIO
from typing import IO

from db.archive import ArchivedPage
from extractors.reading.urls import canonical_url, host_of
from extractors.records import Entry

MAX_RECORD = 20 * 2**20  # bytes; a longer one is no page
_HEADERS = BytesHeaderParser(policy=HTTP)


def read_warc(stream: IO[bytes], *, now: datetime) -> Iterator[ArchivedPage | None]:
    """A page for each response with one, or None for a response without; what has no date was fetched now."""
    while line := stream.readline(1024):
        if not line.startswith(b"WARC/"):
            continue
        headers = _headers(stream)
        length = int(headers.get("content-length", "0"))
        if headers.get("warc-type") != "response" or length > MAX_RECORD:
            _skip(stream, length)
            continue
        yield _page(headers, stream.read(length), now)


def _headers(stream: IO[bytes]) -> Mapping[str, str]:
    lines = []
    while (line := stream.readline(16_384)).strip():
        lines.append(line)
    return _parsed(b"".join(lines))


def _parsed(block: bytes) -> Mapping[str, str]:
    return {name.lower(): value.strip() for name, value in _HEADERS.parsebytes(block).items()}


def _skip(stream: IO[bytes], length: int) -> None:
    while length > 0 and (chunk := stream.read(min(length, 2**20))):
        length -= len(chunk)


def _page(headers: Mapping[str, str], block: bytes, now: datetime) -> ArchivedPage | None:
    head, _, body = block.partition(b"\r\n\r\n")
    status, _, fields = head.partition(b"\r\n")
    answer = _parsed(fields)
    content_type = answer.get("content-type", "")
    url = canonical_url(headers.get("warc-target-uri", "").strip("<>"))
    if url is None or status.split(b" ")[1:2] != [b"200"] or "html" not in content_type:
        return None
    whole = _decoded(body, answer)
    if not whole:
        return None
    return ArchivedPage(Entry(None, url), whole, content_type, _moment(headers) or now, host_of(url))


def _decoded(body: bytes, answer: Mapping[str, str]) -> bytes | None:
    """The page's own bytes; None where they cannot be had. Archives differ in whether they keep transfer codings."""
    try:
        if "chunked" in answer.get("transfer-encoding", "").lower():
            body = _dechunked(body)
        coding = answer.get("content-encoding", "").lower()
        if coding == "gzip" and body.startswith(b"\x1f\x8b"):
            return gzip.GzipFile(fileobj=BytesIO(body)).read(MAX_RECORD)
        return zlib.decompressobj().decompress(body, MAX_RECORD) if coding == "deflate" else body
    except (OSError, EOFError, ValueError, zlib.error):
        return None


def _dechunked(body: bytes) -> bytes:
    stream, parts = BytesIO(body), []
    while size := int(stream.readline().split(b";")[0] or b"0", 16):
        parts.append(stream.read(size))
        stream.readline()
    return b"".join(parts)


def _moment(headers: Mapping[str, str]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(headers.get("warc-date", ""))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None

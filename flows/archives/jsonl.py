"""A JSONL archive -> pages: {"url": …, "html": …} a line, or {"url": …, "title": …, "text": …} where only text is left.

Known besides: published, fetched (ISO 8601 with a zone), publisher, country, timezone, content_type.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import IO, Any

from db.archive import ArchivedPage
from extractors.reading.urls import canonical_url, host_of
from extractors.records import Entry, Publisher

MAX_LINE = 20 * 2**20  # bytes; a longer line is no page
_HTML = "text/html; charset=utf-8"


def read_jsonl(stream: IO[bytes], *, now: datetime) -> Iterator[ArchivedPage | None]:
    """A page for each line, or None for a line that holds none. What was fetched at no known time was fetched now."""
    while line := stream.readline(MAX_LINE):
        if line.strip():
            yield _page(line, now)


def _page(line: bytes, now: datetime) -> ArchivedPage | None:
    try:
        record = json.loads(line)
    except ValueError:  # also what is no UTF-8, and what is left of a line that is too long
        return None
    url = canonical_url(_text(record, "url") or "") if isinstance(record, dict) else None
    body = _body(record) if url else None
    if url is None or body is None:
        return None
    given = _text(record, "country")
    return ArchivedPage(
        entry=Entry(None, url, title=_text(record, "title"), published_at=_moment(record, "published")),
        body=body,
        content_type=(_text(record, "content_type") if _text(record, "html") else None) or _HTML,
        fetched_at=_moment(record, "fetched") or now,
        host=host_of(url),
        publisher=Publisher(_text(record, "publisher"), given.upper() if given else None, _text(record, "timezone")),
    )


def _body(record: Mapping[str, Any]) -> bytes | None:
    if html := _text(record, "html"):
        return html.encode(errors="replace")
    title, body = _text(record, "title"), _text(record, "text")
    if not title or not body:
        return None
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in body.splitlines() if line.strip())
    page = f"<!doctype html><html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}</h1>\n"
    return f"{page}{paragraphs}</article></body></html>".encode(errors="replace")


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _moment(record: Mapping[str, Any], name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(record, name) or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None

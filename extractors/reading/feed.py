"""Feed bytes -> FeedDocument: RSS, Atom, RDF, JSON feeds, sitemaps; each listed entry is kept or skipped for a reason.

The only module that imports feedparser, which is given text that is decoded already: left to itself it turns
mislabelled Arabic into mojibake without a word.
"""

import io
import re
from datetime import datetime
from typing import Any, Literal

import feedparser

from extractors.reading.decode import Decoded, TooLargeError, decode, inflate
from extractors.reading.entities import is_entity_bomb
from extractors.reading.hints import polling_hints
from extractors.reading.jsonfeed import parse_json_feed, text_of
from extractors.reading.listing import MAX_NAME, MAX_TITLE, Listed, settle
from extractors.reading.mend import is_bomb, mended
from extractors.reading.obstacles import Reason, obstacle
from extractors.reading.sitemap import parse_sitemap
from extractors.reading.text import one_line, plain, xml_safe
from extractors.reading.urls import canonical_url
from extractors.records import FeedDocument, Publisher, Unreadable

MAX_FEED = 40_000_000  # characters

_HEAD = 20_000  # characters in which a feed's root must stand
_ROOT = re.compile(r"<(?:\w+:)?(rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_PROLOG = re.compile(r"<\?xml[^>]*\?>", re.IGNORECASE)
_HTML = re.compile(r"<(!doctype\s+html|html|head)\b", re.IGNORECASE)
_OPML = re.compile(r"<opml\b", re.IGNORECASE)  # has a head, as HTML has
_KINDS: dict[str, Literal["rss", "atom", "rdf"]] = {"rss": "rss", "channel": "rss", "feed": "atom", "rdf": "rdf"}


def read_feed(
    body: bytes, *, url: str, content_type: str | None, publisher: Publisher, now: datetime
) -> FeedDocument | Unreadable:
    """Whatever a feed's address answered, read as what it is.

    Args:
        body: the answer's bytes, free of any transfer or content coding (.gz files are unpacked here).
        url: the address that answered, against which relative links are resolved.
        content_type: the HTTP header, or None.
        publisher: whose zone and country dates are read by.
        now: aware; later dates than this (with a slack of hours) are unknown.
    """
    try:
        decoded = decode(inflate(body), content_type)
    except TooLargeError as error:
        return Unreadable(Reason.TOO_LARGE, str(error))
    text = xml_safe(decoded.text).lstrip("\ufeff \t\r\n")
    if not text:
        return Unreadable(Reason.EMPTY, encoding=decoded.encoding)
    if len(text) > MAX_FEED or is_bomb(text):
        return Unreadable(Reason.TOO_LARGE, f"{len(text)} characters", decoded.encoding)
    if is_entity_bomb(text):
        return Unreadable(Reason.ENTITY_BOMB, encoding=decoded.encoding)
    if text[0] in "{[":
        return _read_json(text, decoded, url, publisher, now)
    return _read_markup(text, decoded, url, publisher, now)


def _read_markup(
    text: str, decoded: Decoded, url: str, publisher: Publisher, now: datetime
) -> FeedDocument | Unreadable:
    root = _ROOT.search(text, 0, _HEAD)
    if root is None:
        return _no_feed(text, decoded)
    text = text[_start(text, root) :]
    name = root[1].lower()
    if name in _KINDS:
        return _read_xml(text, _KINDS[name], decoded, url, publisher, now)
    return _read_sitemap(text, decoded, url, publisher, now)


def _start(text: str, root: re.Match[str]) -> int:
    """Where the XML begins, behind its declaration and what a server may have put before it (warnings, blanks)."""
    prologs = list(_PROLOG.finditer(text, 0, root.start()))
    return prologs[-1].end() if prologs else (root.start() if _HTML.search(text, 0, root.start()) else 0)


def _no_feed(text: str, decoded: Decoded) -> Unreadable:
    if _OPML.search(text, 0, _HEAD):
        return Unreadable(Reason.NOT_A_FEED, "OPML, a list of feeds", decoded.encoding)
    if _HTML.search(text, 0, _HEAD) is None and not text.startswith("<"):
        return Unreadable(Reason.NOT_A_FEED, one_line(text, MAX_NAME), decoded.encoding)
    reason = obstacle(text) or (Reason.HTML if _HTML.search(text, 0, _HEAD) else Reason.NOT_A_FEED)
    title = re.search(r"<title[^<>]*>([^<]*)", text[:_HEAD], re.IGNORECASE)
    return Unreadable(reason, plain(title[1], MAX_NAME) if title else None, decoded.encoding)


def _read_json(text: str, decoded: Decoded, url: str, publisher: Publisher, now: datetime) -> FeedDocument | Unreadable:
    parsed = parse_json_feed(text)
    if parsed is None:
        return Unreadable(Reason.NOT_A_FEED, "json", decoded.encoding)
    feed, items = parsed
    entries, skipped = settle(items, base=url, publisher=publisher, now=now)
    link = text_of(feed, "home_page_url")
    return FeedDocument(
        kind="json",
        title=plain(text_of(feed, "title"), MAX_TITLE),
        link=canonical_url(link, url) if link else None,
        language=one_line(text_of(feed, "language"), MAX_NAME),
        encoding=decoded.encoding,
        entries=entries,
        skipped=skipped,
    )


def _read_sitemap(
    text: str, decoded: Decoded, url: str, publisher: Publisher, now: datetime
) -> FeedDocument | Unreadable:
    sitemap = parse_sitemap(text.encode(), url)
    if sitemap is None:
        return Unreadable(Reason.BROKEN, "sitemap", decoded.encoding)
    entries, skipped = settle(sitemap.items, base=url, publisher=publisher, now=now)
    return FeedDocument(
        kind="sitemap-index" if sitemap.is_index else "sitemap",
        title=one_line(sitemap.publisher_name, MAX_TITLE),
        link=None,
        language=one_line(sitemap.language, MAX_NAME),
        encoding=decoded.encoding,
        entries=entries,
        skipped=skipped,
        sitemaps=sitemap.sitemaps,
    )


def _read_xml(
    text: str, kind: Literal["rss", "atom", "rdf"], decoded: Decoded, url: str, publisher: Publisher, now: datetime
) -> FeedDocument | Unreadable:
    try:
        parsed = _parse(text, url)
    except Exception as error:  # noqa: BLE001 - feedparser names no errors of its own, and bytes from outside must not end a poll
        return Unreadable(Reason.BROKEN, type(error).__name__, decoded.encoding)
    items = [_listed(entry) for entry in parsed["entries"]]
    feed = parsed["feed"]
    if not items and not parsed["version"] and not feed:
        return Unreadable(Reason.BROKEN, "no feed inside", decoded.encoding)
    entries, skipped = settle(items, base=url, publisher=publisher, now=now)
    ttl, hours, days = polling_hints(text)
    link = _field(feed, "link")
    return FeedDocument(
        kind=kind,
        title=plain(_field(feed, "title"), MAX_TITLE),
        link=canonical_url(link, url) if link else None,
        language=one_line(_field(feed, "language"), MAX_NAME),
        encoding=decoded.encoding,
        entries=entries,
        skipped=skipped,
        ttl_seconds=ttl,
        skip_hours=hours,
        skip_days=days,
    )


def _parse(text: str, url: str) -> dict[str, Any]:
    """The text as feedparser reads it. It gets a file object: a bare string might be a path or an address to it."""
    text = mended(text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed: dict[str, Any] = feedparser.parse(
        io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return parsed


def _listed(entry: dict[str, Any]) -> Listed:
    links = [_field(entry, "feedburner_origlink"), _field(entry, "link"), *_alternates(entry), _guid_link(entry)]
    return Listed(
        links=tuple(link for link in links if link),
        guid=_field(entry, "id"),
        title=_field(entry, "title"),
        summary=_field(entry, "summary") or _content(entry),
        author=_field(entry, "author"),
        tags=tuple(tag["term"] for tag in dict.get(entry, "tags") or () if isinstance(tag.get("term"), str)),
        published=_field(entry, "published") or _field(entry, "created") or _field(entry, "updated"),
    )


def _field(record: dict[str, Any], key: str) -> str | None:
    """A text field, past feedparser's own getter, which answers for one date with another."""
    value = dict.get(record, key)
    return value.strip() or None if isinstance(value, str) else None


def _alternates(entry: dict[str, Any]) -> list[str]:
    links = dict.get(entry, "links") or ()
    return [link["href"] for link in links if link.get("rel") == "alternate" and isinstance(link.get("href"), str)]


def _guid_link(entry: dict[str, Any]) -> str | None:
    guid = _field(entry, "id")
    return guid if guid and guid.startswith(("http://", "https://")) else None


def _content(entry: dict[str, Any]) -> str | None:
    contents = dict.get(entry, "content") or ()
    return next((part["value"] for part in contents if isinstance(part.get("value"), str)), None)

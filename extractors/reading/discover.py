"""A site's home page -> the feeds it links to, the announced ones first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.reading.decode import TooLargeError, decode, inflate
from extractors.reading.listing import MAX_NAME
from extractors.reading.markup import Node, is_too_large, parse_html, text_of
from extractors.reading.text import plain
from extractors.reading.urls import canonical_url, host_of

_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "text/rss+xml": "rss",
}
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:rss|feeds?|atom|rdf)(?:\d|[./?]|$)|\.(?:rss|rdf|atom)(?:\?|$)|[?&](?:feed|format)=(?:rss|atom))",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"/comments?/feed|feed/comments|comments-rss", re.IGNORECASE)
_MOST = 200


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page links to: `announced` by <link rel="alternate">, else by a link that looks like one."""

    url: str
    title: str | None
    kind: str | None
    announced: bool


def discover_feeds(body: bytes, *, url: str, content_type: str | None) -> tuple[FeedLink, ...]:
    """The feeds that a page links to, each once, announced ones first; comment feeds and other sites' are left out."""
    try:
        text = decode(inflate(body), content_type).text
    except TooLargeError:
        return ()
    tree = None if is_too_large(text) else parse_html(text)
    if tree is None:
        return ()
    base = next((href for node in tree.iter("base") if (href := canonical_url(node.get("href") or "", url))), url)
    found: dict[str, FeedLink] = {}
    for link in (*_announced(tree, base), *_linked(tree, base)):
        if not _COMMENTS.search(link.url):
            found.setdefault(link.url, link)
    return tuple(found.values())[:_MOST]


def _announced(tree: Node, base: str) -> Iterator[FeedLink]:
    for node in tree.iter("link"):
        kind = _TYPES.get((node.get("type") or "").split(";")[0].strip().lower())
        address = canonical_url(node.get("href") or "", base)
        if kind and address and "alternate" in (node.get("rel") or "").lower().split():
            yield FeedLink(address, plain(node.get("title"), MAX_NAME), kind, announced=True)


def _linked(tree: Node, base: str) -> Iterator[FeedLink]:
    site = ".".join(host_of(base).split(".")[-2:])
    for node in tree.iter("a"):
        href = node.get("href") or ""
        address = canonical_url(href, base) if _LOOKS_LIKE_FEED.search(href) else None
        if address and host_of(address).endswith(site):
            yield FeedLink(address, text_of(node, MAX_NAME), None, announced=False)

"""Sitemaps, news sitemaps and sitemap indexes -> listed items and further sitemaps."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.reading.listing import MAX_ENTRIES, Listed
from extractors.reading.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages of a urlset, or the addresses of further sitemaps of an index."""

    is_index: bool
    items: tuple[Listed, ...]
    sitemaps: tuple[str, ...]
    publisher_name: str | None = None
    language: str | None = None


def parse_sitemap(markup: bytes, base: str) -> Sitemap | None:
    """UTF-8 XML without declaration -> Sitemap; None where the parser finds no sitemap in it.

    Entities are not expanded and nothing outside the bytes is loaded.
    """
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    name = _name(root) if root is not None else ""
    if name == "sitemapindex":
        found = dict.fromkeys(
            url for node in _children(root, "sitemap") if (url := canonical_url(_text(node, "loc") or "", base))
        )
        return Sitemap(is_index=True, items=(), sitemaps=tuple(found)[:MAX_ENTRIES])
    if name != "urlset":
        return None
    items = tuple(_listed(node) for node in _children(root, "url"))
    news = next((node for node in root.iter("{*}publication")), None)
    return Sitemap(
        is_index=False,
        items=items,
        sitemaps=(),
        publisher_name=_text(news, "name") if news is not None else None,
        language=_text(news, "language") if news is not None else None,
    )


def _listed(node: etree._Element) -> Listed:
    news = next(iter(_children(node, "news")), None)
    location = _text(node, "loc")
    if news is None:
        return Listed(links=(location,) if location else ())
    keywords = _text(news, "keywords") or ""
    return Listed(
        links=(location,) if location else (),
        title=_text(news, "title"),
        tags=tuple(word.strip() for word in keywords.replace("\u060c", ",").split(",")),
        published=_text(news, "publication_date"),
    )


def _name(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that local name: sitemaps are written with and without their namespaces."""
    return (child for child in node if _name(child) == name)


def _text(node: etree._Element, name: str) -> str | None:
    child = next(_children(node, name), None)
    return "".join(child.itertext()).strip() or None if child is not None else None

"""OPML lists of feeds: bytes -> Sources and back. Hostile lists are refused, never expanded."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from lxml import etree

from flows.catalogue.sources import CatalogueError, Source
from flows.catalogue.zones import zone_of


def parse_opml(body: bytes) -> tuple[Source, ...]:
    """The feeds of an OPML list, in order, each address once.

    A country is read from `category` (or `country`) where it is an ISO code, the zone from `timezone`, else from
    the country.

    Raises:
        CatalogueError: not XML, not OPML, or no feed in it.
    """
    # No entity is expanded, nothing is loaded, and lxml's own limits on depth and size stay on.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise CatalogueError(f"not an OPML list: {error.msg}") from None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise CatalogueError("not an OPML list: its root is not <opml>")
    sources = {source.url: source for source in _sources(root)}
    if not sources:
        raise CatalogueError("the OPML list names no feed")
    return tuple(sources.values())


def write_opml(sources: Iterable[Source]) -> bytes:
    """An OPML 2.0 list of the feeds, which `parse_opml` reads back."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Rasid"
    body = etree.SubElement(root, "body")
    for source in sources:
        attributes = {
            "type": "rss",
            "text": source.title or source.url,
            "title": source.publisher,
            "description": source.section,
            "xmlUrl": source.url,
            "category": source.country,
            "timezone": source.timezone,
        }
        etree.SubElement(body, "outline", {name: value for name, value in attributes.items() if value})
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _sources(root: etree._Element) -> Iterator[Source]:
    for outline in root.iter("{*}outline"):
        values = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        url = values.get("xmlurl", "")
        if urlsplit(url).scheme in {"http", "https"}:
            country = _country(values)
            yield Source(
                url=url,
                publisher=values.get("title") or values.get("text") or None,
                section=values.get("description") or None,
                country=country,
                timezone=_timezone(values, country),
            )


def _country(values: dict[str, str]) -> str | None:
    given = values.get("country") or values.get("category") or ""
    return given if re.fullmatch("[A-Z]{2}", given) else None


def _timezone(values: dict[str, str], country: str | None) -> str | None:
    given = values.get("timezone")
    return given if given in available_timezones() else zone_of(country)

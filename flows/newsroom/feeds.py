"""The newsroom's feeds and its OPML list: outlets to bytes, in each format that feeds come in."""

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flows.newsroom.stories import FeedDates, Outlet, Story, written

CONTENT_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "rdf": "application/rdf+xml"}

_DATES: dict[FeedDates, Callable[[datetime], str]] = {
    "rfc822": format_datetime,
    "rfc3339": datetime.isoformat,
    "arabic": written,
}


def feed(outlet: Outlet, base: str) -> bytes:
    """The outlet's feed, in its format and encoding; `base` is the newsroom's root without a slash at its end."""
    build = {"rss": _rss, "atom": _atom, "rdf": _rdf}[outlet.format]
    return _document(build(outlet, base), outlet.encoding)


def opml(outlets: tuple[Outlet, ...], base: str) -> bytes:
    """The list of all feeds; `category` bears the publisher's country, `timezone` its IANA zone."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "newsroom"
    body = SubElement(root, "body")
    for outlet in outlets:
        attributes = {"text": outlet.name, "title": outlet.name, "xmlUrl": base + outlet.feed, "htmlUrl": f"{base}/"}
        SubElement(body, "outline", attributes, type="rss", category=outlet.country, timezone=outlet.timezone)
    return _document(root, "utf-8")


def _document(root: Element, encoding: str) -> bytes:
    document: bytes = tostring(root, encoding=encoding, xml_declaration=True)
    return document


def _rss(outlet: Outlet, base: str) -> Element:
    root = Element("rss", version="2.0")
    channel = _texts(SubElement(root, "channel"), title=outlet.name, link=f"{base}/", language="ar", ttl="10")
    for story in outlet.stories:
        item = _texts(SubElement(channel, "item"), title=story.title, link=base + story.path)
        SubElement(
            item, "guid", isPermaLink="false"
        ).text = f"{outlet.id}:{story.path.rsplit('/', 1)[-1] or story.path}"
        _texts(item, category=story.section, description=_summary(story))
        if outlet.dates != "none":
            _texts(item, pubDate=_DATES[outlet.dates](story.published))
    return root


def _atom(outlet: Outlet, base: str) -> Element:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "ar"})
    _texts(root, title=outlet.name, id=base + outlet.feed, updated=outlet.stories[0].published.isoformat())
    for story in outlet.stories:
        moment = story.published.isoformat()
        entry = _texts(SubElement(root, "entry"), title=story.title, id=f"tag:{outlet.id},{story.path}")
        SubElement(entry, "link", rel="alternate", href=base + story.path)
        SubElement(entry, "category", term=story.section)
        _texts(entry, published=moment, updated=moment, summary=_summary(story))
    return root


def _rdf(outlet: Outlet, base: str) -> Element:
    spaces = {
        "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns": "http://purl.org/rss/1.0/",
    }
    root = Element("rdf:RDF", spaces)
    channel = SubElement(root, "channel", {"rdf:about": base + outlet.feed})
    listed = SubElement(SubElement(_texts(channel, title=outlet.name, link=f"{base}/"), "items"), "rdf:Seq")
    for story in outlet.stories:
        url = base + story.path
        SubElement(listed, "rdf:li", {"rdf:resource": url})
        item = _texts(SubElement(root, "item", {"rdf:about": url}), title=story.title, link=url)
        SubElement(item, "dc:date").text = story.published.isoformat()
        _texts(item, description=_summary(story))
    return root


def _summary(story: Story) -> str:
    return story.paragraphs[0][:180]


def _texts(parent: Element, **texts: str) -> Element:
    for tag, text in texts.items():
        SubElement(parent, tag).text = text
    return parent

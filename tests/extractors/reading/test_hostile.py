"""Hostile bytes: nothing raises, nothing hangs, nothing is lost without account."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.reading.discover import discover_feeds
from extractors.reading.feed import read_feed
from extractors.reading.page import read_page
from extractors.records import Article, FeedDocument, Publisher, Unreadable

NOW = datetime(2026, 9, 30, tzinfo=UTC)
WHO = Publisher("x", "EG")
PARAGRAPH = "<p>قال مصدر في الشرطة إن رجلا أصيب في حادث وقع صباح اليوم قرب السوق القديم في المدينة.</p>"
ENTITIES = "".join("<!ENTITY {} '{}'>".format(chr(98 + i), f"&{chr(97 + i)};" * 10) for i in range(9))
BOMB = "<!DOCTYPE l [<!ENTITY a '" + "ha" * 50 + f"'>{ENTITIES}]>"


def feed(body: bytes) -> FeedDocument | Unreadable:
    """The bytes as a feed."""
    return read_feed(body, url="https://x.example/f", content_type=None, publisher=WHO, now=NOW)


def page(body: bytes) -> Article | Unreadable:
    """The bytes as a page."""
    return read_page(body, url="https://x.example/a", content_type=None, publisher=WHO, entry=None, now=NOW)


def rss(inside: str, before: str = "") -> bytes:
    """An RSS feed around that."""
    return f"{before}<rss version='2.0'><channel>{inside}</channel></rss>".encode()


FEEDS = {
    "entity bomb": rss("<item><title>&j;</title><link>https://x.example/1</link></item>", BOMB),
    "external entity": rss("<item><title>&x;</title></item>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "sitemap bomb": f"{BOMB}<urlset><url><loc>https://x.example/&j;</loc></url></urlset>".encode(),
    "deep markup": rss(f"<item><description>{'<div>' * 20_000}</description></item>"),
    "deep items": rss("<item>" * 5_000),
    "giant title": rss(f"<item><title>{'خ' * 2_000_000}</title><link>https://x.example/1</link></item>"),
    "giant link": rss(f"<item><link>https://x.example/{'a' * 1_000_000}</link></item>"),
    "many attributes": ("<rss " + " ".join(f"a{i}='x'" for i in range(50_000)) + "><channel/></rss>").encode(),
    "open tags": b"<rss>" + b"<a " * 200_000,
    "open cdata": b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000,
    "open comments": b"<rss><channel>" + b"<!--" * 200_000,
    "ampersands": rss("<item><title>" + "&" * 400_000 + "</title></item>"),
    "bad utf-8": b"<rss><channel>" + ("خبر ".encode() + b"\xff") * 200_000,
    "high bytes": b"<rss>" + bytes(range(128, 256)) * 5_000,
    "gzip bomb": gzip.compress(b"\0" * 100_000_000, 1),
    "blank date": rss("<item><pubDate>" + " " * 1_000_000 + "</pubDate></item>"),
}
PAGES = {
    "deep": b"<html><body>" + b"<div>" * 50_000 + PARAGRAPH.encode() * 20,
    "tables": ("<html><body>" + "<table><tr><td>خلية</td></tr></table>" * 3_000).encode(),
    "empty elements": b"<html><body>" + b"<p></p>" * 300_000,
    "breaks": ("<html><body><h1>عنوان</h1><div>" + "نص<br>" * 20_000).encode(),
    "long title": f"<html><head><title>{'عنوان - ' * 100_000}</title></head><body>{PARAGRAPH * 10}".encode(),
    "broken json": (
        "<html><head><script type='application/ld+json'>"
        + '{"a":' * 100_000
        + f"</script></head><body>{PARAGRAPH * 10}"
    ).encode(),
    "open comments": b"<html><body>" + b"<!--" * 200_000,
    "attributes": b"<html><body " + b"a=1 " * 200_000 + b">",
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_costs_little(name: str) -> None:
    """Bombs, depth, giants and garbage end in a record within seconds, with each listed entry accounted for."""
    started = time.perf_counter()

    result = feed(FEEDS[name])

    assert time.perf_counter() - started < 15
    if isinstance(result, FeedDocument):
        assert all(len(entry.title or "") <= 1000 and "root:" not in (entry.title or "") for entry in result.entries)


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_costs_little(name: str) -> None:
    """Depth, tables, breaks and broken scripts end in a record within seconds."""
    started = time.perf_counter()

    result = page(PAGES[name])

    assert isinstance(result, Article | Unreadable)
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize(
    "declared",
    [
        BOMB,
        "<!DOCTYPE l [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>",
        f"<!DOCTYPE l [<!ENTITY a '{'ha' * 30_000}'>]><!-- {'&a;' * 1_000} -->",
        f"<!DOCTYPE l [<!ENTITY % a '{'ha' * 60_000}'><!ENTITY b '{'%a;' * 10}'>]>",
    ],
)
def test_an_entity_bomb_is_called_one(declared: str) -> None:
    """Entities that grow into megabytes, or into themselves, end the reading under their own name."""
    found = feed(rss("<item><title>&a;</title><link>https://x.example/1</link></item>", declared))

    assert isinstance(found, Unreadable)
    assert found.reason == "entity bomb"


def test_honest_entities_are_no_bomb() -> None:
    """A feed that declares signs for itself is read."""
    declared = "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'><!ENTITY site 'https://x.example'>]>"
    found = feed(rss("<item><title>خبر&nbsp;أول</title><link>https://x.example/1</link></item>" * 3, declared))

    assert isinstance(found, FeedDocument)
    assert found.entries[0].title == "خبر أول"


def test_no_unprintable_character_comes_through() -> None:
    """NUL, lone surrogates, bidi overrides and controls never reach a record."""
    marks = "\0\x07\u202e\u2066\ufeff"
    body = rss(f"<item><title>خبر{marks} مهم&#xD800;&#0;</title><link>https://x.example/1{marks}</link></item>")
    html = (
        f"<html><head><title>عنوان{marks}</title></head><body><article>{PARAGRAPH.replace('رجلا', 'رجلا' + marks) * 5}"
    )

    result, article = feed(body), page(html.encode())

    assert isinstance(result, FeedDocument)
    assert (result.entries[0].title, result.entries[0].url) == ("خبر مهم\ufffd\ufffd", "https://x.example/1")
    assert isinstance(article, Article)
    assert article.body.replace("\n", "").isprintable()
    article.body.encode()


PIECES = [
    b"<rss version='2.0'>", b"<channel>", b"</channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<link>https://x.example/1</link>",
    b"<link>", b"<guid>1</guid>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</entry>", b"<link href='/a'/>", b"<urlset>", b"<url>",
    b"<loc>https://x.example/2</loc>", b"<rdf:RDF>", b"<?xml version='1.0' encoding='windows-1256'?>", b"<!DOCTYPE html>", b"<html>", b"<body>",
    b"<p>", b"</p>", b"<td>", b"<table>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&#0;", b"&#xD800;", b"&nbsp;", b"&x;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    "مقتل شخصين في حادث سير قرب المدينة الساحلية صباح اليوم".encode(), "مطر على الساحل".encode("cp1256"), b"<pubDate>24 Sep 2026 10:00 GMT</pubDate>",
    b'{"version":"https://jsonfeed.org/version/1","items":[', b'{"url":"https://x.example/3"},', b"1]}", b"<script type='application/ld+json'>",
    b'{"@type":"NewsArticle","headline":["x",{"a":[]}],"datePublished":7}', b"</script>", b"<time datetime='2026-09-24'>", b"<h1>", b"<base href='//['>",
]  # fmt: skip
BYTES = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=40).map(b"".join),
)
HEADERS = st.sampled_from(
    [None, "text/xml", "text/html; charset=windows-1256", "application/json", "x" * 50, "text/html; charset=\udcff"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES, HEADERS)
def test_no_exception_escapes(body: bytes, header: str | None) -> None:
    """Any bytes give a record; a feed's entries and skipped ones are all that it lists, each with its own address."""
    listed = read_feed(body, url="https://x.example/f", content_type=header, publisher=WHO, now=NOW)
    article = read_page(body, url="https://x.example/a", content_type=header, publisher=WHO, entry=None, now=NOW)
    discover_feeds(body, url="https://x.example/", content_type=header)

    assert isinstance(article, Article | Unreadable)
    if isinstance(listed, FeedDocument):
        assert len({entry.url for entry in listed.entries}) == len(listed.entries)
        assert len({skip.position for skip in listed.skipped}) == len(listed.skipped)
        assert all((entry.title or "").isprintable() for entry in listed.entries)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["https://x.example/1", "/2", "", "file:///x", "//y.example/3"]), max_size=12))
def test_listed_is_entries_and_skipped(links: list[str]) -> None:
    """A feed of n items gives n entries and skipped ones together."""
    result = feed(rss("".join(f"<item><title>خبر</title><link>{link}</link></item>" for link in links)))

    assert isinstance(result, FeedDocument)
    assert len(result.entries) + len(result.skipped) == len(links)

"""Feeds: all kinds are read, each listed entry is kept or skipped for a reason, and each failure has its name."""

from datetime import UTC, datetime

import pytest

from extractors.reading.feed import read_feed
from extractors.records import FeedDocument, Publisher, Unreadable

NOW = datetime(2026, 9, 30, tzinfo=UTC)
CAIRO = Publisher("جريدة الساحل", "EG", "Africa/Cairo")


def read(body: str | bytes, content_type: str | None = None) -> FeedDocument | Unreadable:
    """The feed at one address, read for one publisher."""
    data = body.encode() if isinstance(body, str) else body
    return read_feed(data, url="https://news.example/feed/rss.xml", content_type=content_type, publisher=CAIRO, now=NOW)


def rss(items: str, head: str = "") -> FeedDocument:
    """An RSS feed of those items."""
    feed = read(f'<?xml version="1.0"?><rss version="2.0"><channel><title>الساحل</title>{head}{items}</channel></rss>')
    assert isinstance(feed, FeedDocument)
    return feed


def item(number: int, extra: str = "") -> str:
    """A plain item with its own address."""
    return f"<item><title>خبر {number}</title><link>https://news.example/{number}</link>{extra}</item>"


def test_an_entry_with_everything() -> None:
    """Guid, link, title, summary, author, tags and date come out as plain text."""
    feed = rss(
        "<item><title><![CDATA[مطر &amp; <b>رعد</b>]]></title><link>/a/1?utm_source=rss</link><guid isPermaLink='false'>n-1</guid>"
        "<author>سلمى</author><category>طقس</category><category>محليات</category><pubDate>الخميس، 24 سبتمبر 2026 01:00 م</pubDate>"
        "<description>&lt;p&gt;مطر غزير &amp;amp; رعد [&amp;#8230;]&lt;/p&gt; &lt;p&gt;The post مطر appeared first on الساحل.&lt;/p&gt;</description></item>"
    )

    entry = feed.entries[0]
    assert (entry.guid, entry.url, entry.title) == ("n-1", "https://news.example/a/1", "مطر & رعد")
    assert (entry.author, entry.tags, entry.summary) == ("سلمى", ("طقس", "محليات"), "مطر غزير & رعد\u2026")
    assert entry.published_at == datetime(2026, 9, 24, 10, tzinfo=UTC)
    assert entry.published_text == "الخميس، 24 سبتمبر 2026 01:00 م"


def test_each_listed_entry_is_accounted_for() -> None:
    """What cannot be used is skipped under its own reason, in its place."""
    feed = rss(
        item(1)
        + "<item><title>بلا رابط</title></item>"
        + "<item><title>ملف</title><link>file:///etc/passwd</link></item>"
        + "<item><title>نص</title><link>javascript:alert(1)</link></item>"
        + item(1)
        + item(2)
    )

    assert [entry.url for entry in feed.entries] == ["https://news.example/1", "https://news.example/2"]
    assert [(skip.position, skip.reason) for skip in feed.skipped] == [
        (1, "no link"),
        (2, "bad link"),
        (3, "bad link"),
        (4, "duplicate"),
    ]


def test_a_permalink_guid_stands_in_for_a_link() -> None:
    """An item without link is found at its guid, if that is an address."""
    feed = rss("<item><title>خبر</title><guid>https://news.example/7</guid></item>")

    assert feed.entries[0].url == "https://news.example/7"


def test_a_reused_guid_identifies_nothing() -> None:
    """A guid that several addresses share is dropped; others stay."""
    feed = rss(
        item(1, "<guid isPermaLink='false'>0</guid>")
        + item(2, "<guid isPermaLink='false'>0</guid>")
        + item(3, "<guid isPermaLink='false'>3</guid>")
    )

    assert [entry.guid for entry in feed.entries] == [None, None, "3"]


def test_one_second_for_all_is_no_date() -> None:
    """Five entries of the same second bear the time of the feed's making."""
    now = "<pubDate>Thu, 24 Sep 2026 10:11:12 GMT</pubDate>"

    assert {entry.published_at for entry in rss("".join(item(n, now) for n in range(6))).entries} == {None}
    assert None not in {entry.published_at for entry in rss("".join(item(n, now) for n in range(3))).entries}


def test_atom_and_rdf_dates() -> None:
    """Atom's published beats its updated; RSS 1.0 is dated by dc:date."""
    atom = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><entry><title>خبر</title><id>1</id><link rel='alternate' href='a'/>"
        "<updated>2026-09-25T10:00:00Z</updated><published>2026-09-24T10:00:00Z</published></entry></feed>"
    )
    rdf = read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns='http://purl.org/rss/1.0/'>"
        "<item rdf:about='x'><title>خبر</title><link>https://news.example/1</link><dc:date>2026-09-24T10:00:00Z</dc:date></item></rdf:RDF>"
    )

    for feed, kind in ((atom, "atom"), (rdf, "rdf")):
        assert isinstance(feed, FeedDocument)
        assert feed.kind == kind
        assert feed.entries[0].published_at == datetime(2026, 9, 24, 10, tzinfo=UTC)
    assert isinstance(atom, FeedDocument)
    assert atom.entries[0].url == "https://news.example/feed/a"


def test_polling_hints() -> None:
    """The longer of ttl and sy:update is the interval; hours and days to skip are kept."""
    feed = rss(
        item(1),
        "<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>"
        "<skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Friday</day><day>nonsense</day></skipDays>",
    )

    assert (feed.ttl_seconds, feed.skip_hours, feed.skip_days) == (7200, {0, 1}, {"Friday"})


@pytest.mark.parametrize(
    "before", ["\n\n  ", "\ufeff", "<br />\n<b>Warning</b>: something on line 3<br />\n", "<!-- made by x -->"]
)
def test_junk_before_the_feed(before: str) -> None:
    """Blanks, marks, warnings and comments before the XML do not hide it."""
    feed = read(
        f'{before}<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel>{item(1)}</channel></rss>'
    )

    assert isinstance(feed, FeedDocument)
    assert [entry.title for entry in feed.entries] == ["خبر 1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        (
            "<!doctype html><html><head><title>الساحل</title></head><body><p>أخبار</p></body></html>",
            "html instead of a feed",
        ),
        ("<html><head><title>Just a moment...</title></head><body></body></html>", "challenge"),
        ("<html><head><title>تسجيل الدخول</title></head><body><form></form></body></html>", "login"),
        ("<opml version='2.0'><head><title>مصادر</title></head><body></body></opml>", "not a feed"),
        ("Service temporarily unavailable", "not a feed"),
        ('{"error": "gone"}', "not a feed"),
        ("[" * 5000, "not a feed"),
        (b"\xd0\xcf\x11\xe0" * 50, "not a feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str | bytes, reason: str) -> None:
    """Pages, challenges, logins and noise end in a named reason."""
    result = read(body)

    assert isinstance(result, Unreadable)
    assert result.reason == reason


def test_a_truncated_feed_keeps_what_came() -> None:
    """A feed that was cut off still gives the items before the cut."""
    body = f"<rss version='2.0'><channel>{''.join(map(item, range(20)))}".encode()

    feed = read(body[: len(body) - 40])

    assert isinstance(feed, FeedDocument)
    assert len(feed.entries) >= 19


def test_news_sitemap() -> None:
    """A news sitemap gives titles, dates and tags; one without news tags gives addresses; namespaces do not matter."""
    feed = read(
        "<urlset><url><loc>https://news.example/1</loc><n:news xmlns:n='x'><n:publication><n:name>الساحل</n:name><n:language>ar</n:language></n:publication>"
        "<n:title>خبر 1</n:title><n:publication_date>2026-09-24T13:00+03:00</n:publication_date><n:keywords>مطر، رعد</n:keywords></n:news></url>"
        "<url><loc>https://news.example/2</loc></url><url><lastmod>2026-09-24</lastmod></url></urlset>"
    )

    assert isinstance(feed, FeedDocument)
    assert (feed.kind, feed.title, feed.language) == ("sitemap", "الساحل", "ar")
    assert feed.entries[0].published_at == datetime(2026, 9, 24, 10, tzinfo=UTC)
    assert feed.entries[0].tags == ("مطر", "رعد")
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://news.example/1", "خبر 1"),
        ("https://news.example/2", None),
    ]
    assert [skip.reason for skip in feed.skipped] == ["no link"]


def test_sitemap_index() -> None:
    """An index lists further sitemaps and no entries."""
    feed = read(
        "<sitemapindex><sitemap><loc>/news.xml</loc></sitemap><sitemap><loc>file:///x</loc></sitemap></sitemapindex>"
    )

    assert isinstance(feed, FeedDocument)
    assert (feed.kind, feed.entries, feed.sitemaps) == ("sitemap-index", (), ("https://news.example/news.xml",))

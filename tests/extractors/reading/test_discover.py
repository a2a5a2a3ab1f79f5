"""Discovery: a home page's feeds, the announced ones first."""

from extractors.reading.discover import discover_feeds


def test_announced_and_linked_feeds() -> None:
    """Links of the head and of the page are found once each; comment feeds and other sites' are left out."""
    page = """<html><head><base href="https://news.example/ar/">
      <link rel="alternate" type="application/rss+xml" title="الأخبار" href="/rss.xml?utm_source=x">
      <link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <link rel="alternate" hreflang="en" href="/en"><link rel="stylesheet" type="text/css" href="/rss.css">
      </head><body><a href="/rss.xml">خلاصات</a><a href="/rss/sport">رياضة</a><a href="https://other.example/rss">غيرنا</a>
      <a href="/news/rss-explained-1">مقال</a><a href="javascript:rss()">x</a></body></html>"""

    found = discover_feeds(page.encode("cp1256"), url="https://www.news.example/", content_type=None)

    assert [(link.url, link.title, link.kind, link.announced) for link in found] == [
        ("https://news.example/rss.xml", "الأخبار", "rss", True),
        ("https://news.example/ar/atom", None, "atom", True),
        ("https://news.example/rss/sport", "رياضة", None, False),
    ]


def test_no_page_no_feeds() -> None:
    """Bytes that are no page link to nothing."""
    assert discover_feeds(b"", url="https://news.example/", content_type=None) == ()
    assert discover_feeds(b"\x00\xff" * 100, url="https://news.example/", content_type=None) == ()

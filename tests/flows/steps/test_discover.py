"""From what a person types to a source: the feed itself, the site's feeds, its news sitemaps."""

import asyncio
from datetime import timedelta

from flows.steps.discover import Discovery, find_sources
from tests.flows.steps.factories import NOW, FakeWeb, response, rss

HOME = "https://alwaha.example/"
DAY = timedelta(days=1)


def page(*links: str) -> bytes:
    return f"<html><head><title>الواحة</title>{''.join(links)}</head><body><p>مرحبا</p></body></html>".encode()


def announced(path: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" href="{path}">'


def sitemap(count: int, host: str = HOME) -> bytes:
    urls = "".join(
        f"<url><loc>{host}n/{n}</loc><news:news><news:publication_date>2026-03-01T10:00:00Z</news:publication_date>"
        f"<news:title>خبر {n}</news:title></news:news></url>"
        for n in range(count)
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'.encode()


def index(*parts: str) -> bytes:
    found = "".join(f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{found}</sitemapindex>'.encode()


def find(**bodies: bytes) -> Discovery:
    """What is found behind the home page of a site with these files."""
    web = FakeWeb()
    for path, body in bodies.items():
        url = HOME + path.replace("_", ".").removeprefix("home")
        web.answers[url] = response(body, url=url, final_url=url, headers={})
    return asyncio.run(find_sources(web, HOME, now=NOW))  # type: ignore[arg-type]


def test_a_feed_is_itself() -> None:
    """An address that is a feed needs no search."""
    (found,) = find(home=rss(1, 2)).sources
    assert (found.url, found.kind, found.entries) == (HOME, "rss", 2)


def test_the_sites_feeds_in_its_own_order() -> None:
    """Feeds that live come first, as the page orders them; what does not is told with its reason."""
    old = rss(1).replace(b"2026", b"2025")
    home = page(announced("/old.xml"), announced("/main.xml"), announced("/gone.xml"), announced("/sport.xml"))
    found = find(home=home, old_xml=old, main_xml=rss(1, 2, 3), sport_xml=rss(*range(9)))
    assert [one.url.removeprefix(HOME) for one in found.sources] == ["main.xml", "sport.xml", "old.xml"]
    assert (f"{HOME}gone.xml", "http-404") in found.refused


def test_news_sitemaps_where_there_are_no_feeds() -> None:
    """robots.txt names sitemaps: one for news is a source, an archive of thousands is not."""
    robots = f"User-agent: *\nSitemap: {HOME}all.xml\nSitemap: /news.xml\n".encode()
    found = find(home=page(), robots_txt=robots, all_xml=sitemap(1001), news_xml=sitemap(30))
    assert [(one.url, one.kind, one.entries) for one in found.sources] == [(f"{HOME}news.xml", "sitemap", 30)]
    assert (f"{HOME}all.xml", "sitemap of 1001 entries") in found.refused


def test_an_index_is_judged_by_its_newest_part() -> None:
    """A sitemap index is a source where its newest part is of news."""
    robots = f"Sitemap: {HOME}index.xml".encode()
    found = find(home=page(), robots_txt=robots, index_xml=index(f"{HOME}news.xml"), news_xml=sitemap(30))
    assert [(one.url, one.kind, one.entries) for one in found.sources] == [(f"{HOME}index.xml", "sitemap-index", 30)]


def test_usual_places_are_tried_last() -> None:
    """A feed that no page links to is found where feeds usually lie."""
    assert [one.url for one in find(home=page(), rss_xml=rss(1)).sources] == [f"{HOME}rss.xml"]


def test_nothing_is_found_and_said() -> None:
    """A page that leads to no feed gives none, and every address that was tried with its reason."""
    found = find(home=page())
    assert (found.sources, found.failure) == ((), None)
    assert dict(found.refused)[f"{HOME}rss"] == "http-404"


def test_an_address_that_does_not_answer() -> None:
    """A failure is told as what it is."""
    found = find()
    assert found.failure is not None
    assert found.failure.reason == "http-404"

"""The sample newsroom answers as news sites do, and its articles are what the demo promises."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
import trafilatura

from flows.newsroom import Newsroom, Outlet, load_outlets, newsroom
from flows.newsroom.stories import written

NOW = datetime(2026, 3, 17, 6, 30, tzinfo=UTC)  # a Tuesday


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with newsroom(NOW) as opened:
        yield opened


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", quote(parts.path), headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), body


def outlet_of(room: Newsroom, name: str) -> Outlet:
    return next(outlet for outlet in room.outlets if outlet.id == name)


def test_sample_is_large_and_a_third_tells_nothing() -> None:
    """At least 24 articles of many kinds and countries, about a third of them without an incident."""
    stories = [story for outlet in load_outlets(NOW) for story in outlet.stories]
    told = [tuple(line.rsplit(" ", 1)) for story in stories for line in story.tells]
    empty = sum(not story.tells for story in stories)

    assert len(stories) >= 26
    assert 0.3 <= empty / len(stories) <= 0.4
    assert len({country for _, country in told}) >= 12
    assert len({kind for kind, _ in told}) >= 18


def test_every_article_has_the_length_of_news() -> None:
    """Bodies of 50 to 250 words in several paragraphs, with no placeholder left."""
    for outlet in load_outlets(NOW):
        for story in outlet.stories:
            assert 50 <= len(" ".join(story.paragraphs).split()) <= 250, story.path
            assert len(story.paragraphs) >= 2, story.path
            assert "{" not in "".join(story.paragraphs), story.path


def test_weekdays_follow_publication() -> None:
    """A weekday in the text is that of the day spoken of, in the outlet's own zone."""
    outlet = next(outlet for outlet in load_outlets(NOW) if outlet.id == "ufuq")
    quake = next(story for story in outlet.stories if story.tells == ("Earthquake ID",))

    assert quake.published == NOW - timedelta(hours=5)
    assert "فجر اليوم الثلاثاء" in quake.paragraphs[0]


def test_every_listed_feed_lists_every_article(room: Newsroom) -> None:
    """The OPML names each feed, and each feed parses and lists all of its outlet's articles."""
    listed = [outline.get("xmlUrl") for outline in fromstring(get(room.opml_url)[2]).iter("outline")]
    assert listed == list(room.feeds)

    for outlet, url in zip(room.outlets, room.feeds, strict=True):
        status, headers, body = get(url)
        parsed = feedparser.parse(body, response_headers={"content-type": headers["Content-Type"]})
        assert status == 200
        assert [entry.title for entry in parsed.entries] == [story.title for story in outlet.stories]
        assert [entry.link for entry in parsed.entries] == [room.base + story.path for story in outlet.stories]


def test_formats_differ(room: Newsroom) -> None:
    """RSS 2.0, Atom and RSS 1.0, windows-1256, Arabic dates and no dates are all there."""
    versions = {outlet.id: feedparser.parse(get(url)[2]) for outlet, url in zip(room.outlets, room.feeds, strict=True)}

    assert {parsed.version for parsed in versions.values()} == {"rss20", "atom10", "rss10"}
    assert "windows-1256" in {outlet.encoding for outlet in room.outlets}
    assert versions["sada"].entries[0].published == written(outlet_of(room, "sada").stories[0].published)
    assert re.search(r"[صم]$", versions["sada"].entries[0].published)
    assert "published" not in versions["dijla"].entries[0]


def test_pages_hold_the_article_among_menus(room: Newsroom) -> None:
    """Every page is fetched by its listed address, and an extractor finds the body without the menus."""
    for outlet in room.outlets:
        for story in outlet.stories:
            status, _, body = get(room.base + story.path)
            found = trafilatura.extract(body.decode(outlet.encoding), include_comments=False) or ""
            assert status == 200
            assert all(paragraph in found for paragraph in story.paragraphs), story.path
            assert "اتصل بنا" not in found


def test_conditional_requests_are_answered_304(room: Newsroom) -> None:
    """A known ETag or date gets 304 without a body, a stale one the whole."""
    url = room.feeds[0]
    _, headers, body = get(url)

    assert get(url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[::2] == (304, b"")
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert get(url, If_Modified_Since="nonsense")[::2] == (200, body)
    assert room.unchanged[urlsplit(url).path] == 2


def test_unknown_paths_and_robots(room: Newsroom) -> None:
    """An address that no feed lists is 404, and robots.txt allows what feeds list."""
    assert get(f"{room.base}/ufuq/nothing")[0] == 404
    assert b"Disallow: /section/" in get(f"{room.base}/robots.txt")[2]


def test_gzip_where_accepted(room: Newsroom) -> None:
    """Bodies are compressed for clients that accept it."""
    assert get(room.feeds[0], Accept_Encoding="gzip")[1]["Content-Encoding"] == "gzip"

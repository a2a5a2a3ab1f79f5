"""The bench measures what it says: its articles are readable pages, and its papers answer as papers do."""

import httpx
import pytest
from rich.console import Console

from extractors.reading.page import read_page
from extractors.records import Article, Publisher
from tests.bench.articles import WORDS, articles
from tests.bench.bench import NOW, folder
from tests.bench.figure import Figure, show
from tests.bench.papers import ENTRIES, export, served


def test_articles_are_of_newspaper_length_and_different() -> None:
    """Made articles have the mean length that is aimed at, and none is another's copy."""
    made = articles(400, NOW)

    assert 0.8 * WORDS < sum(one.words for one in made) / len(made) < 1.2 * WORDS
    assert len({one.paragraphs for one in made}) == len(made)


@pytest.mark.parametrize("layout", range(3))
def test_pages_hold_their_article(layout: int) -> None:
    """The reader finds an article whole in a page of each layout, without what stands around it."""
    told = articles((layout + 1) * ENTRIES, NOW)[-ENTRIES]
    with folder() as papers:
        export(articles((layout + 1) * ENTRIES, NOW), papers, "http://paper.example")
        body = (papers / "a" / str(told.number)).read_bytes()
    found = read_page(
        body,
        url="http://paper.example/a",
        content_type="text/html",
        publisher=Publisher("صحيفة", "IQ", "Asia/Baghdad"),
        entry=None,
        now=NOW,
    )

    assert isinstance(found, Article)
    assert found.body == "\n".join(told.paragraphs)
    assert 20_000 < len(body) < 80_000


def test_papers_know_who_was_there() -> None:
    """A file is served with a validator, and answered with 304 to who sends it back."""
    with folder() as papers, served(papers) as server, httpx.Client() as client:
        (feed, *_) = export(articles(3, NOW), papers, server.address)
        first = client.get(feed)
        again = client.get(feed, headers={"If-None-Match": first.headers["etag"]})

        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert client.get(f"{server.address}/a/../secret").status_code == 404


def test_a_missed_aim_is_told() -> None:
    """A figure that is not what it should be is marked, and the whole is not well."""
    console = Console(record=True, width=120)

    assert show([Figure("rate", 2, "a second", 1), Figure("alone", 7)], console)
    assert not show([Figure("memory", 2, "MB", 1, "at most")], console)
    assert "missed" in console.export_text()

"""The flow `backfill` over sitemaps and lists of feeds, as a plain function."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from flows.backfill import backfill
from tests.flows.steps.factories import article_page, rss
from tests.flows.web.fault_server import FaultServer, html, reply, xml


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def _settings(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    told = {"DATABASE_URL": database_url, "ALLOW_PRIVATE_HOSTS": "true", "HOST_DELAY": "0", "PROCESSES": "1"}
    for name, value in told.items():
        monkeypatch.setenv(f"RASID_{name}", value)


def _sitemap(server: FaultServer, *numbers: int) -> bytes:
    places = "".join(f"<url><loc>{server.url(f'/a/{number}')}</loc></url>" for number in numbers)
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return reply("200 OK", f"{head}{places}</urlset>".encode(), "Content-Type: application/xml")


def _opml(server: FaultServer, path: str) -> bytes:
    outline = f'<outline type="rss" text="x" xmlUrl="{server.url(path)}"/>'
    return f'<?xml version="1.0"?><opml version="2.0"><body>{outline}</body></opml>'.encode()


@pytest.mark.usefixtures("_settings")
def test_sitemaps_and_lists_are_taken_in_once(engine: Engine, server: FaultServer, tmp_path: Path) -> None:
    """A sitemap's pages come once and it is set aside, a list's feeds stay; the second run fetches no page again."""
    for number in (1, 2, 3):
        server.answers[f"/a/{number}"] = html(article_page(number))
    server.answers["/sitemap.xml"] = _sitemap(server, 1, 2)
    server.answers["/feed"] = xml(rss(3, base=server.url("")))
    server.answers["/opml"] = reply("200 OK", _opml(server, "/feed"), "Content-Type: text/x-opml")
    (tmp_path / "list.opml").write_bytes(_opml(server, "/feed"))
    for opml in (server.url("/opml"), str(tmp_path / "list.opml")):
        state = backfill.fn(sitemaps=[server.url("/sitemap.xml")], opml=[opml])
        assert state.is_completed(), state.message
    with engine.connect() as connection:
        states = connection.execute(text("SELECT state, count(*) FROM feeds GROUP BY state ORDER BY state")).all()
        stored = connection.execute(text("SELECT count(*) FROM articles")).scalar_one()
    assert (states, stored) == ([("active", 1), ("paused", 1)], 3)
    assert [server.times(f"/a/{number}") for number in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.usefixtures("_settings", "engine")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"archives": ["/nowhere.jsonl"]}, "/nowhere.jsonl: No such file or directory"),
        ({"archives": ["/etc/hostname"]}, "/etc/hostname: neither .jsonl nor .warc, plain or .gz"),
        ({"opml": ["/nowhere.opml"]}, "/nowhere.opml: No such file or directory"),
        ({"opml": ["http://127.0.0.1:9/opml"]}, "http://127.0.0.1:9/opml: refused"),
    ],
)
def test_what_cannot_be_had_fails_the_run_in_one_line(given: dict[str, list[str]], words: str) -> None:
    """An operator who mistyped a name reads which one and why, and no traceback."""
    state = backfill.fn(**given)
    assert state.is_failed()
    assert (state.message or "").startswith(words)

"""Archives taken in, read by a cycle without polling, and let go again by policy."""

import asyncio
import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.readings import pages_to_read
from flows.archives.pages import ArchiveError, read_archive
from flows.steps.backfill import Intake, take_archive
from flows.steps.cycle import run_cycle
from flows.steps.deriving import Deriving
from flows.steps.plan import CyclePlan
from flows.steps.report import Tally
from flows.steps.retain import Policy, retain
from flows.steps.store import Store
from flows.steps.workshop import Workshop
from tests.flows.steps.factories import NOW, article_page, no_incident

WARC = b"""WARC/1.0\r
WARC-Type: warcinfo\r
Content-Length: 5\r
\r
hello\r
\r
"""


def _response(url: str, body: bytes, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html") -> bytes:
    block = head + b"\r\n\r\n" + body
    told = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
    return told.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _line(**record: str) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _take(engine: Engine, path: Path) -> Intake:
    return take_archive(engine, read_archive(path, now=NOW), owner="test", clock=lambda: NOW)


def test_archived_pages_become_articles_once(engine: Engine, tmp_path: Path) -> None:
    """Each page of an archive is stored once, read without the network, and belongs to its publisher's source."""
    archive = tmp_path / "old.jsonl.gz"
    page = article_page(1).decode()
    written = _line(
        url="https://a.example/1", html=page, publisher="الواحة", country="eg", fetched="2026-01-01T00:00:00Z"
    )
    written += (
        _line(url="https://a.example/1#again", html=page)
        + "broken\n"
        + _line(url="https://b.example/2", title="بلا نص")
    )
    archive.write_bytes(gzip.compress(written.encode()))
    assert _take(engine, archive) == Intake(stored=1, known=1, unusable=2)
    assert _take(engine, archive) == Intake(stored=0, known=2, unusable=2)
    with Workshop(no_incident, "test", 0) as workshop:
        report = run_cycle(CyclePlan(polls=False), engine, clock=lambda: NOW, workshop=workshop)
    assert (report.feeds_claimed, report.articles["new"], report.codings["new"]) == (0, 1, 1)
    with engine.connect() as connection:
        feed = connection.execute(text("SELECT publisher, country, state, url FROM feeds")).one()
        assert feed == ("الواحة", "EG", "paused", "https://a.example/")
        assert connection.execute(text("SELECT state, lease_owner FROM pages")).all() == [("done", None)]


def test_page_that_waits_twice_is_recorded_once(engine: Engine, tmp_path: Path) -> None:
    """A worker that slept through its own lease claims its pages again: one batch then holds a page twice."""
    archive = tmp_path / "old.jsonl"
    archive.write_text(_line(url="https://a.example/1", html=article_page(1).decode()), encoding="utf-8")
    assert _take(engine, archive).stored == 1

    async def derive_twice() -> None:
        async with Store(engine, "sleeper", lambda: NOW) as store:
            with Workshop(no_incident, "test", 0) as workshop:
                deriving = Deriving(CyclePlan(), store, workshop, Tally(NOW))
                await deriving.claim_leftovers()
                (page,) = await store.run(lambda connection: pages_to_read(connection, [1]))
                await deriving.put(page)
                async with asyncio.timeout(20), asyncio.TaskGroup() as group:
                    running = group.create_task(deriving.run())
                    await deriving.settled()
                    running.cancel()

    asyncio.run(derive_twice())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM extractions")).scalar_one() == 1


def test_raw_pages_go_by_policy_and_articles_stay(engine: Engine, tmp_path: Path) -> None:
    """Only what the policy names is let go, and never bytes that are still owed reading."""
    archive = tmp_path / "old.warc"
    archive.write_bytes(WARC + _response("https://a.example/1", article_page(1)))
    assert _take(engine, archive).stored == 1
    days = Policy(pages=30, polls=30)
    assert retain(engine, days, now=NOW).pages == 0
    with Workshop(no_incident, "test", 0) as workshop:
        run_cycle(CyclePlan(polls=False), engine, clock=lambda: NOW, workshop=workshop)
    assert retain(engine, Policy(), now=NOW + timedelta(days=4000)).pages == 0
    assert retain(engine, days, now=NOW).pages == 1
    with engine.connect() as connection:
        left = connection.execute(text("SELECT body, bytes > 0, (SELECT count(*) FROM articles) FROM fetches")).one()
    assert left == (None, True, 1)


def test_warc_gives_its_whole_html_answers(tmp_path: Path) -> None:
    """Other records, other kinds and other answers give no page; a transfer coding that was kept is undone."""
    archive = tmp_path / "crawl.warc"
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"
    body = gzip.compress(b"<html>coded</html>")
    archive.write_bytes(
        WARC
        + _response("https://a.example/1", b"<html>plain</html>")
        + _response("https://a.example/2", b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), chunked)
        + _response("https://a.example/3", b"x", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html")
        + _response("https://a.example/4.png", b"x", b"HTTP/1.1 200 OK\r\nContent-Type: image/png")
        + _response("https://a.example/5", b"zz\r\n", chunked)
    )
    pages = list(read_archive(archive, now=NOW))
    assert [page and page.body for page in pages] == [b"<html>plain</html>", b"<html>coded</html>", None, None, None]
    assert pages[0] is not None
    assert pages[0].fetched_at.isoformat() == "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize("name", ["pages.zip", "missing.jsonl", "torn.warc.gz"])
def test_archive_that_cannot_be_read_is_an_error_in_one_line(tmp_path: Path, name: str) -> None:
    """An operator who named a wrong file reads which one and why."""
    (tmp_path / "torn.warc.gz").write_bytes(gzip.compress(WARC * 50)[:40])
    with pytest.raises(ArchiveError, match=name):
        list(read_archive(tmp_path / name, now=NOW))

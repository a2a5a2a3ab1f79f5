"""What happens around a cycle: the database goes away, its disk is full, the clock is set back, articles are edited."""

import gc
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, text

from db import migrate
from db.engine import make_engine
from flows.services.postgres import EmbeddedPostgres, embedded_postgres
from tests.flows.steps.factories import HOUR, NOW, article_page, rss
from tests.flows.steps.test_cycle import count, cycle, listed, rows, serve
from tests.flows.web.fault_server import FaultServer, html, xml


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A server of the test's own, which it may kill."""
    with tempfile.TemporaryDirectory(prefix="rasid-storm-") as folder:
        Path(folder).chmod(0o755)
        with embedded_postgres(Path(folder)) as running:
            yield running


def kill(server: EmbeddedPostgres) -> None:
    first = server._postmaster()
    assert first is not None
    processes = [first, *first.children(recursive=True)]
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, timeout=5)


# The driver warns of connections whose server was killed under them.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_database_that_goes_away_for_a_while(own_postgres: EmbeddedPostgres, server: FaultServer) -> None:
    """A cycle waits for a database that comes back, and ends where it stays away; the next one goes on from there."""
    engine = make_engine(own_postgres.url("rasid"), connect_seconds=2)
    migrate.upgrade(engine)
    listed(engine, serve(server, "/slow-ok?one"), *[serve(server, f"/feed?{n}", n) for n in range(20)])

    def away() -> None:
        time.sleep(0.15)
        kill(own_postgres)
        time.sleep(2)
        own_postgres.ensure_running()

    outage = threading.Thread(target=away)
    outage.start()
    waited = cycle(engine)
    outage.join()
    assert waited.ended == "done"
    kill(own_postgres)
    lost = cycle(engine, NOW + HOUR, database_patience=0.5)
    assert (lost.ended, lost.worked) == ("database lost", False)
    own_postgres.ensure_running()
    assert cycle(engine, NOW + 9 * HOUR).ended == "done"
    assert rows(engine, "SELECT count(*), count(DISTINCT page_id) FROM articles") == [(20, 20)]
    engine.dispose()
    gc.collect()


def test_a_full_disk_is_named_and_harms_nothing(engine: Engine, server: FaultServer) -> None:
    """Where the database cannot write for want of room, the cycle ends and says so; with room again it goes on."""
    listed(engine, serve(server, "/feed", 1, 2))
    refuse = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${refuse}$$"))
        connection.execute(
            text("CREATE TRIGGER full_disk BEFORE INSERT ON polls FOR EACH ROW EXECUTE FUNCTION full_disk()")
        )
    try:
        report = cycle(engine, database_patience=0.3)
        assert (report.ended, report.note) == ("database lost", "DiskFull: its disk is full")
        assert (count(engine, "entries"), count(engine, "polls"), count(engine, "pages")) == (0, 0, 0)
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON polls"))
            connection.execute(text("DROP FUNCTION full_disk()"))
    assert cycle(engine).articles["new"] == 2


def test_a_clock_that_is_set_back_stops_nothing(engine: Engine, server: FaultServer) -> None:
    """Work that waits for moments of a clock that ran ahead is due again by the right one."""
    listed(engine, serve(server, "/feed", 1, 2), now=NOW + timedelta(days=30))
    cycle(engine, NOW + timedelta(days=30))
    with engine.begin() as connection:
        connection.execute(text("UPDATE pages SET lease_owner = 'dead', lease_until = due_at, due_at = due_at"))
    serve(server, "/feed", 1, 2, 3)
    for minutes in (0, 45, 90):
        report = cycle(engine, NOW + timedelta(minutes=minutes))
        assert report.ended == "done"
    assert count(engine, "articles") == 3
    assert rows(engine, "SELECT max(last_poll_at) < :soon FROM feeds".replace(":soon", f"'{NOW + 2 * HOUR}'")) == [
        (True,)
    ]
    assert rows(engine, f"SELECT count(*) FROM pages WHERE lease_until > '{NOW + 2 * HOUR}'") == [(0,)]


def test_an_edited_article_is_followed_for_a_day(engine: Engine, server: FaultServer) -> None:
    """Rechecks after 1, 6 and 24 hours find every edit as a revision; the old texts and their codings are kept."""
    listed(engine, serve(server, "/feed", 1))
    cycle(engine)
    for turn, hours in enumerate((1.05, 6.1, 24.1), 2):
        edited = article_page(1).replace("موسم التمور".encode(), f"موسم التمور الذي بلغ يومه {turn}".encode())
        server.answers["/a/1"] = html(edited)
        assert cycle(engine, NOW + (hours - 0.2) * HOUR).pages["stored"] == 0
        assert cycle(engine, NOW + hours * HOUR).articles["revised"] == 1
    assert cycle(engine, NOW + 72 * HOUR).pages_claimed == 0
    assert rows(engine, "SELECT revision, is_current, superseded_at IS NULL FROM articles ORDER BY revision") == [
        (1, False, False),
        (2, False, False),
        (3, False, False),
        (4, True, True),
    ]
    assert count(engine, "extractions") == 4
    assert count(engine, "fetches WHERE body IS NOT NULL") == 4
    assert rows(engine, "SELECT state, due_at FROM pages") == [("done", None)]


HOSTILE = (
    "'); DROP TABLE feeds; --",
    "[b]أحمر[/b] \x1b[31m\nlevel=error event=forged",
    "[انقر](javascript:alert(1)) | خلية | `rm -rf` $(reboot) ; reboot",
    "&lt;script&gt;alert(1)&lt;/script&gt;\u202eقلب",
    "%s %(url)s {0} \\x00 \\'",
)


def test_hostile_words_stay_words(engine: Engine, server: FaultServer, capfd: pytest.CaptureFixture[str]) -> None:
    """What feeds and servers say is stored as text, and reaches no statement, log line, table or artifact as more."""
    from flows.artifacts import source_rows  # noqa: PLC0415
    from flows.cli.ingest import show  # noqa: PLC0415
    from flows.cli.show import console  # noqa: PLC0415

    for n, words in enumerate(HOSTILE):
        body = rss(n, base=server.url("")).replace("الواحة".encode(), words.encode())
        server.answers[f"/feed?{n}"] = xml(body.replace(f"خبر رقم {n}".encode(), words.encode()))
        server.answers[f"/a/{n}"] = html(article_page(n).replace(f"خبر رقم {n}".encode(), words.encode()))
    server.answers["/evil"] = b"HTTP/1.1 500 \x1b[31m[x](javascript:alert)|<b>\r\nContent-Length: 0\r\n\r\n"
    listed(engine, *[server.url(f"/feed?{n}") for n in range(len(HOSTILE))], server.url("/evil"))
    report = cycle(engine)
    assert report.articles["new"] == len(HOSTILE)
    show(report, console())
    said = capfd.readouterr()
    assert "\x1b" not in said.out + said.err
    assert not any(line.startswith("level=error") for line in (said.out + said.err).splitlines())
    titles = [str(row[0]) for row in rows(engine, "SELECT title FROM feeds ORDER BY id LIMIT 5")]
    assert titles[0] == HOSTILE[0]
    with engine.connect() as connection:
        cells = [cell for row in source_rows(connection, {}) for cell in row.values()]
    assert not set("".join(cells)) & set("[]<>`*#|\\\n\x1b")
    assert not any("\n" in title or "\x1b" in title for title in titles)

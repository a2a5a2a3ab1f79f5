"""Readings: articles, revisions, and pages that give none."""

from datetime import datetime

from sqlalchemy import Connection, text

from db.progress import Failure
from db.readings import ReadingResult, pages_after, record_readings
from extractors.records import Publisher, Unreadable
from tests.db.rows import BODY, HOUR, UTF8, article, code, entry, fetch, poll, read, scalar, snapshot


def test_an_article_is_stored_and_owed_a_coding(connection: Connection, now: datetime) -> None:
    """A page that reads becomes an article, with its publisher and the encoding that it was read in."""
    poll(connection, now, [entry(1)])
    fetches = fetch(connection, now)
    counts = read(connection, now, fetches, article(author="كاتب", tags=("a",)))

    assert (counts.new, counts.revised, counts.same, counts.unreadable) == (1, 0, 0, 0)
    assert list(fetches) == list(counts.articles)
    row = connection.execute(text("SELECT * FROM articles")).one()
    assert (
        row.body,
        row.author,
        row.tags,
        row.country,
        row.revision,
        row.is_current,
    ) == (BODY, "كاتب", ["a"], "KZ", 1, True)
    assert tuple(connection.execute(text("SELECT outcome, encoding_used FROM readings")).one()) == (
        "new article",
        "utf-8",
    )
    assert scalar(connection, "SELECT stage FROM pages") == "code"


def test_offsets_outlive_cleaning(connection: Connection, now: datetime) -> None:
    """What the database cannot hold is replaced one for one, so that the body keeps its length."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now), article("a\x00b\ud800c"))

    assert scalar(connection, "SELECT body FROM articles") == "a\ufffdb\ufffdc"


def test_an_unreadable_page_has_its_reason(connection: Connection, now: datetime) -> None:
    """A page without an article is an outcome, not a gap; it is done with."""
    poll(connection, now, [entry(1)])
    counts = read(connection, now, fetch(connection, now), Unreadable("no body", "only a player", UTF8))

    assert counts.unreadable == 1
    reading = connection.execute(text("SELECT outcome, reason, detail, article_id FROM readings")).one()
    assert tuple(reading) == ("unreadable", "no body", "only a player", None)
    assert tuple(connection.execute(text("SELECT state, stage FROM pages")).one()) == ("done", None)


def test_a_reader_that_fails_is_tried_again(connection: Connection, now: datetime) -> None:
    """An error of the reader keeps the page at its stage, and parks it in the end."""
    poll(connection, now, [entry(1)])
    fetches = fetch(connection, now)
    read(connection, now, fetches, Failure("internal", "boom"), retry_at=now + HOUR)
    assert ("failing", "read", now + HOUR) == tuple(
        connection.execute(text("SELECT state, stage, due_at FROM pages")).one()
    )


def test_a_reading_recorded_again_still_owes_its_coding(connection: Connection, now: datetime) -> None:
    """As with fetches: the article, stored by then, is not taken for one that was known and coded before."""
    poll(connection, now, [entry(1)])
    fetches = fetch(connection, now)
    for _ in range(2):
        read(connection, now, fetches)

    assert scalar(connection, "SELECT count(*) FROM articles") == 1
    assert scalar(connection, "SELECT stage FROM pages") == "code"


def test_an_edited_article_is_a_revision(connection: Connection, now: datetime) -> None:
    """A changed text is a new revision; the old one stays, with its reports, which the views show until it is coded."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now, recheck_at=now + HOUR))
    code(connection, now)
    fetches = fetch(connection, now + HOUR, body=b"<html>edited")
    counts = read(connection, now + HOUR, fetches, article("خبر آخر. " + BODY))
    rows = connection.execute(text("SELECT revision, is_current, superseded_at FROM articles ORDER BY id")).all()

    assert counts.revised == 1
    assert [(1, False, now + HOUR), (2, True, None)] == [tuple(row) for row in rows]
    assert scalar(connection, "SELECT count(*) FROM incident_reports") == 1


def test_the_same_text_is_the_same_article(connection: Connection, now: datetime) -> None:
    """Other bytes with the same text make no revision and owe no coding."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now, recheck_at=now + HOUR))
    code(connection, now)
    counts = read(
        connection, now + HOUR, fetch(connection, now + HOUR, body=b"<html>other ads"), article(published_at=now)
    )

    assert (counts.same, counts.articles) == (1, {})
    assert scalar(connection, "SELECT count(*) FROM articles") == 1


def test_reading_anew_changes_what_differs(connection: Connection, now: datetime) -> None:
    """Replayed readings change no row where nothing changed, and a corrected date owes a coding."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now))
    code(connection, now)
    (page,) = pages_after(connection, 0, 10)
    assert pages_after(connection, page.page_id, 10) == []
    assert pages_after(connection, 0, 10, not_version="r1") == []
    publisher = Publisher("صحيفة", "KZ", "Asia/Almaty")

    def again(published: datetime, version: str) -> int:
        result = ReadingResult(page.page_id, page.fetch_id, publisher, article(published_at=published))
        counts = record_readings(connection, [result], owner=None, reader_version=version, now=now + HOUR)
        return len(counts.articles)

    before = snapshot(connection)
    assert again(now, "r1") == 0
    assert before == snapshot(connection)
    assert again(now, "r2") == 0
    assert scalar(connection, "SELECT reader_version FROM articles") == "r2"
    assert again(now - 30 * HOUR, "r3") == 1
    assert scalar(connection, "SELECT stage FROM pages") == "code"

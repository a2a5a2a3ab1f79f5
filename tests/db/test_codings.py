"""Codings: reports and all that hangs on them; equal results change no row, different ones supersede."""

from datetime import date, datetime

from sqlalchemy import Connection, text

from db.codings import CodingResult, record_codings
from db.progress import Failure
from db.replay import articles_after, articles_to_code
from extractors.records import Coding, Figure, Total
from tests.db.rows import BODY, HOUR, article, code, coding, entry, fetch, poll, read, report, scalar, snapshot, through


def test_a_report_becomes_a_row(connection: Connection, now: datetime) -> None:
    """The analysts' row says what the extractors said, with the passage that it rests on."""
    through(connection, now)
    row = connection.execute(text("SELECT * FROM incident_reports")).one()

    assert (
        row.domain,
        row.event_type,
        row.sub_event_type,
        row.country,
    ) == ("political", "Riots", "Violent demonstration", "KZ")
    assert (row.injured_min, row.injured_max, row.killed_min, row.killed_max) == (95, 95, None, None)
    assert (row.actor1, row.actor1_category, row.actor2) == ("متظاهرون", "Rioters", None)
    assert BODY[row.evidence_start : row.evidence_end] == row.evidence
    assert ("https://news.example/story/1", "x1", now) == (row.article_url, row.extractor_version, row.extracted_at)
    figure = connection.execute(text("SELECT kind, quote, quote_start FROM report_figures")).one()
    assert ("injured", "95", BODY.index("95")) == tuple(figure)
    assert scalar(connection, "SELECT name FROM report_actors WHERE side = 1") == "متظاهرون"
    assert scalar(connection, "SELECT reality FROM discarded_mentions") == "planned"
    assert tuple(connection.execute(text("SELECT state, lease_owner FROM pages")).one()) == ("done", None)


def test_a_rows_pairs_are_the_reports_totals(connection: Connection, now: datetime) -> None:
    """What a row carries is what the extractors say that the figures come to, never a count made anew."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now))
    totals = (Total("killed", 3, 3), Total("injured", 20, None), Total("vehicles", 4, 4))
    code(connection, now, coding(report(totals=totals)))
    row = connection.execute(text("SELECT * FROM incident_reports")).one()

    assert (row.killed_min, row.killed_max, row.injured_min, row.injured_max) == (3, 3, 20, None)
    assert (row.detained_min, row.missing_max) == (None, None)


def test_the_same_result_changes_no_row(connection: Connection, now: datetime) -> None:
    """Coding everything again with nothing changed leaves every row of every table as it is."""
    through(connection, now, 3)
    before = snapshot(connection)
    counts = code(connection, now + HOUR, owner=None)

    assert (counts.new, counts.changed, counts.same, counts.failed, counts.reports) == (0, 0, 3, 0, 0)
    assert before == snapshot(connection)


def test_a_new_version_with_the_same_result_is_a_stamp(connection: Connection, now: datetime) -> None:
    """A version that says the same moves its stamp and nothing else: reports keep their numbers."""
    through(connection, now)
    number = scalar(connection, "SELECT report_id FROM incident_reports")
    code(connection, now + HOUR, version="x2", owner=None)
    row = connection.execute(text("SELECT report_id, extractor_version, extracted_at FROM incident_reports")).one()

    assert (number, "x2", now) == tuple(row)
    assert scalar(connection, "SELECT first_version FROM extractions") == "x1"


def test_a_different_result_supersedes(connection: Connection, now: datetime) -> None:
    """A different result takes the place of the old one, which is kept."""
    through(connection, now)
    counts = code(connection, now + HOUR, coding(report(), report(sub_event_type="Arrests")), "x2", owner=None)

    assert (counts.changed, counts.reports) == (1, 2)
    assert scalar(connection, "SELECT count(*) FROM incident_reports") == 2
    assert scalar(connection, "SELECT count(*) FROM reports") == 3
    old = connection.execute(text("SELECT is_current, superseded_at FROM extractions ORDER BY id")).first()
    assert old is not None
    assert (False, now + HOUR) == tuple(old)


def test_no_incident_is_an_outcome(connection: Connection, now: datetime) -> None:
    """An article without an incident has its extraction too, with the reason."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now))
    counts = code(connection, now, Coding((), reason="no trigger"))

    assert (counts.new, counts.reports) == (1, 0)
    assert tuple(connection.execute(text("SELECT outcome, reason FROM extractions")).one()) == (
        "no incident",
        "no trigger",
    )


def test_a_failure_keeps_a_good_result(connection: Connection, now: datetime) -> None:
    """Extractors that fail on an article leave the rows that an earlier version made, and are recorded once."""
    through(connection, now)
    for _ in range(2):
        code(connection, now + HOUR, Failure("internal", "boom"), "x2", owner=None)

    assert scalar(connection, "SELECT count(*) FROM incident_reports") == 1
    failed = connection.execute(text("SELECT reason, is_current FROM extractions WHERE outcome = 'failed'")).all()
    assert [tuple(row) for row in failed] == [("internal: boom", False)]


def test_a_failure_is_retried_then_parked(connection: Connection, now: datetime) -> None:
    """An article that the extractors cannot code is tried again, then parked; its failure is its current outcome."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now))
    code(connection, now, Failure("internal", "boom"))

    assert tuple(connection.execute(text("SELECT state, stage FROM pages")).one()) == ("parked", "code")
    assert tuple(connection.execute(text("SELECT outcome, is_current FROM extractions")).one()) == ("failed", True)


def test_what_the_database_refuses_takes_no_other_with_it(connection: Connection, now: datetime) -> None:
    """Of a batch with one impossible report the others are stored, and that one is a failure with its reason."""
    poll(connection, now, [entry(number) for number in range(1, 6)])
    read(connection, now, fetch(connection, now))
    pages = connection.execute(text("SELECT id FROM pages ORDER BY id")).scalars().all()
    wrong = [report(date_end=date(2020, 1, 1)), report(sub_event_type="Nonsense"), report(confidence=7.0)]
    huge = report(figures=(Figure("killed", 10**30, None, "more than", "x", 0, 1),))
    outcomes = [coding(), *(coding(one) for one in (*wrong, huge))]
    results = [
        CodingResult(one.article_id, one.page_id, one.text, outcome)
        for one, outcome in zip(articles_to_code(connection, pages), outcomes, strict=True)
    ]
    counts = record_codings(connection, results, owner=None, extractor_version="x1", now=now)

    assert (counts.new, counts.failed, counts.reports) == (1, 4, 1)
    reasons = connection.execute(text("SELECT reason FROM extractions WHERE outcome = 'failed'")).scalars().all()
    assert all(reason.startswith("not storable: ") for reason in reasons)


def test_a_revision_is_followed_by_its_reports(connection: Connection, now: datetime) -> None:
    """The reports of an edited article take the place of the old revision's, even where the result is the same."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now, recheck_at=now + HOUR))
    code(connection, now)
    read(connection, now + HOUR, fetch(connection, now + HOUR, body=b"<html>2"), article(BODY + " انتهى"))
    counts = code(connection, now + HOUR)

    assert counts.changed == 1
    shown = connection.execute(text("SELECT article_id FROM incident_reports")).scalars().all()
    assert [scalar(connection, "SELECT id FROM articles WHERE is_current")] == shown


def test_codings_of_an_old_revision_are_dropped(connection: Connection, now: datetime) -> None:
    """What was coded from a text that has been revised meanwhile is not stored."""
    through(connection, now)
    old = articles_to_code(connection, connection.execute(text("SELECT id FROM pages")).scalars().all())
    connection.execute(text("UPDATE articles SET is_current = false, superseded_at = now()"))
    results = [CodingResult(one.article_id, one.page_id, one.text, coding(report(confidence=0.1))) for one in old]
    record_codings(connection, results, owner=None, extractor_version="x2", now=now)

    assert scalar(connection, "SELECT count(*) FROM extractions") == 1


def test_articles_come_in_batches(connection: Connection, now: datetime) -> None:
    """Replay walks all current articles once, and can leave out those that a version has coded."""
    through(connection, now, 5)
    first = articles_after(connection, 0, 3)
    rest = articles_after(connection, first[-1].article_id, 3)

    assert (len(first), len(rest)) == (3, 2)
    assert articles_after(connection, 0, 9, not_version="x1") == []
    assert len(articles_after(connection, 0, 9, not_version="x2", publisher="صحيفة", since=now, until=now + HOUR)) == 5


def test_the_day_is_the_publishers(connection: Connection, now: datetime) -> None:
    """The extractors are told the publication day where the paper is, not in UTC."""
    poll(connection, now, [entry(1)])
    read(
        connection,
        now,
        fetch(connection, now),
        article(published_at=datetime.fromisoformat("2026-03-01T20:30:00+00:00")),
    )
    (stored,) = articles_after(connection, 0, 1)

    assert date(2026, 3, 2) == stored.text.published

"""Linking: one incident from many reports, the same whatever the order, with every state kept."""

import itertools
import random
from datetime import datetime

import pytest
from sqlalchemy import Connection, text

from tests.db.linking.newsroom import FIRST, Story, explosion, link, many, partition, publish, rebuild, story, table
from tests.db.rows import HOUR, scalar


def run(connection: Connection, stories: list[Story], now: datetime, *, at_once: int = 1) -> None:
    for start in range(0, len(stories), at_once):
        publish(connection, stories[start : start + at_once], now)
        link(connection, now)


def test_one_incident_from_three_tolls(connection: Connection, now: datetime) -> None:
    """Reports of one incident are one row, with the span of their figures and the latest counting most."""
    run(connection, explosion(), now)
    row = connection.execute(text("SELECT * FROM incidents WHERE sub_event_type = 'Explosion'")).one()

    assert partition(connection) == {frozenset({"a#1", "b#1", "c#1"}), frozenset({"d#1"})}
    assert (row.killed_low, row.killed_best, row.killed_high) == (3, 5, 6)
    assert (row.report_count, row.source_count, row.contradicted) == (3, 3, True)
    assert (row.geo_precision, row.first_reported_at.hour, row.last_reported_at.hour) == ("exact", 12, 20)
    assert (row.injured_low, row.injured_best, row.injured_high) == (None, None, None)


def test_three_tolls_are_three_states(connection: Connection, now: datetime) -> None:
    """A toll told as 3, then 6, then 5 is three states, and each can be asked for by its time."""
    for hours, one in enumerate(explosion()[:3]):
        run(connection, [one], now + hours * HOUR)
    history = connection.execute(
        text("SELECT killed_best, recorded_at, superseded_at FROM incident_history ORDER BY recorded_at")
    ).all()
    as_of = text("SELECT killed_best FROM incidents_as_of(:moment)")
    seen = [connection.execute(as_of, {"moment": now + hours * HOUR}).scalars().all() for hours in (-1, 0, 0.5, 1, 9)]

    assert [row.killed_best for row in history] == [3, 6, 5]
    assert [row.superseded_at for row in history] == [now + HOUR, now + 2 * HOUR, None]
    assert seen == [[], [3], [3], [6], [5]]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_does_not_matter(connection: Connection, now: datetime, seed: int) -> None:
    """Incidents come out the same in any order, in batches of any size, and from a rebuild, which changes nothing."""
    stories = many()
    chance = random.Random(seed)
    before = connection.begin_nested()
    publish(connection, stories, now)
    link(connection, now)
    expected = partition(connection), table(connection)
    before.rollback()
    chance.shuffle(stories)
    run(connection, stories, now, at_once=chance.choice((1, 2, 5)))

    assert (partition(connection), table(connection)) == expected
    numbers = dict(connection.execute(text("SELECT report_id, incident_id FROM incident_members")).all())
    states = scalar(connection, "SELECT count(*) FROM incident_states")
    rebuild(connection, now + HOUR)
    assert (partition(connection), table(connection)) == expected
    assert numbers == dict(connection.execute(text("SELECT report_id, incident_id FROM incident_members")).all())
    assert scalar(connection, "SELECT count(*) FROM incident_states") == states


def test_all_orders_of_three(connection: Connection, now: datetime) -> None:
    """Three tolls come out the same in each of their six orders."""
    seen = []
    for order in itertools.permutations(explosion()[:3]):
        savepoint = connection.begin_nested()
        run(connection, list(order), now)
        seen.append((partition(connection), table(connection)))
        savepoint.rollback()

    assert all(one == seen[0] for one in seen)


def test_nothing_owed_changes_nothing(connection: Connection, now: datetime) -> None:
    """Linking again at once looks at no page and writes no row."""
    run(connection, explosion(), now)

    assert link(connection, now + HOUR).pages == 0
    assert scalar(connection, "SELECT count(*) FROM incident_states WHERE superseded_at IS NOT NULL") == 2


def test_each_member_says_why(connection: Connection, now: datetime) -> None:
    """Every report in an incident has a score and the comparison that it rests on, kept in parts with the link."""
    run(connection, explosion(), now)
    rows = connection.execute(text("SELECT * FROM incident_members ORDER BY report_id")).all()
    signs = connection.execute(text("SELECT signs, odds FROM report_links")).all()

    assert all(0.5 < row.score <= 1 and "of the words" in row.reason for row in rows[:3])
    assert (rows[3].score, rows[3].reason) == (None, "no other report is like it")
    assert all(round(sum(row.signs.values()), 6) == round(row.odds, 6) for row in signs)


def test_printings_of_one_text_are_one_source(connection: Connection, now: datetime) -> None:
    """Copies of a wire's text count once as sources, and all of them as reports."""
    copies = [story(key, f"عنوان {key}", FIRST, killed=3) for key in "xyz"]
    run(connection, copies, now)
    row = connection.execute(text("SELECT report_count, source_count FROM incidents")).one()
    stories = connection.execute(text("SELECT DISTINCT story_id FROM article_copies")).scalars().all()

    assert tuple(row) == (3, 1)
    assert len(stories) == 1


def test_a_revised_article_takes_its_reports_along(connection: Connection, now: datetime) -> None:
    """An edited article stays in its incident, under the same number, and the state before the edit stays."""
    run(connection, [story("a", "انفجار", FIRST, killed=3)], now)
    number = scalar(connection, "SELECT incident_id FROM incidents")
    edited = FIRST.replace("ثلاثة", "أربعة")
    run(connection, [story("a", "انفجار", edited, killed=4)], now + HOUR)

    assert connection.execute(text("SELECT incident_id, killed_best FROM incidents")).all() == [(number, 4)]
    history = connection.execute(text("SELECT killed_best FROM incident_history ORDER BY recorded_at")).scalars()
    assert list(history) == [3, 4]
    assert scalar(connection, "SELECT count(*) FROM incident_members") == 1
    assert scalar(connection, "SELECT count(*) FROM incident_changes") == 0


def test_an_incident_that_nobody_tells_any_more_ends(connection: Connection, now: datetime) -> None:
    """A revision without the incident ends it: it is gone from the table and stays in the history."""
    run(connection, [story("a", "انفجار", FIRST, killed=3)], now)
    run(connection, [Story("a", "تصحيح", "لم يقع أي انفجار في صيدا، وفق الدفاع المدني.", ())], now + HOUR)

    assert scalar(connection, "SELECT count(*) FROM incidents") == 0
    assert scalar(connection, "SELECT superseded_at FROM incident_history") == now + HOUR
    assert scalar(connection, "SELECT closed_at FROM incident_ids") == now + HOUR


def test_incidents_that_turn_out_one_are_merged_and_logged(connection: Connection, now: datetime) -> None:
    """A report that is like two incidents makes them one, under the number with most reports; the log says so."""
    a, b, *_ = explosion()
    run(connection, [a], now)
    connection.execute(text("UPDATE clues SET blocks = '{}'"))  # so that the next one does not find it
    run(connection, [b], now)
    first, second = connection.execute(text("SELECT incident_id FROM incidents ORDER BY 1")).scalars()
    rebuild(connection, now + HOUR)
    change = connection.execute(text("SELECT change, incident_id, other_id, decision_id FROM incident_changes")).one()
    closed = text("SELECT id, closed_at, went_into FROM incident_ids WHERE closed_at IS NOT NULL")

    assert scalar(connection, "SELECT count(*) FROM incidents") == 1
    assert tuple(change) == ("merged", first, second, None)
    assert tuple(connection.execute(closed).one()) == (second, now + HOUR, first)

"""Analysts' decisions: carried out at once, logged, and respected by every later run."""

from datetime import datetime

import pytest
from sqlalchemy import Connection, text

from db.linking import decide
from tests.db.linking.newsroom import explosion, link, many, partition, publish, rebuild, story
from tests.db.rows import HOUR, scalar


@pytest.fixture
def linked(connection: Connection, now: datetime) -> Connection:
    publish(connection, explosion(), now)
    link(connection, now)
    return connection


def report_of(connection: Connection, key: str) -> int:
    query = text("SELECT report_id FROM incident_reports WHERE article_url = :url")
    return int(connection.execute(query, {"url": f"https://papers.example/{key}"}).scalar_one())


def incident_of(connection: Connection, key: str) -> int:
    query = text("SELECT incident_id FROM incident_members WHERE report_id = :report")
    return int(connection.execute(query, {"report": report_of(connection, key)}).scalar_one())


def later(connection: Connection, now: datetime) -> set[frozenset[str]]:
    """What stands after other articles came, and after a rebuild: the same."""
    publish(connection, many()[4:], now + HOUR)
    link(connection, now + HOUR)
    found = partition(connection)
    rebuild(connection, now + 2 * HOUR)
    assert partition(connection) == found
    return found


def test_a_merge_holds(linked: Connection, now: datetime) -> None:
    """Two incidents that an analyst made one stay one, under the lower number."""
    one, other = incident_of(linked, "a"), incident_of(linked, "d")
    assert decide.merge(linked, [one, other], by="ليلى", why="same blaze") == min(one, other)
    assert partition(linked) == {frozenset({"a#1", "b#1", "c#1", "d#1"})}

    assert any({"a#1", "d#1"} <= group for group in later(linked, now))
    change = linked.execute(text("SELECT change, other_id, reason FROM incident_changes ORDER BY id")).first()
    assert change is not None
    assert tuple(change) == ("merged", max(one, other), "same blaze")
    assert scalar(linked, "SELECT decided_by FROM incident_decisions") == "ليلى"


def test_a_split_holds(linked: Connection, now: datetime) -> None:
    """A report that an analyst took out stays out, however like the others it is."""
    made = decide.split(linked, incident_of(linked, "a"), [report_of(linked, "b")])
    assert incident_of(linked, "b") == made
    assert partition(linked) == {frozenset({"a#1", "c#1"}), frozenset({"b#1"}), frozenset({"d#1"})}

    assert not any("b#1" in group and group & {"a#1", "c#1"} for group in later(linked, now))
    assert scalar(linked, "SELECT change FROM incident_changes ORDER BY id LIMIT 1") == "split"


def test_a_pinned_incident_stays_as_it_is(linked: Connection, now: datetime) -> None:
    """Nothing joins a pinned incident and nothing leaves it."""
    decide.pin(linked, incident_of(linked, "a"))

    assert frozenset({"a#1", "b#1", "c#1"}) in later(linked, now)


def test_the_latest_decision_holds(linked: Connection, now: datetime) -> None:
    """A merge after a split takes it back, and a split after a merge."""
    made = decide.split(linked, incident_of(linked, "a"), [report_of(linked, "b")])
    decide.merge(linked, [made, incident_of(linked, "a")])
    link(linked, now)
    assert frozenset({"a#1", "b#1", "c#1"}) in partition(linked)
    decide.split(linked, incident_of(linked, "a"), [report_of(linked, "c")])
    link(linked, now)

    assert partition(linked) == {frozenset({"a#1", "b#1"}), frozenset({"c#1"}), frozenset({"d#1"})}


def test_a_decision_can_be_taken_back(linked: Connection, now: datetime) -> None:
    """What was decided can be undone: reports are grouped by their likeness again."""
    decide.split(linked, incident_of(linked, "a"), [report_of(linked, "b")])
    number = scalar(linked, "SELECT max(id) FROM incident_decisions")
    assert decide.revoke(linked, number)
    link(linked, now)

    assert frozenset({"a#1", "b#1", "c#1"}) in partition(linked)
    assert not decide.revoke(linked, number)


def test_decisions_follow_revised_articles(linked: Connection, now: datetime) -> None:
    """What was decided of a report holds for the one that takes its place when the article is edited."""
    decide.split(linked, incident_of(linked, "b"), [report_of(linked, "b")])
    body = "ارتفعت حصيلة انفجار مستودع الوقود قرب مرفأ صيدا إلى سبعة قتلى من العمال. والبحث مستمر."
    publish(linked, [story("b", "سبعة قتلى في انفجار صيدا", body, hour=14, killed=7)], now + HOUR)
    link(linked, now + HOUR)

    assert frozenset({"b#1"}) in partition(linked)


def test_what_is_not_there_cannot_be_decided(linked: Connection) -> None:
    """A decision on numbers that mean nothing is refused with words that say why."""
    with pytest.raises(decide.NotDecidable, match="two incidents or more"), linked.begin_nested():
        decide.merge(linked, [1, 999])
    with pytest.raises(decide.NotDecidable, match="some reports"), linked.begin_nested():
        decide.split(linked, incident_of(linked, "a"), [10**9])
    with pytest.raises(decide.NotDecidable, match="no incident 999"), linked.begin_nested():
        decide.pin(linked, 999)


def test_merging_reports_of_one_article_is_an_analysts_right(connection: Connection, now: datetime) -> None:
    """Linking never joins two rows of one article; an analyst may."""
    publish(connection, [one for one in many() if one.key == "i"], now)
    link(connection, now)
    assert partition(connection) == {frozenset({"i#1"}), frozenset({"i#2"})}
    decide.merge(connection, connection.execute(text("SELECT incident_id FROM incidents")).scalars().all())
    link(connection, now)

    assert partition(connection) == {frozenset({"i#1", "i#2"})}

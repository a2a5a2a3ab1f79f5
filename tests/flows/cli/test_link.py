"""`rasid link` and `rasid incident`: what operators and analysts type."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, text

from tests.db.linking.newsroom import explosion, partition, publish
from tests.flows.cli.conftest import Rasid


@pytest.fixture
def coded(engine: Engine, now: datetime) -> Engine:
    with engine.begin() as connection:
        publish(connection, explosion(), now)
    return engine


def groups(engine: Engine) -> set[frozenset[str]]:
    with engine.connect() as connection:
        return partition(connection)


def numbers(engine: Engine) -> dict[str, tuple[int, int]]:
    """Article: its incident and its report."""
    query = text("""
        SELECT right(article_url, 1), incident_id, report_id FROM incident_reports JOIN incident_members USING (report_id)
    """)
    with engine.connect() as connection:
        return {key: (incident, report) for key, incident, report in connection.execute(query)}


def test_link_says_what_it_did(rasid: Rasid, coded: Engine) -> None:
    """What is owed is linked once; a rebuild finds nothing to change."""
    code, output, _ = rasid("link")

    assert code == 0
    assert {"pages 4", "incidents new 2", "states recorded 2"} <= {
        " ".join(line.split()) for line in output.splitlines()
    }
    assert groups(coded) == {frozenset({"a#1", "b#1", "c#1"}), frozenset({"d#1"})}
    again = rasid("link")[1]
    assert "pages                  0" in again
    rebuilt = {" ".join(line.split()) for line in rasid("link", "--rebuild")[1].splitlines()}
    assert {"pages 4", "incidents new 0", "states recorded 0"} <= rebuilt


def test_an_analyst_splits_merges_pins_and_takes_back(rasid: Rasid, coded: Engine) -> None:
    """Each decision is carried out at once and holds against a rebuild, until it is taken back."""
    rasid("link")
    incident, report = numbers(coded)["b"]
    code, output, _ = rasid("incident", "split", str(incident), str(report), "--by", "ليلى", "--why", "another blast")
    apart = {frozenset({"a#1", "c#1"}), frozenset({"b#1"}), frozenset({"d#1"})}

    assert (code, groups(coded)) == (0, apart)
    assert f"reports {report} are incident" in output
    rasid("link", "--rebuild")
    assert groups(coded) == apart
    made = numbers(coded)
    assert rasid("incident", "merge", str(made["a"][0]), str(made["d"][0]))[0] == 0
    assert frozenset({"a#1", "c#1", "d#1"}) in groups(coded)
    code, output, _ = rasid("incident", "pin", str(made["a"][0]))
    assert (code, "is pinned by decision 3" in output) == (0, True)
    assert rasid("incident", "revoke", "1")[0] == 0


def test_what_cannot_be_decided_is_said_in_a_line(rasid: Rasid, coded: Engine) -> None:
    """Numbers that mean nothing end in a line and an exit code, and change nothing."""
    assert rasid("incident", "pin", "999")[0::2] == (1, "rasid: there is no incident 999\n")
    assert rasid("incident", "merge", "1", "2")[0] == 1
    assert rasid("incident", "revoke", "7")[0::2] == (1, "rasid: there is no decision 7 that stands\n")
    with coded.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM incident_decisions")).scalar() == 0

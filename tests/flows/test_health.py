"""What watchers from outside are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from sqlalchemy import Connection

from db.feeds import FeedSpec, add_feeds
from db.vitals import Vitals
from flows.health import STATES, Gathered, Health, Verdict, look, verdict

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
VITALS = Vitals(None, NOW, NOW, {}, None, 0, {"read": 3}, 7, 9, 10**7)
WELL = Health(NOW, VITALS, dict.fromkeys(STATES, 0) | {"healthy": 10}, "usual")


@pytest.mark.parametrize(
    ("health", "expected", "words"),
    [
        (WELL, Verdict.OK, "OK - sources: 10 healthy"),
        (
            replace(WELL, vitals=replace(VITALS, feeds_due_since=NOW - timedelta(minutes=20))),
            Verdict.WARNING,
            "20 minutes",
        ),
        (
            replace(WELL, vitals=replace(VITALS, feeds_due_since=NOW - timedelta(hours=2))),
            Verdict.CRITICAL,
            "nobody has polled",
        ),
        (replace(WELL, pace="slow"), Verdict.WARNING, "no fresh article"),
        (replace(WELL, pace="silent"), Verdict.CRITICAL, "no fresh article"),
        (
            replace(WELL, sources=dict.fromkeys(STATES, 0) | {"refused": 7, "healthy": 3}),
            Verdict.CRITICAL,
            "7 of 10 sources",
        ),
        (replace(WELL, vitals=replace(VITALS, owed_since=NOW - timedelta(hours=3))), Verdict.WARNING, "pages wait"),
        (replace(WELL, sources=dict.fromkeys(STATES, 0), pace=None), Verdict.OK, "none listed"),
    ],
)
def test_verdict_says_what_is_the_matter(health: Health, expected: Verdict, words: str) -> None:
    """The code that pages somebody and the line that they read agree."""
    code, line = verdict(health)
    assert (code, words in line) == (expected, True)
    assert line.count("|") == 1
    assert "\n" not in line


def test_numbers_follow_the_bar_with_their_bounds() -> None:
    """Monitoring systems draw the numbers: name=value[unit];warning;critical;least."""
    perfdata = verdict(WELL)[1].split(" | ")[1].split()
    assert perfdata[0] == "overdue=0s;900;1800;0"
    assert perfdata[-1] == "size=10000000B;;;0"


def test_metrics_are_openmetrics() -> None:
    """A collector reads what we write; what there is not yet, as a last poll before the first, is left out."""
    registry = CollectorRegistry()
    registry.register(Gathered(replace(WELL, vitals=replace(VITALS, last_poll_at=None))))
    families = {family.name: family for family in text_string_to_metric_families(generate_latest(registry).decode())}
    assert families["rasid_articles"].samples[0].value == 7
    assert {sample.labels["state"] for sample in families["rasid_sources"].samples} == set(STATES)
    assert "rasid_last_poll_timestamp_seconds" not in families


def test_look_reads_the_database(connection: Connection) -> None:
    """A source that waits for its first poll is seen, with how long it waits."""
    add_feeds(connection, [FeedSpec("https://a.example/feed")], now=NOW - timedelta(minutes=40))
    health = look(connection, now=NOW)
    assert health.sources["new"] == 1
    assert verdict(health)[0] is Verdict.CRITICAL

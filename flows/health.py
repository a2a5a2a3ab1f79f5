"""Signs of life -> a verdict in the words of monitoring systems, and the same as OpenMetrics."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, text

from db.vitals import Vitals, vitals
from flows.artifacts import source_state
from flows.steps.freshness import Pace, freshness

TROUBLED = ("refused", "failing", "dead", "silent")
STATES = ("healthy", "slow", *TROUBLED, "paused", "new")


class Verdict(IntEnum):
    """What a check ends with: its exit code."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Health:
    """All that a verdict rests on."""

    now: datetime
    vitals: Vitals
    sources: Mapping[str, int]  # by state
    pace: Pace | None  # of all sources together; None where none is active

    def seconds_since(self, moment: datetime | None) -> float:
        """Seconds since a moment that has passed; 0 where there is none."""
        return 0.0 if moment is None else max((self.now - moment).total_seconds(), 0.0)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number with the bounds beyond which it warns, and alarms."""

    name: str
    value: float
    warning: float | None
    critical: float | None
    words: str  # what is the matter beyond them
    unit: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.critical is not None and self.value > self.critical:
            return Verdict.CRITICAL
        return Verdict.WARNING if self.warning is not None and self.value > self.warning else Verdict.OK

    def perfdata(self) -> str:
        bounds = ";".join("" if bound is None else f"{bound:g}" for bound in (self.warning, self.critical))
        return f"{self.name}={self.value:.0f}{self.unit};{bounds};0"


def look(connection: Connection, *, now: datetime) -> Health:
    """How everything stands."""
    fresh = freshness(connection, now=now, before=now)
    rows = connection.execute(text("SELECT feed_id, health FROM feed_health"))
    states = Counter(source_state(row.health, fresh.sources.get(row.feed_id)) for row in rows)
    return Health(now, vitals(connection, now=now), {state: states[state] for state in STATES}, fresh.everything)


def verdict(health: Health) -> tuple[Verdict, str]:
    """The verdict, and the line to print: what is the matter, how the sources are, and the numbers."""
    measures = list(_measures(health))
    worst = max(measure.verdict for measure in measures)
    trouble = [measure.words for measure in measures if measure.verdict is not Verdict.OK]
    sources = ", ".join(f"{count} {state}" for state, count in health.sources.items() if count)
    said = "; ".join([*trouble, f"sources: {sources or 'none listed'}"])
    return worst, f"RASID {worst.name} - {said} | {' '.join(measure.perfdata() for measure in measures)}"


def _measures(health: Health) -> Iterator[_Measure]:
    seen = health.vitals
    minutes = timedelta(minutes=1).total_seconds()
    overdue, owed = health.seconds_since(seen.feeds_due_since), health.seconds_since(seen.owed_since)
    polled = sum(health.sources[state] for state in (*TROUBLED, "healthy", "slow"))
    bad = sum(health.sources[state] for state in TROUBLED)
    pace = {None: 0, "usual": 0, "slow": 1, "silent": 2}[health.pace]
    yield _Measure(
        "overdue", overdue, 15 * minutes, 30 * minutes, f"nobody has polled for {overdue / minutes:.0f} minutes", "s"
    )
    yield _Measure("silence", pace, 0, 1, "no fresh article, at an hour at which there should be one")
    yield _Measure("troubled", bad, 0.25 * polled, 0.6 * polled, f"{bad} of {polled} sources bring nothing")
    yield _Measure("backlog", owed, 120 * minutes, 720 * minutes, f"pages wait for {owed / minutes:.0f} minutes", "s")
    yield _Measure("owed", sum(seen.owed.values()), None, None, "")
    yield _Measure("parked", seen.parked, None, None, "")
    yield _Measure("size", seen.bytes, None, None, "", "B")


def families(health: Health) -> Iterator[GaugeMetricFamily]:
    """The same in metrics, all of them gauges, so that both of Prometheus' formats can hold them."""
    seen = health.vitals
    labelled: list[tuple[str, str, str, Mapping[str, int]]] = [
        ("rasid_sources", "Sources by state.", "state", health.sources),
        ("rasid_pages_owed", "Pages that are due, by what they are owed.", "stage", seen.owed),
        ("rasid_polls_last_hour", "Polls of the last hour by outcome.", "outcome", seen.polls),
    ]
    for name, meaning, label, values in labelled:
        family = GaugeMetricFamily(name, meaning, labels=[label])
        for value, count in values.items():
            family.add_metric([value], count)
        yield family
    for name, meaning, read in _SINGLE:
        number = read(health)
        if number is not None:
            yield GaugeMetricFamily(name, meaning, value=number)


class Gathered(Collector):
    """What a registry asks for the metrics."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The metrics as they stood when they were looked at."""
        return families(self._health)


def _stamp(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


_SINGLE: tuple[tuple[str, str, Callable[[Health], float | None]], ...] = (
    (
        "rasid_poll_overdue_seconds",
        "How long the longest overdue poll waits.",
        lambda one: one.seconds_since(one.vitals.feeds_due_since),
    ),
    (
        "rasid_page_overdue_seconds",
        "How long the longest overdue page waits.",
        lambda one: one.seconds_since(one.vitals.owed_since),
    ),
    ("rasid_last_poll_timestamp_seconds", "When a feed was last polled.", lambda one: _stamp(one.vitals.last_poll_at)),
    (
        "rasid_last_article_timestamp_seconds",
        "When an article was last stored.",
        lambda one: _stamp(one.vitals.last_article_at),
    ),
    (
        "rasid_silent",
        "1 where nothing new comes at an hour at which it should.",
        lambda one: float(one.pace == "silent"),
    ),
    ("rasid_pages_parked", "Pages that were given up.", lambda one: one.vitals.parked),
    ("rasid_articles", "Current articles.", lambda one: one.vitals.articles),
    ("rasid_incident_reports", "Current incident reports.", lambda one: one.vitals.reports),
    ("rasid_database_bytes", "Size of the database.", lambda one: one.vitals.bytes),
)

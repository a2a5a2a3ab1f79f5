"""Events: one line each, with keys, for readers and for machines, and in the log of the run."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from flows import logs
from flows.settings import Settings

HOSTILE = 'a\n2026 level=error event="forged"'


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    logger = logging.getLogger(logs.LOGGER)
    before = (logger.handlers, logger.level, logger.propagate)
    yield
    logger.handlers, logger.propagate = before[0], before[2]
    logger.setLevel(before[1])
    structlog.reset_defaults()


class _Run(logging.Handler):
    """Stands where Prefect's handler does that fills a run's log."""

    said: list[str] = []  # noqa: RUF012 - shared by copies, as Prefect's queue is

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.said.append(self.format(record))


def test_event_is_one_line_with_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """No value can forge a second line, in either format; the machines' line is an object."""
    for form in ("text", "json"):
        logs.configure(Settings(log_format=form))
        structlog.get_logger().info("feed failed", url=HOSTILE, reason="dns")
    text, line = capsys.readouterr().err.splitlines()
    assert 'event="feed failed"' in text
    assert "reason=dns" in text
    told = json.loads(line)
    assert (told["event"], told["url"], told["level"]) == ("feed failed", HOSTILE, "info")


def test_events_reach_the_log_of_the_run() -> None:
    """What Prefect hung on the logger stays there, and reads the event in words, without time and level."""
    logging.getLogger(logs.LOGGER).addHandler(_Run())
    for _ in range(2):  # every flow configures its process
        logs.configure(Settings())
    structlog.get_logger().info("cycle ended", feeds=6)
    assert _Run.said == ['event="cycle ended" feeds=6']


def test_prefects_lines_are_objects_too() -> None:
    """Machines read one form of line, whoever wrote it, with the run that it is about."""
    record = logging.LogRecord("prefect.flow_runs", logging.INFO, "", 0, "Finished in %s", ("Completed",), None)
    record.flow_run_name = "ingest 2026-03-01 12:00"
    told = json.loads(logs.MachineLines("default", None, "%").format(record))
    assert (told["event"], told["level"]) == ("Finished in Completed", "info")
    assert told["flow_run_name"] == "ingest 2026-03-01 12:00"

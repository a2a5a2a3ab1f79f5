"""The tables that operators see."""

from datetime import datetime

import pytest
from sqlalchemy import Connection

from db.feeds import FeedSpec, add_feeds, set_state
from flows.artifacts import plain, source_rows, source_state
from flows.steps.freshness import Pace


@pytest.mark.parametrize(
    "hostile",
    [
        "[click](javascript:alert(1))",
        "<script>alert(1)</script>",
        "`rm`",
        "**bold**",
        "# heading",
        "a\nb\x1b[31m",
        "|x|",
    ],
)
def test_nothing_in_a_cell_is_markup(hostile: str) -> None:
    """What a page or feed says stays text in both of the UI's ways of showing it."""
    assert not set(plain(hostile)) & set("[]<>`*#|\\\n\x1b")


def test_sources_are_told_worst_first_with_what_to_do(connection: Connection, now: datetime) -> None:
    """An operator reads what is wrong before what is well, and what to do about it."""
    specs = [FeedSpec(f"https://{name}.example/feed", publisher=name) for name in ("a", "b")]
    add_feeds(connection, specs, now=now)
    set_state(connection, specs[1].url, "paused", now=now, reason="asked to")
    rows = source_rows(connection, {})
    assert [(row["source"], row["state"], row["why"]) for row in rows] == [
        ("b", "paused", "asked to"),
        ("a", "new", ""),
    ]
    assert "resume" in rows[0]["what to do"]
    assert rows[1]["since"] == "2026-03-01 12:00"


@pytest.mark.parametrize(
    ("health", "pace", "state"),
    [
        ("healthy", "usual", "healthy"),
        ("healthy", "slow", "slow"),
        ("healthy", "silent", "silent"),
        ("silent", "usual", "healthy"),
        ("silent", None, "silent"),
        ("refused", "silent", "refused"),
        ("gone", None, "dead"),
    ],
)
def test_silence_is_judged_by_the_hours_of_the_source(health: str, pace: Pace | None, state: str) -> None:
    """A weekly that rests is healthy, a daily that stopped this morning is silent; what fails is not called silent."""
    assert source_state(health, pace) == state

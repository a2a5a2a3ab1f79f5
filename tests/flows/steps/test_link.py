"""Linking as a step: what a cycle and a re-extraction leave linked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from flows.steps.link import link, rebuild
from flows.steps.replay import ReplayPlan, replay
from flows.steps.workshop import Workshop
from tests.flows.steps.factories import NOW, no_incident
from tests.flows.steps.test_cycle import cycle, listed, serve
from tests.flows.web.fault_server import FaultServer


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def owed(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM extractions WHERE linked_at IS NULL")).scalar_one())


def test_a_cycle_leaves_nothing_to_link(engine: Engine, server: FaultServer) -> None:
    """Every article that a cycle brings has its story when the cycle ends, with an incident or without."""
    listed(engine, serve(server, "/feed", 1, 2, 3))
    cycle(engine)
    with engine.connect() as connection:
        stories = connection.execute(text("SELECT story_id FROM article_copies")).scalars().all()

    assert owed(engine) == 0
    assert len(stories) == 3
    assert link(engine, clock=lambda: NOW).pages == 0


def test_coding_anew_is_followed_by_linking(engine: Engine, server: FaultServer) -> None:
    """What a new version of the extractors changes is linked at the end of the run."""
    listed(engine, serve(server, "/feed", 1))
    cycle(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM extractions"))
    with Workshop(no_incident, "x2", 0) as workshop:
        replay(ReplayPlan(everything=True), engine, workshop, clock=lambda: NOW)

    assert owed(engine) == 0
    assert rebuild(engine, clock=lambda: NOW).pages == 1

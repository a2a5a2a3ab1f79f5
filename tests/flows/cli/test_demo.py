"""The demo, to its end."""

import pytest
from sqlalchemy import Connection, text

from flows.cli.demo import queries
from tests.flows.cli.conftest import Rasid


@pytest.mark.slow
def test_demo_shows_incidents_and_queries(rasid: Rasid) -> None:
    """Whoever tries Rasid sees incidents with their passages, and queries to go on with, on no network at all."""
    code, out, errors = rasid("demo")
    assert (code, errors) == (0, "")
    assert "incidents new" in out
    assert "passage" in out
    assert [query for query in queries() if query.splitlines()[0] not in out] == []


@pytest.mark.parametrize("query", queries())
def test_shown_queries_run(connection: Connection, query: str) -> None:
    """A query that is shown can be typed."""
    connection.execute(text(query))

"""Synthetic incidents: what speed is measured on."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from flows.steps.link import link

DEPLOY = Path(__file__).parent.parent / "deploy"


def _run(script: str, database_url: str, *given: str) -> str:
    command = [sys.executable, str(DEPLOY / script), "--database-url", database_url, *given]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=100).stdout


def _count(connection: Connection, table: str, condition: str = "true") -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table} WHERE {condition}")).scalar_one())


def test_synthetic_incidents_are_those_of_the_service(engine: Engine, database_url: str, now: datetime) -> None:
    """What is filled in has every row that linking and the documented queries read; what is owed is linked as news is."""
    assert "300 incidents in" in _run("make_synthetic.py", database_url, "--incidents", "300", "--owed", "40")
    with engine.connect() as connection:
        assert (_count(connection, "incidents"), _count(connection, "reports")) == (260, 375)
        assert (
            _count(connection, "clues") == _count(connection, "fingerprints") == _count(connection, "incident_members")
        )
        assert _count(connection, "pg_indexes", "indexname = 'ix_clues_blocks'") == 1

    assert link(engine, clock=lambda: now).reports == 50
    with engine.connect() as connection:
        assert 290 <= _count(connection, "incidents") <= 310
    told = _run("time_queries.py", database_url, "--runs", "2", "--limit", "5000")
    assert told.count("\n") > 20

"""Backup and restore as deploy/README.md tells them."""

import subprocess
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from db.engine import libpq_url, make_engine
from db.migrate import check, upgrade
from flows.clock import utc_now
from flows.services.postgres import EmbeddedPostgres
from tests.db.rows import snapshot, through


@pytest.mark.timeout(300)
def test_what_was_dumped_comes_back(
    postgres: EmbeddedPostgres, engine: Engine, database_url: str, worker_id: str, tmp_path: Path
) -> None:
    """A restored database holds every row, passes for the newest schema, and its views and rights work."""
    with engine.begin() as connection:
        through(connection, utc_now())
        before = snapshot(connection)
    name, dump = f"restored_{worker_id}", tmp_path / "rasid.dump"
    url = postgres.url(name, role="rasid")
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name} OWNER rasid")
        dumping = [postgres.program("pg_dump"), "--format=custom", f"--file={dump}", libpq_url(database_url)]
        subprocess.run(dumping, check=True)
        restoring = [postgres.program("pg_restore"), "--no-owner", "--exit-on-error"]
        subprocess.run([*restoring, f"--dbname={url}", dump], check=True)
        restored = make_engine(url)
        try:
            upgrade(restored)
            check(restored)
            with restored.connect() as connection:
                assert snapshot(connection) == before
                assert connection.execute(text("SELECT count(*) FROM incident_reports")).scalar_one() > 0
                assert connection.execute(text(_MAY_READ)).scalar_one()
        finally:
            restored.dispose()
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


_MAY_READ = "SELECT has_table_privilege('rasid_analyst', 'incident_reports', 'SELECT')"

"""`rasid status`: what there is, what is going on, and which sources need a look."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import text

from flows.artifacts import source_rows
from flows.cli.show import console, table
from flows.clock import utc_now
from flows.services.database import opened
from flows.services.locks import holder
from flows.settings import Settings
from flows.steps.freshness import freshness

_COUNTS = text("""
SELECT
    (SELECT count(*) FROM articles WHERE is_current) AS articles,
    (SELECT count(*) FROM incident_reports) AS reports,
    (SELECT count(*) FROM parked_pages) AS parked,
    (SELECT count(*) FROM pages WHERE due_at <= now()) AS waiting,
    (SELECT max(last_poll_at) FROM feeds) AS last_poll,
    (SELECT min(next_poll_at) FROM feeds WHERE state IN ('active', 'gone')) AS next_poll
""")
_TOLD = ("source", "state", "since", "why", "what to do", "address")


def status() -> None:
    """Show what is stored, whether the service runs, and the sources that need a look."""
    settings = Settings.load()
    process = holder(settings.home)
    with opened(settings) as engine, engine.connect() as connection:
        counts = dict(connection.execute(_COUNTS).mappings().one())
        now = utc_now()
        sources = source_rows(connection, freshness(connection, now=now, before=now).sources)
    health = ", ".join(f"{count} {state}" for state, count in Counter(row["state"] for row in sources).most_common())
    console().print(_overview(counts, health, process))
    troubled = [[row[name] for name in _TOLD] for row in sources if row["state"] not in {"healthy", "new"}]
    if troubled:
        console().print()
        console().print(table(("source", "state", "since (UTC)", "why", "what to do", "address"), troubled))


def _overview(counts: Mapping[str, object], health: str, process: str | None) -> object:
    return table(
        ("", ""),
        [
            ("service", f"running (process {process})" if process else "not running in this home"),
            ("feeds", health or "none: rasid feeds add, rasid feeds import, or rasid up for the shipped catalogue"),
            ("last poll", counts["last_poll"] or "none"),
            ("next poll", counts["next_poll"] or "none"),
            ("articles", counts["articles"]),
            ("incident reports", counts["reports"]),
            ("pages waiting", counts["waiting"]),
            ("pages parked", counts["parked"]),
        ],
    )

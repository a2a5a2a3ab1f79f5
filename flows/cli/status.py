"""`rasid status`: what there is, what is going on, and which sources need a look."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from flows.cli.show import console, table
from flows.services.database import opened
from flows.services.locks import holder
from flows.settings import Settings

_COUNTS = text("""
SELECT
    (SELECT count(*) FROM articles WHERE is_current) AS articles,
    (SELECT count(*) FROM incident_reports) AS reports,
    (SELECT count(*) FROM parked_pages) AS parked,
    (SELECT count(*) FROM pages WHERE due_at <= now()) AS waiting,
    (SELECT max(last_poll_at) FROM feeds) AS last_poll,
    (SELECT min(next_poll_at) FROM feeds WHERE state IN ('active', 'gone')) AS next_poll
""")
_HEALTH = text("SELECT health, count(*) FROM feed_health GROUP BY health ORDER BY count(*) DESC, health")
_TROUBLED = text("""
SELECT publisher, health, since, why, url FROM feed_health
WHERE health NOT IN ('healthy', 'new') ORDER BY health, since, url
""")


def status() -> None:
    """Show what is stored, whether the service runs, and the sources that need a look."""
    settings = Settings.load()
    process = holder(settings.home)
    with opened(settings) as engine, engine.connect() as connection:
        counts = dict(connection.execute(_COUNTS).mappings().one())
        health = ", ".join(f"{count} {state}" for state, count in connection.execute(_HEALTH))
        console().print(_overview(counts, health, process))
        _show_troubled(connection)


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


def _show_troubled(connection: Connection) -> None:
    troubled = connection.execute(_TROUBLED).all()
    if troubled:
        console().print()
        console().print(table(("publisher", "state", "since (UTC)", "why", "address"), troubled))

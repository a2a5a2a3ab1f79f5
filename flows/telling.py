"""How fresh the sources are, told to Prefect as events: alerts wait for them."""

from prefect.events import emit_event
from sqlalchemy import Connection, text

from flows.artifacts import moment, plain
from flows.steps.freshness import Freshness

FRESH = "rasid.freshness.ok"
FELL_SILENT = "rasid.source.silent"

_SILENT = text("SELECT id, publisher, title, url, last_new_at, added_at FROM feeds WHERE id = ANY(:ids) ORDER BY id")


def tell_freshness(connection: Connection, fresh: Freshness) -> None:
    """Say that news comes as it should, unless it does not; and name each source that fell silent since last time.

    Where no source is active, nothing is expected and nothing is amiss.
    """
    if fresh.everything != "silent":
        emit_event(FRESH, resource={"prefect.resource.id": "rasid.ingest", "prefect.resource.name": "ingest"})
    for feed in connection.execute(_SILENT, {"ids": list(fresh.fell_silent)}):
        name = plain(feed.publisher or feed.title or feed.url)
        emit_event(
            FELL_SILENT,
            resource={"prefect.resource.id": f"rasid.source.{feed.id}", "prefect.resource.name": name},
            payload={"url": feed.url, "since": moment(feed.last_new_at or feed.added_at)},
        )

"""`rasid migrate`: the database made ready, as a step of its own."""

from db.feeds import sync_catalogue
from db.migrate import head
from flows.catalogue.sources import shipped
from flows.catalogue.specs import feed_specs
from flows.cli.show import console
from flows.clock import utc_now
from flows.services.database import migrated
from flows.settings import Settings


def migrate() -> None:
    """Bring the database to this version's schema, and list the feeds of the shipped catalogue.

    It may be run at any time and by several at once: one migrates, the others wait for it. A database that is newer
    than this version is refused. `rasid up` does the same when it starts.
    """
    settings = Settings.load()
    with migrated(settings) as engine, engine.begin() as connection:
        specs = feed_specs(shipped()) if settings.shipped_feeds else ()
        change = sync_catalogue(connection, specs, now=utc_now())
    console().print(f"at revision {head()}; feeds of the catalogue: {change.added} added, {change.changed} changed")

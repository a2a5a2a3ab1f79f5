"""`rasid feeds`: the list of sources."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from db.feeds import FeedState, add_feeds, feed_ids, set_state
from db.feeds import list_feeds as listed
from flows.catalogue.opml import parse_opml, write_opml
from flows.catalogue.sources import Source
from flows.catalogue.specs import feed_address, feed_specs
from flows.catalogue.zones import zone_of
from flows.cli.errors import CommandError
from flows.cli.fetch import read_file_or_url
from flows.cli.show import console, table
from flows.clock import utc_now
from flows.services.database import opened
from flows.settings import Settings

app = typer.Typer(
    help="The list of sources: list, add, remove, pause, resume, import, export (OPML).",
    no_args_is_help=True,
)

Url = Annotated[str, typer.Argument(metavar="URL", help="The feed's address.", show_default=False)]
Why = Annotated[str | None, typer.Option("--reason", help="Why, for whoever looks at the list later.")]


@app.command("list")
def list_feeds(*, everything: Annotated[bool, typer.Option("--all", help="Removed ones too.")] = False) -> None:
    """Show every feed with its state."""
    with opened(Settings.load()) as engine, engine.connect() as connection:
        rows = [
            (
                feed.publisher or feed.title,
                feed.country,
                feed.state,
                feed.last_outcome or "not polled yet",
                feed.last_poll_at,
                feed.url,
            )
            for feed in listed(connection, removed=everything)
        ]
    console().print(table(("publisher", "country", "state", "last poll", "at (UTC)", "address"), rows))
    console().print(f"{len(rows)} feeds")


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The feed's address, or its site's.", show_default=False)],
    *,
    publisher: Annotated[str | None, typer.Option(help="Who publishes it, by name.")] = None,
    country: Annotated[str | None, typer.Option(help="The publisher's country, ISO 3166-1 alpha-2.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Its IANA time zone; by default the country's.")] = None,
    as_is: Annotated[bool, typer.Option("--as-is", help="Add the address itself, without asking it first.")] = False,
) -> None:
    """Add a feed, due at once; a removed one comes back. Of a home page the best of its feeds or news sitemaps."""
    from flows.cli.discover import discovered

    country = country.upper() if country else None
    settings = Settings.load()
    with opened(settings) as engine:
        with engine.connect() as connection:
            known = feed_ids(connection, [feed_address(url)])
        found = None if known or as_is else discovered(url, settings)
        address = found.url if found else url
        source = Source(address, publisher, None, country, timezone or zone_of(country))
        with engine.begin() as connection:
            added = add_feeds(connection, feed_specs((source,)), now=utc_now())
    console().print("added" if added else "already listed")


@app.command("remove")
def remove(url: Url, reason: Why = None) -> None:
    """Take a feed off the list. What it brought stays."""
    _set_state(url, "removed", reason)


@app.command("pause")
def pause(url: Url, reason: Why = None) -> None:
    """Poll a feed no more until it is resumed."""
    _set_state(url, "paused", reason)


@app.command("resume")
def resume(url: Url) -> None:
    """Poll a paused or gone feed again, at once."""
    _set_state(url, "active", None)


@app.command("import")
def import_opml(source: Annotated[str, typer.Argument(metavar="FILE-OR-URL", show_default=False)]) -> None:
    """Add the feeds of an OPML list."""
    sources = parse_opml(read_file_or_url(source, Settings.load()))
    added = _add(sources)
    console().print(f"{added} added, {len(sources) - added} already listed")


@app.command("export")
def export_opml(
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="By default standard output.")] = None,
) -> None:
    """Write the list as OPML."""
    with opened(Settings.load()) as engine, engine.connect() as connection:
        feeds = [
            Source(feed.url, feed.publisher or feed.title, None, feed.country, feed.timezone)
            for feed in listed(connection)
        ]
    document = write_opml(feeds)
    if target is None:
        sys.stdout.buffer.write(document)
    else:
        target.write_bytes(document)


def _add(sources: tuple[Source, ...]) -> int:
    specs = feed_specs(sources)
    with opened(Settings.load()) as engine, engine.begin() as connection:
        return len(add_feeds(connection, specs, now=utc_now()))


def _set_state(url: str, state: FeedState, reason: str | None) -> None:
    address = feed_address(url)
    with opened(Settings.load()) as engine, engine.begin() as connection:
        if not set_state(connection, address, state, now=utc_now(), reason=reason):
            raise CommandError(f"no such feed: {address}")
    console().print(f"{state}: {address}", soft_wrap=True)

"""`rasid ingest`: one cycle in the foreground."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine

from db.feeds import add_feeds, feed_ids, list_feeds, sync_catalogue
from flows.catalogue.opml import parse_opml
from flows.catalogue.sources import Source, shipped
from flows.catalogue.specs import feed_specs
from flows.cli.errors import FAILED
from flows.cli.fetch import read_file_or_url
from flows.cli.progress import shown
from flows.cli.show import console, table
from flows.clock import utc_now
from flows.services.database import migrated
from flows.settings import Settings
from flows.steps.cycle import run_cycle
from flows.steps.plan import CyclePlan
from flows.steps.report import CycleReport
from flows.steps.workshop import extractors_workshop
from flows.summary import summary


def ingest(
    *,
    opml: Annotated[
        list[str] | None, typer.Option(metavar="FILE-OR-URL", help="Poll the feeds of this list.", show_default=False)
    ] = None,
    feed: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="Poll this feed; may be repeated.", show_default=False)
    ] = None,
    allow_private_hosts: Annotated[
        bool, typer.Option("--allow-private-hosts", help="Also fetch from loopback and private addresses.")
    ] = False,
    host_delay: Annotated[
        float | None, typer.Option(min=0, max=600, help="Least seconds between two requests to one host.")
    ] = None,
    host_connections: Annotated[
        int | None, typer.Option(min=1, max=64, help="Connections to one host at once.")
    ] = None,
) -> int:
    """Run one cycle: poll the feeds named, or all that are due; fetch their new pages; extract.

    Feeds that are named and not yet listed are added. Ends with 0 though some feeds failed, with 1 where none could be
    polled.
    """
    given = {"host_delay": host_delay, "host_connections": host_connections}
    changed = {name: value for name, value in given.items() if value is not None}
    settings = Settings.load()
    settings = settings.model_copy(
        update={**changed, "allow_private_hosts": allow_private_hosts or settings.allow_private_hosts}
    )
    sources = [source for name in opml or () for source in parse_opml(read_file_or_url(name, settings))]
    sources += [Source(url) for url in feed or ()]
    with migrated(settings, pool_size=10) as engine:
        if not sources:
            _list_catalogue_if_empty(engine)
        report = cycle(engine, settings, _named(engine, sources) if sources else None, console())
    show(report, console())
    return 0 if report.worked else FAILED


def cycle(engine: Engine, settings: Settings, only: Sequence[int] | None, output: Console) -> CycleReport:
    """One cycle over the feeds with these ids, due or not, or over all that are due; shown while it runs."""
    plan = CyclePlan(policy=settings.web_policy(), feeds=only)
    with extractors_workshop(settings.processes) as workshop, shown(output) as tell:
        return run_cycle(plan, engine, progress=tell, workshop=workshop)


def show(report: CycleReport, output: Console) -> None:
    """The closing summary, and each failed feed with its reason."""
    output.print(table(("outcome", "count"), summary(report)))
    for failed in report.failed_feeds:
        reason = ": ".join(filter(None, (failed.reason, failed.detail)))
        output.print(f"failed: {failed.url}: {reason}", markup=False, soft_wrap=True)
    if report.note:
        output.print(f"ended early: {report.ended}: {report.note}", markup=False)


def _named(engine: Engine, sources: Sequence[Source]) -> list[int]:
    specs = feed_specs(sources)
    with engine.begin() as connection:
        add_feeds(connection, specs, now=utc_now())
        return list(feed_ids(connection, [spec.url for spec in specs]).values())


def _list_catalogue_if_empty(engine: Engine) -> None:
    with engine.begin() as connection:
        if not list_feeds(connection, removed=True):
            sync_catalogue(connection, feed_specs(shipped()), now=utc_now())

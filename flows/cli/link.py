"""`rasid link`: reports to incidents."""

import time
from typing import Annotated

import typer
from rich.console import Console

from db.linking.run import LinkCounts
from flows.cli.show import console, table
from flows.services.database import migrated
from flows.settings import Settings
from flows.steps.link import link as link_owed
from flows.steps.link import rebuild as link_anew

_LINE_SECONDS = 5.0


def link(
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Link everything anew; incidents keep their numbers, decisions hold.")
    ] = False,
) -> int:
    """Link the reports that were coded since to incidents: those of other articles, or new ones.

    Every ingest ends with this; by hand it is for decisions made in SQL, and after an upgrade with --rebuild.
    """
    run = link_anew if rebuild else link_owed
    with migrated(Settings.load()) as engine:
        counts = run(engine, tell=_Lines(console()))
    show(counts, console())
    return 0


def show(counts: LinkCounts, output: Console) -> None:
    """What was done, line by line."""
    rows = [
        ("pages", counts.pages),
        ("reports", counts.reports),
        ("links between reports", counts.links),
        ("incidents new", counts.opened),
        ("incidents merged", counts.merged),
        ("incidents split", counts.split),
        ("states recorded", counts.states),
    ]
    output.print(table(("outcome", "count"), rows))


class _Lines:
    """A line now and then."""

    def __init__(self, output: Console) -> None:
        self._output, self._last = output, time.monotonic()

    def __call__(self, counts: LinkCounts) -> None:
        if time.monotonic() - self._last >= _LINE_SECONDS:
            self._last = time.monotonic()
            self._output.print(f"{counts.pages} pages, {counts.reports} reports, {counts.opened} incidents new")

"""`rasid extract`: code stored articles anew."""

import time
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.errors import FAILED
from flows.cli.show import console, table
from flows.services.database import migrated
from flows.settings import Settings
from flows.steps.replay import ReplayPlan, ReplayReport, replay
from flows.steps.workshop import extractors_workshop

_LINE_SECONDS = 5.0


def extract(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Read all stored pages anew first, and code every article.")
    ] = False,
    publisher: Annotated[str | None, typer.Option(help="Only articles of this publisher.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published on this day (UTC) or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published before this day (UTC).")
    ] = None,
) -> int:
    """Code stored articles anew, without the network: those that this version of the extractors has not coded yet.

    What comes out as before changes no row; what comes out otherwise supersedes what was there, which is kept.
    """
    settings = Settings.load()
    plan = ReplayPlan(everything, publisher, _utc(since), _utc(until))
    with migrated(settings, pool_size=8) as engine, extractors_workshop(settings.processes) as workshop:
        report = replay(plan, engine, workshop, tell=_Lines(console()))
    _show(report, console())
    return FAILED if report.note else 0


def _utc(day: datetime | None) -> datetime | None:
    return None if day is None else day.replace(tzinfo=UTC)


def _show(report: ReplayReport, output: Console) -> None:
    rows = [(f"pages read: {name}", count) for name, count in sorted(report.articles.items())]
    rows += [(f"articles coded: {name}", count) for name, count in sorted(report.codings.items()) if name != "reports"]
    rows += [("incidents in new and changed codings", report.codings["reports"])]
    output.print(table(("outcome", "count"), rows))
    if report.note:
        output.print(report.note, markup=False)


class _Lines:
    """A line now and then."""

    def __init__(self, output: Console) -> None:
        self._output, self._last = output, time.monotonic()

    def __call__(self, report: ReplayReport) -> None:
        if time.monotonic() - self._last >= _LINE_SECONDS:
            self._last = time.monotonic()
            self._output.print(f"{report.read} pages read, {report.coded} articles coded")

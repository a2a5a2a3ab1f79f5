"""`rasid parked`: pages that were given up after repeated failure, and another try for them."""

from collections.abc import Sequence
from typing import Annotated

import typer
from sqlalchemy import Connection

from db.pages import list_parked, retry_parked
from flows.cli.errors import WRONG, CommandError
from flows.cli.show import console, table
from flows.clock import utc_now
from flows.services.database import opened
from flows.settings import Settings

_COLUMNS = ("page", "publisher", "stage", "tries", "reason", "details", "parked (UTC)", "address")


def parked(
    pages: Annotated[
        list[int] | None, typer.Argument(metavar="PAGE", help="Pages by number; by default all.", show_default=False)
    ] = None,
    *,
    retry: Annotated[bool, typer.Option("--retry", help="Have them tried again with the next cycle.")] = False,
    host: Annotated[str | None, typer.Option(help="Those of one host.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many lines, the latest first.")] = 1000,
) -> None:
    """Show the pages that were given up, with why; with --retry have them tried again: all, a host's, or some."""
    host = host.lower().removeprefix("www.") if host else None
    with opened(Settings.load()) as engine, engine.begin() as connection:
        if retry:
            _retry(connection, pages, host)
        else:
            _show(connection, pages, host, limit)


def _retry(connection: Connection, pages: Sequence[int] | None, host: str | None) -> None:
    count = retry_parked(connection, now=utc_now(), pages=pages or None, host=host)
    if not count and (pages or host):
        raise CommandError("no such page is parked", WRONG)
    console().print(f"{count} pages will be tried again")


def _show(connection: Connection, pages: Sequence[int] | None, host: str | None, limit: int) -> None:
    found = list_parked(connection, limit=limit, pages=pages or None, host=host)
    rows = [
        (one.page_id, one.publisher, one.stage, one.attempts, one.reason, one.error, one.parked_at, one.url)
        for one in found
    ]
    if rows:
        console().print(table(_COLUMNS, rows))
    console().print(f"{len(rows)} pages parked")

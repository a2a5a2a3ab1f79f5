"""`rasid report`: the last days as one page for a browser."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from db.export import Selection
from flows.cli.errors import WRONG, CommandError
from flows.cli.selecting import Countries, Kinds, known_kinds
from flows.cli.show import console
from flows.clock import utc_now
from flows.services.database import opened
from flows.settings import Settings

MOST = 3000  # incidents in the table; a browser still scrolls through them
TELLINGS = 10  # reports of an incident that are shown


def report(
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days.")] = 7,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last of them; today (UTC).")] = None,
    output: Annotated[Path, typer.Option(help="File to write.")] = Path("rasid-report.html"),
    country: Countries = None,
    kind: Kinds = None,
) -> None:
    """Write the last days as one HTML page: a map, a timeline by type, and a table with sentences and links."""
    from db.overview import read_overview
    from flows.overview.page import overview_page

    now = utc_now()
    folder = output.expanduser().absolute().parent
    if not folder.is_dir():
        raise CommandError(f"there is no folder {folder}", WRONG)
    with opened(Settings.load()) as engine, engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        codes = [code.upper() for code in country or ()]
        selection = Selection(countries=codes, kinds=known_kinds(connection, kind or []))
        last = (until or now).date()
        since = last - timedelta(days=days - 1)
        overview = read_overview(connection, since, last, selection, most=MOST, tellings=TELLINGS)
    page = overview_page(overview, now=now, asked=", ".join((*selection.kinds, *codes)))
    with tempfile.TemporaryDirectory(prefix=".rasid-report-", dir=folder) as place:
        part = Path(place) / "report.html"  # it takes the place of the file when it is whole
        part.write_text(page, encoding="utf-8")
        part.replace(output.expanduser())
    console(errors=True).print(f"{overview.total} incidents in {output}")

"""`rasid export`: incidents as a file for a spreadsheet, a map or a data frame."""

import shutil
import sys
import tempfile
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from db.export import VIEWS, Selection, export_rows
from flows.cli.errors import WRONG, CommandError
from flows.cli.selecting import Countries, Kinds, known_kinds
from flows.cli.show import console
from flows.services.database import opened
from flows.settings import Settings


class Format(StrEnum):
    """Formats that can be written."""

    CSV = "csv"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    XLSX = "xlsx"


View = StrEnum("View", {name.upper(): name for name in VIEWS})  # type: ignore[misc]
_DAY = ["%Y-%m-%d"]


def export(
    format: Annotated[Format, typer.Option("--format", help="Format of the file.")] = Format.CSV,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="File to write; without it, standard output.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="First day of incidents.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="Last day of incidents.")] = None,
    country: Countries = None,
    kind: Kinds = None,
    view: Annotated[View, typer.Option(help="What to export.")] = View.INCIDENTS,  # type: ignore[attr-defined]
) -> None:
    """Write incidents to a file: rasid export --format xlsx --since 2026-01-01 --country SY --output syria.xlsx."""
    with opened(Settings.load()) as engine, engine.connect() as connection:
        selection = Selection(
            view.value,
            _day(since),
            _day(until),
            [code.upper() for code in country or ()],
            known_kinds(connection, kind or []),
        )
        count = _write(connection, selection, format, output)
    console(errors=True).print(f"{count} rows{f' in {output}' if output else ''}")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _write(connection: Connection, selection: Selection, chosen: Format, output: Path | None) -> int:
    """Through a file beside the one asked for, which takes its place when it is whole: nobody reads half an export."""
    from flows.exports import WRITERS

    folder = None if output is None else output.expanduser().absolute().parent
    if folder is not None and not folder.is_dir():
        raise CommandError(f"there is no folder {folder}", WRONG)
    with (
        tempfile.TemporaryDirectory(prefix=".rasid-export-", dir=folder) as place,
        export_rows(connection, selection) as (columns, rows),
    ):
        part = Path(place) / f"export.{chosen}"
        count = WRITERS[chosen](part, columns, rows)
        if output is None:
            with part.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
        else:
            part.replace(output.expanduser())
    return count

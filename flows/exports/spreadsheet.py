"""Rows for spreadsheets: CSV that opens with its Arabic right and runs no formula, and XLSX."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from db.export import Column

_FORMULA = frozenset("=+-@\t\r\n|＝＋－＠")
_LAST_ROW = 1_048_575  # of a sheet, under its headings
_LONGEST_CELL = 32_767


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> int:
    """UTF-8 with the mark by which Excel knows it. Text that a spreadsheet would run is led by an apostrophe."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for count, row in enumerate(rows, 1):  # noqa: B007 - counts
            writer.writerow([_csv_cell(value) for value in row])
    return count


def _csv_cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" \u200e\u200f\ufeff")[:1] in _FORMULA and value.strip() else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, list):
        return _csv_cell("; ".join(map(str, value)))
    return value


def write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> int:
    """A workbook whose text is text, times in UTC; a second sheet follows where the first is full."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    count = 0
    remaining = iter(rows)
    with xlsxwriter.Workbook(str(path), options) as book:
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        headings = book.add_format({"bold": True})
        while True:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [column.name for column in columns], headings)
            written = _fill(sheet, islice(remaining, _LAST_ROW), moments)
            count += written
            if written < _LAST_ROW:
                return count


def _fill(sheet: Any, rows: Iterator[tuple[Any, ...]], moments: Any) -> int:  # noqa: ANN401 - xlsxwriter is untyped
    number = 0
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, place, value.astimezone(UTC).replace(tzinfo=None), moments)
            elif isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value)
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, _text(value))
    return number


def _text(value: object) -> str:
    told = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return told[:_LONGEST_CELL]

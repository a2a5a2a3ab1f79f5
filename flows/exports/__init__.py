"""Rows -> a file of another program's: one module a format. Each holds a few rows at a time, however many there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from db.export import Column
from flows.exports.geojson import write_geojson
from flows.exports.parquet import write_parquet
from flows.exports.spreadsheet import write_csv, write_xlsx

Writer = Callable[[Path, Sequence[Column], Iterable[tuple[Any, ...]]], int]
"""Writes a file of these columns and rows and says how many rows there were."""

WRITERS: Mapping[str, Writer] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "geojson": write_geojson,
    "xlsx": write_xlsx,
}

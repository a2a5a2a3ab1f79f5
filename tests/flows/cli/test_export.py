"""Exports: what a spreadsheet, a map and a data frame get."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine

from db.export import Column
from flows.exports import WRITERS
from tests.db.analysis_stories import told_and_linked
from tests.flows.cli.conftest import Rasid

COLUMNS = [Column("n", "int8"), Column("told", "text"), Column("at", "timestamptz"), Column("day", "date")]
COLUMNS += [Column("sure", "bool"), Column("tags", "text[]")]
ROW = (1, "ضحايا", datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1), True, ["أ", "ب"])


@pytest.fixture
def filled(engine: Engine, now: datetime) -> None:
    with engine.begin() as connection:
        told_and_linked(connection, now)


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.usefixtures("filled")
def test_csv_on_standard_output(rasid: Rasid) -> None:
    """Without a file the rows go to standard output, and the count elsewhere."""
    code, out, errors = rasid("export")
    assert (code, errors) == (0, "7 rows\n")
    assert out.startswith("\ufeffincident_id,")
    rows = _csv(out)
    assert [row["country"] for row in rows].count("SY") == 4
    shot = next(row for row in rows if row["sub_event_type"] == "Attack")
    assert shot["evidence"].startswith("'=")  # what a spreadsheet would run is text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--country", "sy"), 4),
        (("--country", "SY", "--country", "FJ"), 5),
        (("--type", "political"), 3),
        (("--type", "accident", "--type", "Attack"), 3),
        (("--until", "2026-02-25"), 1),
        (("--since", "2026-02-26", "--country", "SY"), 3),
        (("--view", "incident_reports"), 9),
        (("--view", "acled_incidents", "--country", "SY", "--type", "Protests", "--since", "2026-02-01"), 1),
        (("--view", "plover_incidents", "--type", "crime"), 1),
    ],
)
def test_selections(rasid: Rasid, options: tuple[str, ...], count: int) -> None:
    """Countries, kinds and days select; several of one option add up, different options narrow."""
    code, out, _ = rasid("export", *options)
    assert (code, len(_csv(out))) == (0, count)


@pytest.mark.usefixtures("filled")
def test_every_format_holds_the_same_rows(rasid: Rasid, tmp_path: Path) -> None:
    """Whatever the format, it is the same incidents, with their Arabic and their places."""
    for name in WRITERS:
        assert rasid("export", "--format", name, "--output", str(tmp_path / f"out.{name}"))[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        f"out.{name}" for name in WRITERS
    )
    places = sorted(row["place"] for row in _csv((tmp_path / "out.csv").read_text("utf-8")))

    table = pq.read_table(tmp_path / "out.parquet")
    assert sorted(table.column("place").to_pylist()) == places
    assert table.schema.field("date_start").type == pa.date32()
    assert table.schema.field("first_reported_at").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("killed_best").type == pa.int64()

    features = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    assert sorted(feature["properties"]["place"] for feature in features) == places
    points = {one["properties"]["place_en"]: one["geometry"] for one in features}
    assert points["Damascus"] == {"type": "Point", "coordinates": [36.2765, 33.5138]}
    assert points["Syria"] is None  # a country alone has no point

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    header, *rows = sheet.iter_rows(values_only=True)
    assert sorted(row[header.index("place")] for row in rows) == places
    assert {row[header.index("date_start")] for row in rows} >= {datetime(2026, 2, 25)}  # noqa: DTZ001 - Excel's
    assert [row for row in rows if str(row[header.index("evidence")]).startswith("=")] != []  # text, and no formula


def test_wrong_wishes_are_told_in_a_line(rasid: Rasid, tmp_path: Path) -> None:
    """A kind that there is not is no empty file, and a folder that there is not no traceback."""
    assert rasid("export", "--type", "Riot")[0] == 2
    assert rasid("export", "--since", "yesterday")[0] == 2
    code, _, errors = rasid("export", "--output", str(tmp_path / "no" / "out.csv"))
    assert code == 2
    assert "no folder" in errors


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" \u200f+1", "' \u200f+1"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("- ثلاثة قتلى", "'- ثلاثة قتلى"),
        ("أ = ب", "أ = ب"),
        ("قال: «لا»، ومضى", "قال: «لا»، ومضى"),
    ],
)
def test_no_text_is_run_by_a_spreadsheet(tmp_path: Path, told: str, written: str) -> None:
    """Pages are hostile: their text must not become a formula on an analyst's machine."""
    WRITERS["csv"](tmp_path / "out.csv", COLUMNS, [(1, told, None, None, None, None)])
    assert next(iter(_csv((tmp_path / "out.csv").read_text("utf-8"))))["told"] == written


def test_values_keep_their_kind(tmp_path: Path) -> None:
    """Times are UTC, lists are parted by semicolons, what is unknown is empty; negative numbers are numbers."""
    WRITERS["csv"](tmp_path / "out.csv", COLUMNS, [ROW, (-2, None, None, None, False, None)])
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "1,ضحايا,2026-03-01T12:00:00Z,2026-03-01,true,أ; ب",
        "-2,,,,false,",
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_exports_of_any_length_take_little_memory(tmp_path: Path, name: str) -> None:
    """Rows are held a few at a time: a million take no more than ten thousand."""

    def rows(count: int) -> Iterator[tuple[Any, ...]]:
        return ((number, "ضحايا " * 40, *ROW[2:]) for number in range(count))

    def peak(count: int) -> int:
        tracemalloc.start()
        WRITERS[name](tmp_path / name, COLUMNS, rows(count))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(20_000) < 12_000_000

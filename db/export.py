"""What analysts take away: rows of a view by day, country and kind, read in one snapshot and never held all at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from sqlalchemy import Connection

BATCH = 2000
"""Rows that are held at once."""


class Column(NamedTuple):
    """A column of what is exported, with PostgreSQL's name of its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows: of incidents from `since` to `until` (both included), in any of the countries, of any of the kinds.

    countries: ISO 3166-1 alpha-2; kinds: names of domains, event types or sub-event types. Empty: all.
    """

    view: str = "incidents"
    since: date | None = None
    until: date | None = None
    countries: Sequence[str] = ()
    kinds: Sequence[str] = field(default=())


class _Shape(NamedTuple):
    """How a view calls what is selected by and ordered by."""

    first_day: str
    last_day: str
    country: str
    kinds: tuple[str, ...]
    order: tuple[str, ...]


_OURS = ("domain", "event_type", "sub_event_type")
_SHAPES: Mapping[str, _Shape] = {
    "incidents": _Shape("date_start", "date_end", "country", _OURS, ("date_start", "incident_id")),
    "incident_reports": _Shape("date_start", "date_end", "country", _OURS, ("date_start", "report_id")),
    "acled_incidents": _Shape("event_date", "event_date", "iso", _OURS[1:], ("event_date", "event_id_cnty")),
    "plover_incidents": _Shape("date_start", "date_end", "country", _OURS, ("date_start", "incident_id")),
}
VIEWS = tuple(_SHAPES)


@contextmanager
def export_rows(
    connection: Connection, selection: Selection
) -> Iterator[tuple[list[Column], Iterator[tuple[Any, ...]]]]:
    """The columns and the rows, oldest first; the rows come through a cursor of the server while the block runs."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    query, given = _query(selection)
    with driver.cursor("rasid_export") as cursor:
        cursor.itersize = BATCH
        cursor.execute(query, given)
        types = driver.adapters.types
        columns = [
            Column(one.name, _type_name(types.get(one.type_code), one.type_code)) for one in cursor.description or ()
        ]
        yield columns, iter(cursor)


def _type_name(info: psycopg.types.TypeInfo | None, number: int) -> str:
    if info is None:
        return "text"
    return f"{info.name}[]" if number == info.array_oid else info.name


def _query(selection: Selection) -> tuple[sql.Composed, dict[str, Any]]:
    shape = _SHAPES[selection.view]
    names = {name: sql.Identifier(value) for name, value in shape._asdict().items() if isinstance(value, str)}
    countries = "{country} = ANY (%(countries)s)"
    if shape.country == "iso":
        countries = "{country} IN (SELECT number FROM countries WHERE countries.country = ANY (%(countries)s))"
    kinds = sql.SQL(" OR ").join(sql.SQL("{} = ANY (%(kinds)s)").format(sql.Identifier(name)) for name in shape.kinds)
    conditions = [
        ("since", selection.since, sql.SQL("{last_day} >= %(since)s").format(**names)),
        ("until", selection.until, sql.SQL("{first_day} <= %(until)s").format(**names)),
        ("countries", list(selection.countries), sql.SQL(countries).format(**names)),
        ("kinds", list(selection.kinds), sql.SQL("({})").format(kinds)),
    ]
    asked = [(name, value, condition) for name, value, condition in conditions if value]
    query = sql.SQL("SELECT * FROM {view}{where} ORDER BY {order}").format(
        view=sql.Identifier(selection.view),
        where=sql.SQL(" WHERE ") + sql.SQL(" AND ").join(condition for _, _, condition in asked)
        if asked
        else sql.SQL(""),
        order=sql.SQL(", ").join(map(sql.Identifier, shape.order)),
    )
    return query, {name: value for name, value, _ in asked}

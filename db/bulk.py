"""Many rows -> one COPY: the cheapest way into PostgreSQL, with the same care for what it cannot hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import ARRAY, BigInteger, Connection, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.types import TypeDecorator

from db.schema import Base, StorableJson, StorableText, StorableTexts
from db.text import storable, storable_json

REFUSALS = (DataError, IntegrityError)
"""What is raised where the database refuses a row for what is in it."""

_NAMES = {"TIMESTAMP WITH TIME ZONE": "timestamptz", "DOUBLE PRECISION": "float8", "BYTEA": "bytea"}
_Clean = Callable[[Any], Any]


def new_ids(connection: Connection, model: type[Base], count: int) -> list[int]:
    """Numbers for rows that are about to be copied in."""
    table = _table(model)
    numbers = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    return list(connection.execute(numbers, {"table": table.name, "count": count}).scalars())


def copy_rows(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows that all have the same columns, as part of the connection's transaction.

    Raises what other statements raise: one of REFUSALS, or OperationalError for a server that is away or full.
    """
    if not rows:
        return
    names = tuple(rows[0])
    types, cleaners = _columns(_table(model), names)
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(_table(model).name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with _told_as_by_sqlalchemy(connection) as driver, driver.cursor() as cursor, cursor.copy(into) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row([clean(row[name]) for name, clean in zip(names, cleaners, strict=True)])


@contextmanager
def _told_as_by_sqlalchemy(connection: Connection) -> Iterator[psycopg.Connection]:
    """The driver's own connection, whose errors come out as those of any other statement."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        yield driver
    except OverflowError as error:  # a number that no column of its type can hold
        raise DataError("COPY", None, error) from error
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance("COPY", None, error, psycopg.Error, connection_invalidated=driver.closed) from error


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


@cache
def _columns(table: Table, names: tuple[str, ...]) -> tuple[list[str], list[_Clean]]:
    columns = [table.c[name] for name in names]
    return [_type_name(column.type) for column in columns], [_cleaner(column.type) for column in columns]


def _type_name(kind: Any) -> str:  # noqa: ANN401 - SQLAlchemy's types have no common public name
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, BigInteger):
        return "int8"
    if isinstance(plain, JSONB):
        return "jsonb"
    if isinstance(plain, ARRAY):
        return f"{_type_name(plain.item_type)}[]"
    name = str(plain.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    return _NAMES.get(name, name.lower())


def _cleaner(kind: Any) -> _Clean:  # noqa: ANN401 - as above
    if isinstance(kind, StorableText):
        return lambda value: None if value is None else storable(value)
    if isinstance(kind, StorableTexts):
        return lambda value: None if value is None else [storable(item) for item in value]
    if isinstance(kind, StorableJson):
        return storable_json
    return lambda value: value

"""The tables of countries and of other projects' terms are kept equal to the files beside this module."""

from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import Connection, Integer, inspect, or_
from sqlalchemy.dialects.postgresql import insert

from db.schema import Base
from db.tables import CountryRow, TypeCrosswalkRow

_FILES: tuple[tuple[str, type[Base]], ...] = (("countries.tsv", CountryRow), ("types.tsv", TypeCrosswalkRow))


def sync_crosswalks(connection: Connection) -> None:
    """Bring both tables up to the files; does nothing on a database without them. Rows are never deleted."""
    for name, model in _FILES:
        if inspect(connection).has_table(model.__tablename__):
            _sync(connection, model, list(_lines(name)))


def _lines(name: str) -> Iterator[list[str | None]]:
    text = files("db.crosswalks").joinpath(name).read_text("utf-8")
    return ([cell or None for cell in line.split("\t")] for line in text.splitlines() if not line.startswith("#"))


def _sync(connection: Connection, model: type[Base], lines: list[list[str | None]]) -> None:
    columns = list(model.__table__.columns)
    kinds = [int if isinstance(column.type, Integer) else str for column in columns]
    rows = [
        {
            column.name: None if cell is None else kind(cell)
            for column, kind, cell in zip(columns, kinds, line, strict=True)
        }
        for line in lines
    ]
    statement = insert(model)
    others = {column.name: statement.excluded[column.name] for column in columns[1:]}
    changed = or_(*(column.is_distinct_from(others[column.name]) for column in columns[1:]))
    upsert = statement.on_conflict_do_update(index_elements=[columns[0]], set_=others, where=changed)
    connection.execute(upsert, rows)

"""The base of all tables: names of constraints, and the kinds of columns that recur."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ARRAY, BigInteger, Dialect, Identity, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from db.text import storable, storable_json

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

MAX_URL_BYTES = 2600
"""Longer addresses are skipped with a reason: an index entry has no room for them, and no newspaper prints them."""


class StorableText(TypeDecorator[str]):
    """Text that the world wrote: cleaned at the border, so that no NUL or lone surrogate ever breaks a write."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The value, storable."""
        return None if value is None else storable(value)


class StorableTexts(TypeDecorator[Sequence[str]]):
    """A list of such texts."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> list[str] | None:  # noqa: ARG002
        """The values, storable."""
        return None if value is None else [storable(item) for item in value]


class StorableJson(TypeDecorator[Any]):
    """JSON whose strings are cleaned at the border."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """The value, storable."""
        return storable_json(value)


class Base(DeclarativeBase):
    """What every table is made from."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way of declaring it
        str: StorableText(),
        int: BigInteger(),
        datetime: TIMESTAMP(timezone=True),
        list[str]: StorableTexts(),
        dict[str, Any]: StorableJson(),
    }


key = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True, comment="Number of the row.")]

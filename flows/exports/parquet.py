"""Rows as Parquet: PostgreSQL's types kept, a few thousand rows in hand at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from db.export import Column

ROW_GROUP = 20_000
_TYPES: Mapping[str, pa.DataType] = {
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamptz": pa.timestamp("us", tz="UTC"),
    "text[]": pa.list_(pa.string()),
}


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> int:
    """A Parquet file compressed by zstd; times in UTC, to the microsecond."""
    schema = pa.schema([pa.field(column.name, _TYPES.get(column.type, pa.string())) for column in columns])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [
                pa.array(values, type=kind.type) for values, kind in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(group)
    return count


def _groups(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(rows)
    while group := list(islice(remaining, ROW_GROUP)):
        yield group

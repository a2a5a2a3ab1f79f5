"""Marks, by the thousand -> how a GIN index is asked for rows that have one of them."""

from collections.abc import Collection, Iterator

_CHUNK = 48

ROWS_OF_MARKS = """
SELECT DISTINCT found.{key} FROM unnest(CAST(:chunks AS text[])) AS chunk (marks)
CROSS JOIN LATERAL (
    SELECT {key} FROM {table} WHERE {column} && CAST(chunk.marks AS bigint[])
) AS found
"""
"""Asked for all at once, the index compares every row that it finds with every mark."""


def chunks(marks: Collection[int]) -> list[str]:
    """The marks as arrays in PostgreSQL's own writing, some in each."""
    return list(_chunks(sorted(marks)))


def _chunks(marks: list[int]) -> Iterator[str]:
    for start in range(0, len(marks), _CHUNK):
        yield "{" + ",".join(map(str, marks[start : start + _CHUNK])) + "}"

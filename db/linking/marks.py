"""Marks, by the thousand -> the rows that have one of them, by a GIN index."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import Connection, text

_CHUNK = 48  # asked for all at once, the index compares every row that it finds with every mark
# OFFSET 0: chunk by chunk by the index, not all rows held against all chunks.
_MARKED = """
SELECT DISTINCT found.{key} FROM unnest(CAST(:chunks AS text[])) AS chunk (marks)
CROSS JOIN LATERAL (
    SELECT {key} FROM {table} WHERE {column} && CAST(chunk.marks AS bigint[]){besides} OFFSET 0
) AS found
"""
_IN_TIME = " AND last_day >= :first AND first_day <= :last"
_QUERIES = {
    "fingerprints": text(_MARKED.format(table="fingerprints", key="page_id", column="bands", besides="")),
    "clues": text(_MARKED.format(table="clues", key="report_id", column="blocks", besides=_IN_TIME)),
}


def marked(
    connection: Connection, table: Literal["fingerprints", "clues"], marks: Collection[int], **days: int
) -> list[int]:
    """The keys of the rows of `table` that have one of the marks; of clues those alone that lie between two days.

    Keys alone: the planner, which cannot know how rare marks are, would read whole tables for the rows themselves.
    """
    ordered = sorted(marks)
    chunks = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    arrays = ["{" + ",".join(map(str, chunk)) + "}" for chunk in chunks]
    return [row[0] for row in connection.execute(_QUERIES[table], {"chunks": arrays, **days}).all()]

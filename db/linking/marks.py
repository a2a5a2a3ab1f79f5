"""Marks, by the thousand -> the rows that have one of them, by a GIN index."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import Connection, text

_CHUNK = 48  # asked for all at once, the index compares every row that it finds with every mark
_MARKED = """
SELECT DISTINCT found.{key} FROM unnest(CAST(:chunks AS text[])) AS chunk (marks)
CROSS JOIN LATERAL (SELECT {key} FROM {table} WHERE {column} && CAST(chunk.marks AS bigint[])) AS found
"""
_QUERIES = {
    "fingerprints": text(_MARKED.format(table="fingerprints", key="page_id", column="bands")),
    "clues": text(_MARKED.format(table="clues", key="report_id", column="blocks")),
}


def marked(connection: Connection, table: Literal["fingerprints", "clues"], marks: Collection[int]) -> list[int]:
    """The keys of the rows of `table` that have one of the marks.

    Keys alone: the planner, which cannot know how rare marks are, would read whole tables for the rows themselves.
    """
    ordered = sorted(marks)
    chunks = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    arrays = ["{" + ",".join(map(str, chunk)) + "}" for chunk in chunks]
    return list(connection.execute(_QUERIES[table], {"chunks": arrays}).scalars())

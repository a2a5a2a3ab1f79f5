"""Worked queries: one file each, whose first comment line is its title and whose further ones explain it."""

from importlib.resources import files
from typing import NamedTuple


class WorkedQuery(NamedTuple):
    """A query that the dictionary shows, the tests run and deploy/time_queries.py measures."""

    name: str
    title: str
    explanation: str
    statement: str


def worked_queries() -> list[WorkedQuery]:
    """All of them in their order."""
    found = (path for path in files("db.queries").iterdir() if path.name.endswith(".sql"))
    return [
        _read(path.name.removesuffix(".sql"), path.read_text("utf-8")) for path in sorted(found, key=lambda p: p.name)
    ]


def _read(name: str, text: str) -> WorkedQuery:
    lines = text.splitlines()
    told = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    statement = "\n".join(line for line in lines if not line.startswith("--"))
    return WorkedQuery(name, told[0], " ".join(told[1:]), statement.strip())

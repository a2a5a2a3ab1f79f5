"""The comments in the database -> a page that analysts read: views, tables, functions, and worked queries."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, text

from db.queries import WorkedQuery, worked_queries
from db.views import FOR_ANALYSTS

_HEAD = """# Data dictionary

What analysts see in Rasid's database, from the comments in the database itself. The role `rasid_analyst` reads all of
it and can change nothing. Times are UTC. Unknown is NULL and never 0.

Start with `incidents`: one row for each thing that happened. `incident_reports` has a row for each incident in each
article, and `incident_members` says which belong together and why. `event_types` defines the kinds.
"""
_COLUMNS = text("""
SELECT c.relname AS name, obj_description(c.oid) AS meaning, a.attname AS column_name,
    format_type(a.atttypid, a.atttypmod) AS type, col_description(c.oid, a.attnum) AS column_meaning
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid = ANY (SELECT to_regclass(name) FROM unnest(CAST(:names AS text[])) AS given (name))
ORDER BY array_position(CAST(:names AS text[]), c.relname::text), a.attnum
""")
_FUNCTIONS = text("""
SELECT p.proname AS name, pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result,
    obj_description(p.oid) AS meaning
FROM pg_proc AS p
WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
    AND has_function_privilege('public', p.oid, 'EXECUTE')
ORDER BY p.proname, p.oid
""")


def dictionary(connection: Connection) -> str:
    """The page in Markdown."""
    return "\n".join((_HEAD, *_relations(connection), *_functions(connection), *_queries(worked_queries())))


def _relations(connection: Connection) -> Iterator[str]:
    yield "## Views and tables\n"
    rows = connection.execute(_COLUMNS, {"names": list(FOR_ANALYSTS)})
    for (name, meaning), columns in groupby(rows, key=lambda row: (row.name, row.meaning)):
        yield f"### {name}\n\n{meaning}\n\n| column | type | meaning |\n|---|---|---|"
        yield from (f"| `{one.column_name}` | {_short(one.type)} | {_cell(one.column_meaning)} |" for one in columns)
        yield ""


def _functions(connection: Connection) -> Iterator[str]:
    yield "## Functions\n\n| function | gives | meaning |\n|---|---|---|"
    for one in connection.execute(_FUNCTIONS):
        yield f"| `{one.name}({_short(one.arguments)})` | {_cell(_short(one.result))} | {_cell(one.meaning)} |"
    yield ""


def _queries(queries: Sequence[WorkedQuery]) -> Iterator[str]:
    yield "## Worked queries\n"
    for one in queries:
        yield f"### {one.title}\n"
        if one.explanation:
            yield f"{one.explanation}\n"
        yield f"```sql\n{one.statement}\n```\n"


def _short(kind: str) -> str:
    return kind.replace("timestamp with time zone", "timestamptz").replace("double precision", "float8")


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("\n", " ")

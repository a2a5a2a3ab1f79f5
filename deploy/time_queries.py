"""Time the documented queries on a database filled by deploy/make_synthetic.py:

    python deploy/time_queries.py --database-url postgresql://… --runs 40

Each query is run with other countries, days, points and words each time, and its slowest twentieth told. Exits with 1
where that is over --limit milliseconds. Times are those of the whole query with all its rows, over one connection.
"""

import argparse
import random
import re
import statistics
import time
from datetime import date, timedelta

import psycopg
from sqlalchemy import make_url

from db.queries import worked_queries

COUNTRIES = ("SY", "IQ", "YE", "LB", "EG", "SD", "LY", "PS", "SA", "DZ", "MA", "TN", "JO", "SO")
NAMES = ("Syria", "Iraq", "Yemen", "Lebanon", "Egypt", "Sudan", "Libya", "Palestine", "Algeria", "Morocco", "Tunisia")
POINTS = (
    (33.5138, 36.2765),
    (33.5138, 36.2765),
    (15.3694, 44.191),
    (30.0444, 31.2357),
    (36.2021, 37.1343),
    (31.5, 34.47),
)
SHIFT_DAYS = 300


def vary(statement: str, dice: random.Random) -> str:
    """The same query for another country, another time and another place."""
    back = timedelta(days=dice.randrange(SHIFT_DAYS) - SHIFT_DAYS // 2)
    made = re.sub(r"'(\d{4}-\d\d-\d\d)", lambda day: f"'{date.fromisoformat(day[1]) + back}", statement)
    made = re.sub(r"'[A-Z]{2}'", lambda _: f"'{dice.choice(COUNTRIES)}'", made)
    made = made.replace("'Syria'", f"'{dice.choice(NAMES)}'")
    latitude, longitude = dice.choice(POINTS)
    return made.replace("33.5138, 36.2765", f"{latitude}, {longitude}")


def _milliseconds(connection: psycopg.Connection, statement: str) -> tuple[float, int]:
    began = time.perf_counter()
    rows = connection.execute(statement).fetchall()  # type: ignore[arg-type]
    return (time.perf_counter() - began) * 1000, len(rows)


def main() -> int:
    """Print a line for each query: median, 95th percentile, most rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--limit", type=float, default=100)
    given = parser.parse_args()
    dice = random.Random(1)  # noqa: S311 - no secrets here
    slow = 0
    url = make_url(given.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        count = connection.execute("SELECT count(*) FROM incidents").fetchone()
        print(f"{count[0] if count else 0} incidents; {given.runs} runs of each; milliseconds\n")
        print(f"{'query':32} {'median':>8} {'95th':>8} {'rows':>6}")
        for query in worked_queries():
            runs = [_milliseconds(connection, vary(query.statement, dice)) for _ in range(given.runs)]
            times = sorted(elapsed for elapsed, _ in runs)
            high = statistics.quantiles(times, n=20)[-1]
            slow += high > given.limit
            rows = max(rows for _, rows in runs)
            mark = "  slow" if high > given.limit else ""
            print(f"{query.name:32} {statistics.median(times):8.1f} {high:8.1f} {rows:6}{mark}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())

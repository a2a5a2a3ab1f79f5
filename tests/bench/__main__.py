"""Measure how fast Rasid is, on this machine, beside what bounds it:

    python -m tests.bench                  all of it: about an hour
    python -m tests.bench ingest coding    some of it
    python -m tests.bench --articles FILE  with the articles of a file: JSON lines, .gz or not

It makes its articles and pages, serves them on loopback and starts a PostgreSQL of its own. Exits with 1 where a figure
is not what it should be.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from tests.bench import growth, idle, ingest, linking, memory, polling, reading
from tests.bench.bench import Bench, bench
from tests.bench.figure import Figure, show

MEASUREMENTS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "coding": reading.measure,
    "ingest": ingest.measure,
    "polling": polling.measure,
    "idle": idle.measure,
    "linking": linking.measure,
    "growth": growth.measure,
    "memory": memory.measure,
}


def main() -> int:
    """Run what was asked for, and print a table after each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", nargs="*", choices=[*MEASUREMENTS, []], help="what to measure; all by default")
    parser.add_argument("--articles", type=Path, metavar="FILE", help="articles of others to measure with")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--many", type=int, default=30_000, help="articles while memory is watched")
    parser.add_argument("--stock", type=int, default=200_000, help="articles of a full database")
    given = parser.parse_args()
    console, reached = Console(), True
    with bench(given.pages, given.many, given.stock, given.articles) as room:
        for name in given.name or MEASUREMENTS:
            began = time.perf_counter()
            figures = list(MEASUREMENTS[name](room))
            console.print(f"\n{name}: {time.perf_counter() - began:.0f} s")
            reached = show(figures, console) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())

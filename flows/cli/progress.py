"""How a running cycle shows: bars on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.steps.report import CycleReport
from flows.steps.report import Progress as Tell

_LINE_SECONDS = 5.0


@contextmanager
def shown(console: Console) -> Iterator[Tell]:
    """What to tell of a cycle's counts while it runs; it shows them on the console."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        yield _Bars(bars)


def _done(report: CycleReport) -> tuple[tuple[str, int, int], ...]:
    """Each step with how much of it is done, and of how much."""
    read = sum(report.articles.values())
    return (
        ("feeds", sum(report.feeds.values()), report.feeds_claimed),
        ("pages", sum(report.pages.values()), report.pages_claimed),
        ("articles", read, max(read, report.pages.get("stored", 0))),
    )


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks = {name: bars.add_task(name, total=None) for name in ("feeds", "pages", "articles")}

    def __call__(self, report: CycleReport) -> None:
        for name, done, total in _done(report):
            self._bars.update(self._tasks[name], completed=done, total=total)


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console, self._last = console, time.monotonic()

    def __call__(self, report: CycleReport) -> None:
        if time.monotonic() - self._last >= _LINE_SECONDS:
            self._last = time.monotonic()
            self._console.print(", ".join(f"{name} {done} of {total}" for name, done, total in _done(report)))

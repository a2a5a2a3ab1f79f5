"""How commands speak: tables and lines for people, on a terminal or in a file, with Arabic left as it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

_WIDTH_ELSEWHERE = 200  # where there is no terminal to ask
_CUT_WIDTH = 32


def console(*, errors: bool = False) -> Console:
    """Where a command's words go; plain and wide where that is no terminal."""
    found = Console(stderr=errors, highlight=False, soft_wrap=False)
    return (
        found
        if found.is_terminal
        else Console(stderr=errors, highlight=False, width=_WIDTH_ELSEWHERE, color_system=None)
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, cut: str | None = None) -> Table:
    """A table whose cells are shown as they are: nothing that a page said is read as markup.

    The column `cut` has the width that is left, 32 at least, and what does not fit in it is cut off.
    """
    made = Table(header_style="bold", pad_edge=False, box=None, expand=cut in columns, show_header=any(columns))
    for column in columns:
        if column == cut:
            made.add_column(column, overflow="ellipsis", no_wrap=True, ratio=1, width=_CUT_WIDTH)
        else:
            made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(cell(value) for value in row))
    return made


def cell(value: object) -> str:
    """One value as text: nothing for unknown, minutes for moments, no control characters."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return escape("".join(letter if letter.isprintable() else " " for letter in str(value)))

"""How tables look where there is little room."""

import io

from rich.console import Console

from flows.cli.show import table


def _drawn(width: int, *, cut: str | None) -> list[str]:
    written = io.StringIO()
    made = table(("where", "who", "passage"), [("Deir ez-Zor, SY", "a, b, c " * 20, "x" * 200)], cut=cut)
    Console(file=written, width=width).print(made)
    return written.getvalue().splitlines()


def test_the_column_that_is_cut_keeps_some_room() -> None:
    """However much the others hold, a passage shows enough to be known by; on a wide terminal it gets what is left."""
    lines = _drawn(80, cut="passage")
    assert max(map(len, lines)) <= 80
    assert "x" * 31 + "…" in lines[1]
    assert "x" * 200 in _drawn(500, cut="passage")[1]


def test_nothing_is_lost_in_other_columns() -> None:
    """What does not fit is folded, not cut, where no column was named for that."""
    assert sum(line.count("x") for line in _drawn(80, cut=None)) == 200


def test_a_table_without_that_column_is_as_wide_as_it_needs() -> None:
    """Naming a column that is not there changes nothing."""
    assert _drawn(500, cut="evidence") == _drawn(500, cut=None)

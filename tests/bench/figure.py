"""What a measurement found, and the table of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `aim` is the least or the most that it should be; None where it is told alone."""

    name: str
    value: float
    unit: str = ""
    aim: float | None = None
    good: Literal["at least", "at most"] = "at least"
    note: str = ""

    @property
    def reached(self) -> bool:
        """Whether it is what it should be."""
        if self.aim is None:
            return True
        return self.value >= self.aim if self.good == "at least" else self.value <= self.aim


def show(figures: Iterable[Figure], console: Console) -> bool:
    """Print them; whether all are what they should be."""
    table = Table("figure", "measured", "aim", "")
    reached = True
    for figure in figures:
        aim = "" if figure.aim is None else f"{figure.good} {figure.aim:g} {figure.unit}".strip()
        reached = reached and figure.reached
        measured = f"{_number(figure.value)} {figure.unit}".strip()
        table.add_row(figure.name, measured, aim + ("" if figure.reached else "  missed"), figure.note)
    console.print(table)
    return reached


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"

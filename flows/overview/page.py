"""An overview -> a self-contained HTML page: a map, a timeline, a table.

Titles and passages come from pages of others. All text is escaped by the template, addresses are links only where they
are http, and the page's own policy lets a browser run no script but ours, and fetch nothing.
"""

import base64
import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import Row

from db.overview import Overview
from extractors.records import PAIRED_FIGURES
from extractors.taxonomy import taxonomy
from flows.cli.incidents import span

UNITS = 20
"""Units of the outlines to a degree."""

# What is not to be seen, and what turns the order of letters around: control characters, and marks of direction.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_LARGEST_DOT = 28.0  # pixels across


def overview_page(overview: Overview, *, now: datetime, asked: str = "") -> str:
    """The page. `asked` says in words what was selected, `now` when it was made."""
    days = _days(overview)
    return str(
        _template().render(
            overview=overview,
            asked=asked,
            now=now,
            types=_types(),
            countries=_countries(overview),
            days=days,
            most=max((sum(row.incidents for row in day.counts) for day in days), default=0),
            dots=_dots(overview.incidents),
            outlines=_outlines(),
            style=Markup(_own("page.css")),  # noqa: S704 - our own file
            script=Markup(_own("page.js")),  # noqa: S704
            script_hash=base64.b64encode(hashlib.sha256(_own("page.js").encode()).digest()).decode(),
        )
    )


@cache
def _template() -> Any:  # noqa: ANN401 - Jinja's types end here
    made = Environment(
        loader=PackageLoader("flows.overview", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"told": told, "link": link, "figures": figures, "point": point}
    return made.get_template("page.html")


def _own(name: str) -> str:
    return files("flows.overview").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _outlines() -> list[list[str]]:
    """(country, outline) for each country."""
    lines = _own("outlines.tsv").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def _types() -> dict[str, int]:
    """Event types in the codebook's order, each with the number of its colour."""
    return {name: number for number, name in enumerate(dict.fromkeys(kind.event_type for kind in taxonomy()))}


def told(value: object) -> str:
    """Text as it is shown: without characters that are not seen or that turn others round; nothing for unknown."""
    return "" if value is None else _UNSEEN.sub("", str(value))


def link(address: object) -> str | None:
    """An address that may be a link; None for one that is no page's: javascript: and the like."""
    return address if isinstance(address, str) and _LINK.fullmatch(address) else None


def figures(incident: Row[Any]) -> list[str]:
    """Counts in words: "killed 5 (told 3 to 6)", "injured 12-15", "detained 200+"; unknown ones are left out."""
    return [words for kind in PAIRED_FIGURES if (words := _figure(incident, kind))]


def _figure(incident: Row[Any], kind: str) -> str:
    least, most, low, high = (getattr(incident, f"{kind}_{end}") for end in ("min", "max", "low", "high"))
    if (least, most) == (None, None):
        return ""
    apart = low is not None and high is not None and low < high and (low, high) != (least, most)
    return f"{kind} {span(least, most)}" + (f" (told {low} to {high})" if apart else "")


def _countries(overview: Overview) -> dict[str, str]:
    """Countries that something happened in, by name."""
    names = {row.country: row.country_name or row.country for row in overview.incidents if row.country}
    return dict(sorted(names.items(), key=lambda item: item[1]))


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    counts: Sequence[Row[Any]]


def _days(overview: Overview) -> list[_Day]:
    """Every day with its counts by type, days without any too."""
    found: defaultdict[date, list[Row[Any]]] = defaultdict(list)
    for row in sorted(overview.counts, key=lambda row: (_types()[row.event_type], row.country or "")):
        found[row.day].append(row)
    length = (overview.until - overview.since).days + 1
    return [_Day(day, found[day]) for day in (overview.since + timedelta(days=number) for number in range(length))]


@dataclass(frozen=True, slots=True)
class _Dot:
    """Incidents of one type at one point; x and y in units of the outlines, `size` in pixels across."""

    x: float
    y: float
    point: str
    country: str
    event_type: str
    place: str
    incidents: int

    @property
    def size(self) -> float:
        return round(min(_LARGEST_DOT, 4 + 3 * math.sqrt(self.incidents)), 1)


def _dots(incidents: Sequence[Row[Any]]) -> list[_Dot]:
    """The larger first, so that the smaller lie above them."""
    counted = Counter((point(row), row.country, row.event_type) for row in incidents if point(row))
    named = {point(row): row for row in incidents}
    made = [
        _Dot(
            round(named[at].longitude * UNITS, 1),
            round(named[at].latitude * UNITS, 1),
            at,
            country,
            event_type,
            told(named[at].place_en or named[at].place),
            count,
        )
        for (at, country, event_type), count in counted.items()
    ]
    return sorted(made, key=lambda dot: (-dot.incidents, dot.point, dot.event_type))


def point(incident: Row[Any]) -> str:
    """What incidents at one point share; nothing where only the country is known."""
    return "" if incident.latitude is None else f"{incident.latitude:.3f} {incident.longitude:.3f}"

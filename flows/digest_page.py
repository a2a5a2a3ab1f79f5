"""A day's incidents -> one Markdown page, with Arabic that keeps its order between Latin words and figures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row

from flows.artifacts import plain
from flows.cli.incidents import figures

_ISOLATE, _END = "\u2067", "\u2069"  # right to left in between, whatever stands around it


def digest_page(day: date, country: str | None, counts: Sequence[Row[Any]], incidents: Sequence[Row[Any]]) -> str:
    """The page. `incidents` come in order of weight and keep it within each country."""
    return "\n".join(_lines(day, country, counts, incidents))


def _lines(day: date, country: str | None, counts: Sequence[Row[Any]], incidents: Sequence[Row[Any]]) -> Iterator[str]:
    total = sum(row.incidents for row in counts)
    yield f"# Incidents told on {day:%A, %Y-%m-%d}{f' in {country}' if country else ''}\n"
    yield f"{total} in all: {', '.join(f'{row.incidents} {row.domain}' for row in counts)}\n" if counts else "None.\n"
    if len(incidents) < total:
        yield f"The {len(incidents)} weightiest; the rest in the view `incidents`.\n"
    for place, theirs in _by_country(incidents):
        yield f"## {place} ({len(theirs)})\n"
        for one in theirs:
            yield from _incident(one)


def _by_country(incidents: Sequence[Row[Any]]) -> list[tuple[str, list[Row[Any]]]]:
    countries: dict[str, list[Row[Any]]] = defaultdict(list)
    for one in incidents:
        countries[one.country_name or one.country or "Somewhere"].append(one)
    return list(countries.items())


def _incident(one: Row[Any]) -> Iterator[str]:
    place = " ".join(filter(None, (plain(one.place_en), arabic(one.place))))
    told = " · ".join(filter(None, (figures(one), place, f"{one.date_start}")))
    yield f"- **{plain(one.sub_event_type)}** · {told}\n"
    yield f"  {arabic(one.evidence)}\n"  # no quotation: the UI would slant it, and Arabic letters do not slant
    others = f" and {one.report_count - 1} more" if one.report_count > 1 else ""
    word = f", on the word of {arabic(one.attributed_to)}" if one.attributed_to else ""
    yield f"  {arabic(one.publisher)}{others}{word} · [article]({quote(one.article_url, safe=_URL_SIGNS)})\n"


_URL_SIGNS = ":/?#@!$&'*+,;=%~-._"  # brackets of any kind are written as numbers: they would end the link


def arabic(value: str | None) -> str:
    """Text of a page on one line, as text and nothing else, that what stands beside it cannot turn round."""
    return f"{_ISOLATE}{plain(value)}{_END}" if value else ""

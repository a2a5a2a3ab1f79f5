"""The shipped list of feeds: feeds.toml -> Sources. It refuses what it does not know and fetches nothing."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones


class CatalogueError(ValueError):
    """A list of feeds that cannot be used; the text is one line that says where and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed to poll and who publishes it. Only the address is always known."""

    url: str
    publisher: str | None = None
    section: str | None = None  # where a publisher has several feeds
    country: str | None = None  # ISO 3166-1 alpha-2
    timezone: str | None = None  # IANA name

    @property
    def title(self) -> str | None:
        """What the feed is called in lists."""
        return " - ".join(part for part in (self.publisher, self.section) if part) or None


def shipped() -> tuple[Source, ...]:
    """The catalogue that comes with Rasid, the best attested feeds first."""
    return parse_catalogue(files("flows.catalogue").joinpath("feeds.toml").read_text(encoding="utf-8"))


def parse_catalogue(text: str) -> tuple[Source, ...]:
    """The sources of a catalogue's text.

    Raises:
        CatalogueError: not TOML, an unknown key, a missing or wrong value, or an address given twice.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"not TOML: {error}") from None
    if set(document) != {"feed"}:
        raise CatalogueError(f"unknown tables: {', '.join(sorted(set(document) - {'feed'})) or 'no [[feed]]'}")
    sources = tuple(_source(position, table) for position, table in enumerate(document["feed"], start=1))
    doubled = [url for url, count in Counter(source.url for source in sources).items() if count > 1]
    if doubled:
        raise CatalogueError(f"given twice: {doubled[0]}")
    return sources


def _source(position: int, table: dict[str, Any]) -> Source:
    known = {field.name for field in fields(Source)}
    for problem in (
        *(f"unknown key {key}" for key in sorted(table.keys() - known)),
        *(f"no {key}" for key in sorted(known - {"section"} - table.keys())),
        *(f"{key} is no text" for key, value in sorted(table.items()) if not (isinstance(value, str) and value)),
    ):
        raise CatalogueError(f"feed {position}: {problem}")
    source = Source(**table)
    wrong = _wrong_value(source)
    if wrong:
        raise CatalogueError(f"feed {position}: {wrong}")
    return source


def _wrong_value(source: Source) -> str | None:
    parts = urlsplit(source.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not source.url.isascii():
        return f"url is no plain http address: {source.url}"
    if not re.fullmatch("[A-Z]{2}", source.country or ""):
        return f"country is no ISO 3166-1 alpha-2 code: {source.country}"
    if source.timezone not in available_timezones():
        return f"timezone is no IANA zone: {source.timezone}"
    return None

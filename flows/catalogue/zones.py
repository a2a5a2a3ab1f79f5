"""The time zone of a country, where it has one alone: from the IANA table that the tzdata package carries."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

# Two days of one year, so that zones that differ in summer alone are told apart.
_PROBES = (datetime(2024, 1, 15, tzinfo=UTC), datetime(2024, 7, 15, tzinfo=UTC))


def zone_of(country: str | None) -> str | None:
    """The IANA zone of an ISO 3166-1 alpha-2 country; None where its clocks differ from place to place."""
    zones = _zones().get(country or "", ())
    clocks = {tuple(probe.astimezone(ZoneInfo(zone)).utcoffset() for probe in _PROBES) for zone in zones}
    return zones[0] if len(clocks) == 1 else None


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), zone)
    return zones

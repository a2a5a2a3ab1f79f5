"""A country and a direction -> the part of the country that lies there: «شمال العراق»."""

import math
from collections import defaultdict
from functools import cache

from extractors.places.gazetteer import Place, gazetteer

PART = frozenset({"part"})  # the flag of a part of a country that is no province
_SHARE = 1 / 5  # of a country's towns and provinces, those farthest in the direction


@cache
def _points() -> dict[str, list[tuple[float, float]]]:
    """Where the provinces and larger towns of each country lie."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for place in gazetteer().places.values():
        if place.kind in ("admin1", "city") and place.latitude is not None and place.longitude is not None:
            points[place.country or ""].append((place.latitude, place.longitude))
    return points


@cache
def part_of(country: Place, bearing: int, name_en: str) -> Place | None:
    """The part of a country in a direction (degrees from north), at the middle of its towns there; None for a dot."""
    points = _points().get(country.country or "", [])
    if len(points) < 1 / _SHARE:
        return None
    north, east = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
    shrink = math.cos(math.radians(points[0][0]))
    far = sorted(points, key=lambda point: -(point[0] * north + point[1] * shrink * east))
    there = far[: max(1, round(len(far) * _SHARE))]
    return Place(
        id=f"{country.id}:{bearing}",
        kind="region",
        precision="admin",
        country=country.country,
        admin1=None,
        latitude=round(sum(point[0] for point in there) / len(there), 2),
        longitude=round(sum(point[1] for point in there) / len(there), 2),
        population=None,
        flags=PART,
        name_en=f"{name_en} {country.name_en}",
        names=(),
    )

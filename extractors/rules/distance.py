"""Two places of the table -> how far apart they are."""

import math

from extractors.places.gazetteer import Place

UNKNOWN = frozenset(
    {"unknown"}
)  # the flag of a place that only the text knows: its point is that of the place around it
_EARTH_KM = 12742  # the diameter


def kilometres(one: Place, other: Place) -> float | None:
    """The distance of two places; None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north_1, east_1, north_2, east_2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = math.sin((north_2 - north_1) / 2) ** 2
    half += math.cos(north_1) * math.cos(north_2) * math.sin((east_2 - east_1) / 2) ** 2
    return _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))

"""How much an incident's telling is to be believed: signs that can be named, weighed by a fitted table.

The weights stand in language/belief.toml; deploy/fit_belief.py fits them on labelled articles. The result is the
confidence of a report: of those at 0.8 about four in five are right in type and country.
"""

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from extractors.records import Location, TimePrecision
from extractors.rules.incidents import Incident
from extractors.rules.scene import Scene

_FEW, _MANY = 2, 3


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each sign, and the `bias`."""
    data = tomllib.loads(files("extractors").joinpath("language/belief.toml").read_text("utf-8"))
    return {str(name): float(value) for name, value in data["weights"].items()}


@lru_cache(maxsize=1)
def threshold() -> float:
    """The confidence below which an incident is kept as a mention alone."""
    return float(tomllib.loads(files("extractors").joinpath("language/belief.toml").read_text("utf-8"))["threshold"])


def signs(
    scene: Scene, incident: Incident, location: Location, precision: TimePrecision, sub: str, unreal: int
) -> dict[str, float]:
    """The signs of an incident, each 0 or 1 or a small number."""
    body = [t for t in incident.tellings if not scene.in_title(t.sentence)]
    first = min((t.sentence - scene.title_sentences for t in body), default=_MANY)
    figures = [f for t in incident.tellings for f in t.figures if f.role != "none"]
    placed = any(p.role in ("in", "cue") and p.place for t in incident.tellings for p in t.places)
    return {
        "bias": 1.0,
        "told strongly": float(incident.weight >= _MANY),
        "a heavy word": float(bool(incident.heavy)),
        "told in the lead": float(first == 0),
        "told early": float(0 < first <= _FEW),
        "told in the headline": float(len(body) < len(incident.tellings)),
        "the body tells": float(bool(body)),
        "told again": float(len(body) > 1),
        "an exact figure": float(any(f.count.qualifier != "some" for f in figures)),
        "killed or wounded": float(any(f.kind in ("killed", "injured") for f in figures)),
        "a vague figure": float(any(f.count.qualifier == "some" for f in figures)),
        "a day": float(precision == "day"),
        "placed": float(placed),
        "a fine place": float(location.geo_precision in ("exact", "city")),
        "only a country": float(location.geo_precision == "country"),
        "unreal tellings beside": min(unreal, 5) / 5,
        "arrest": float(sub in ("Arrests", "Other crime")),
        "other": float(sub in ("Other", "Other accident", "Agreement", "Looting/property destruction")),
        "protest": float(sub in ("Peaceful protest", "Protest with intervention")),
        "attack or homicide": float(sub in ("Attack", "Homicide", "Assault")),
        "sport words": min(sum(c.entry.id == "sport" for c in scene.found["cues"]), 6) / 6,
        "court words": min(sum(c.entry.id == "legal" for c in scene.found["cues"]), 6) / 6,
        "statistic words": min(sum(c.entry.id == "statistic" for c in scene.found["cues"]), 4) / 4,
        "condemning words": min(sum(c.entry.id == "condemn" for c in scene.found["cues"]), 4) / 4,
    }


def confidence(found: Mapping[str, float]) -> float:
    """The weighed signs as a probability, to two digits."""
    table = weights()
    points = sum(table.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-points)), 2)

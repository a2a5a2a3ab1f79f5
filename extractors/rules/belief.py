"""How much an incident's telling is to be believed: signs that can be named, weighed by a fitted table.

The weights stand in language/belief.toml; deploy/fit_belief.py fits them on labelled articles. The result is the
confidence of a report: of those at 0.8 about four in five are right in type and country.
"""

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each sign, and the `bias`."""
    data = tomllib.loads(files("extractors").joinpath("language/belief.toml").read_text("utf-8"))
    return {str(name): float(value) for name, value in data["weights"].items()}


@lru_cache(maxsize=1)
def threshold() -> float:
    """The confidence below which an incident is kept as a mention alone."""
    return float(tomllib.loads(files("extractors").joinpath("language/belief.toml").read_text("utf-8"))["threshold"])


def confidence(found: Mapping[str, float]) -> float:
    """The weighed signs as a probability, to two digits."""
    table = weights()
    points = sum(table.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-points)), 2)

"""Two clues -> how likely they tell of one incident: a sum of log-odds, each with its name."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from extractors.linking.clue import Clue, Pair
from extractors.linking.words import likeness

Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """`odds` are log-odds that two reports tell of one incident; `signs` are what they are the sum of."""

    odds: float
    signs: Mapping[str, float]


@cache
def weights() -> Mapping[str, Any]:
    """The table of log-odds."""
    table = tomllib.loads(files("extractors").joinpath("linking/weights.toml").read_text("utf-8"))
    table["series"]["types"] = frozenset(table["series"]["types"])
    return table


def share(odds: float) -> float:
    """Log-odds as a share, 0 to 1."""
    return 1 / (1 + math.exp(-odds))


def comparable(one: Clue, other: Clue) -> bool:
    """May the two be one incident at all? Not of one article, not in two countries, not weeks apart."""
    return (
        one.country == other.country
        and one.article != other.article
        and days_apart(one, other) <= weights()["window_days"]
    )


def link_score(one: Clue, other: Clue) -> Score | None:
    """The score of two reports that are likely one incident, None for others: most are, and seen to be at a glance."""
    known = (
        weights()["base"] + _day(one, other, days_apart(one, other)) + _type(one.sub_event_type, other.sub_event_type)
    )
    if known + _most_besides_words() + _slope(weights()["words"]["slope"], alike(one, other)) <= 0:
        return None
    found = score(one, other)
    return found if found.odds > 0 else None


@cache
def _most_besides_words() -> float:
    """What place and figures can speak for one incident at the most."""
    steps = weights()["place"]
    nearest = max(odds for name in ("exact", "city", "vague") for _, odds in steps[name])
    return float(max(nearest, steps["country"]) + steps["same_name"] + weights()["figures"]["most"])


def score(one: Clue, other: Clue) -> Score:
    """Weigh two reports; the same whichever comes first."""
    if one.tie > other.tie:
        one, other = other, one
    gap, distance = days_apart(one, other), kilometres(one, other)
    signs = {
        "base": weights()["base"],
        "words": round(_slope(weights()["words"]["slope"], alike(one, other)), 3),
        "day": _day(one, other, gap),
        "place": _place(one, other, distance),
        "series": _series(one, other, gap, distance),
        "type": _type(one.sub_event_type, other.sub_event_type),
        "figures": _figures(one, other),
    }
    return Score(sum(signs.values()), signs)


def alike(one: Clue, other: Clue) -> float:
    """The weight of shared words, 0 to 1: of the passages, or of the articles where each tells one incident."""
    passage = likeness(one.words & other.words, one.length, other.length)
    article = likeness(one.article_words & other.article_words, one.article_length, other.article_length)
    if article <= passage or (one.alone and other.alone):
        return max(passage, article)
    return float(passage + (article - passage) * weights()["words"]["article_share"])


def days_apart(one: Clue, other: Clue) -> int:
    """Days between the two spans; 0 where they meet."""
    if one.first_day > other.last_day:
        return one.first_day - other.last_day
    return other.first_day - one.last_day if other.first_day > one.last_day else 0


def _day(one: Clue, other: Clue, gap: int) -> float:
    steps = weights()["day"]
    if one.assumed and other.assumed:
        return _step(steps["both_assumed"], gap)
    if one.assumed or other.assumed:
        assumed, told = (one, other) if one.assumed else (other, one)
        return _step(steps["before" if assumed.last_day < told.first_day else "assumed"], gap)
    return _step(steps["told"], gap)


def _place(one: Clue, other: Clue, distance: float | None) -> float:
    steps = weights()["place"]
    named: float = steps["same_name"] if one.place_words & other.place_words else 0.0
    if distance is None:
        return float(steps["country"]) + named
    told = {one.geo_precision, other.geo_precision}
    coarser = "exact" if told == {"exact"} else ("city" if told <= {"exact", "city"} else "vague")
    return _step(steps[coarser], distance) + named


def kilometres(one: Clue, other: Clue) -> float | None:
    """The way between the two places over the sphere; None where one is a country alone."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


def _series(one: Clue, other: Clue, gap: int, distance: float | None) -> float:
    series = weights()["series"]
    if one.sub_event_type not in series["types"] or other.sub_event_type not in series["types"]:
        return 0.0
    elsewhere = (distance or 0.0) > series["kilometres"]
    return float(series["always"] + elsewhere * series["place"] + (gap > 0) * series["day"])


@cache
def _type(one: str, other: str) -> float:
    odds = weights()["type"]
    if one == other:
        seldom = weights()["seldom"]
        return float(odds["same"] + (seldom["same"] if one in seldom["types"] else 0.0))
    pair = frozenset((one, other))
    return float(odds[next((name for name in ("close", "kin") if pair in _related(name)), "other")])


@cache
def _related(name: str) -> frozenset[frozenset[str]]:
    groups = [group["types"] for group in weights()[name]]
    return frozenset(frozenset((one, other)) for group in groups for one in group for other in group)


def _figures(one: Clue, other: Clue) -> float:
    limits = weights()["figures"]
    total = sum(
        _counts(mine, theirs)
        for mine, theirs in zip(one.figures, other.figures, strict=True)
        if mine != (None, None) and theirs != (None, None)
    )
    return round(float(max(limits["least"], min(limits["most"], total))), 3)


def _counts(mine: Pair, theirs: Pair) -> float:
    odds = weights()["figures"]
    size = _size(mine)
    if mine == theirs:
        return _step(odds["same"], size)
    if _top(mine) >= _size(theirs) and _top(theirs) >= size:
        return float(odds["overlap"])
    low, high = sorted((max(size, 1), max(_size(theirs), 1)))
    return _step(odds["apart"], high / low)


def _size(pair: Pair) -> int:
    return pair[0] if pair[0] is not None else 0


def _top(pair: Pair) -> float:
    """Open ends reach as far as half as many again: "more than 200" is not 2,000."""
    return pair[1] if pair[1] is not None else _size(pair) * 1.5


def _step(steps: Steps, value: float) -> float:
    for most, odds in steps:
        if value <= most:
            return odds
    return steps[-1][1]


def _slope(points: Steps, value: float) -> float:
    for (low, start), (high, end) in pairwise(points):
        if value <= high:
            return start + (end - start) * (value - low) / (high - low)
    return points[-1][1]

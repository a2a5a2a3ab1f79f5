"""Two clues -> how likely they tell of one incident, and why: a sum of log-odds, each with its name."""

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
from extractors.records import PAIRED_FIGURES

Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Score:
    """`odds` are log-odds that two reports tell of one incident; `signs` are what they are the sum of."""

    odds: float
    signs: Mapping[str, float]
    facts: Mapping[str, str]  # what was seen, in words

    @property
    def share(self) -> float:
        """The same as a share, 0 to 1."""
        return share(self.odds)


def share(odds: float) -> float:
    """Log-odds as a share, 0 to 1."""
    return 1 / (1 + math.exp(-odds))


@cache
def weights() -> Mapping[str, Any]:
    """The table of log-odds."""
    return tomllib.loads(files("extractors").joinpath("linking/weights.toml").read_text("utf-8"))


def comparable(one: Clue, other: Clue) -> bool:
    """May the two be one incident at all? Not of one article, not in two countries, not weeks apart."""
    return (
        one.article != other.article and one.country == other.country and _gap(one, other) <= weights()["window_days"]
    )


def score(one: Clue, other: Clue) -> Score:
    """Weigh two reports; the same whichever comes first."""
    one, other = sorted((one, other), key=lambda clue: clue.tie)
    told = (
        ("words", _words),
        ("day", _day),
        ("place", _place),
        ("series", _series),
        ("type", _type),
        ("figures", _figures),
    )
    found = {name: weigh(one, other) for name, weigh in told}
    signs = {"base": weights()["base"]} | {name: round(odds, 3) for name, (odds, _) in found.items()}
    return Score(sum(signs.values()), signs, {name: fact for name, (_, fact) in found.items() if fact})


def _words(one: Clue, other: Clue) -> tuple[float, str]:
    passage = likeness(one.words, other.words)
    article = likeness(one.article_words, other.article_words)
    steps = weights()["words"]
    trust = 1.0 if one.alone and other.alone else steps["article_share"]
    alike = max(passage, passage + (article - passage) * trust)
    return _slope(steps["slope"], alike), f"{alike:.0%} of the words"


def _day(one: Clue, other: Clue) -> tuple[float, str]:
    steps, gap = weights()["day"], _gap(one, other)
    fact = f"{gap} days apart" if gap > 1 else ("a day apart" if gap else "same day")
    if one.assumed and other.assumed:
        return _step(steps["both_assumed"], gap), f"{fact} (assumed)"
    if one.assumed or other.assumed:
        assumed, told = (one, other) if one.assumed else (other, one)
        name = "before" if assumed.last_day < told.first_day else "assumed"
        return _step(steps[name], gap), f"{fact} (one assumed)"
    return _step(steps["told"], gap), fact


def _series(one: Clue, other: Clue) -> tuple[float, str]:
    series = weights()["series"]
    if not {one.sub_event_type, other.sub_event_type} <= set(series["types"]):
        return 0.0, ""
    elsewhere = (kilometres(one, other) or 0.0) > series["kilometres"]
    return elsewhere * series["place"] + (_gap(one, other) > 0) * series["day"], ""


def _gap(one: Clue, other: Clue) -> int:
    """Days between the two spans; 0 where they meet."""
    return max(0, one.first_day - other.last_day, other.first_day - one.last_day)


def _place(one: Clue, other: Clue) -> tuple[float, str]:
    steps = weights()["place"]
    shared = one.place_words and other.place_words and one.place_words & other.place_words
    named = steps["same_name"] if shared else 0.0
    distance = kilometres(one, other)
    if distance is None:
        return steps["country"] + named, "same country"
    return _step(steps[_coarser(one, other)], distance) + named, f"{distance:.0f} km"


def _coarser(one: Clue, other: Clue) -> str:
    """How precisely the less precise of the two is told."""
    told = {one.geo_precision, other.geo_precision}
    return "exact" if told == {"exact"} else ("city" if told <= {"exact", "city"} else "vague")


def kilometres(one: Clue, other: Clue) -> float | None:
    """The way between the two places over the sphere; None where one is a country alone."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


def _type(one: Clue, other: Clue) -> tuple[float, str]:
    odds = weights()["type"]
    if one.sub_event_type == other.sub_event_type:
        return odds["same"], "same type"
    pair = frozenset((one.sub_event_type, other.sub_event_type))
    nearness = next((name for name in ("close", "kin") if pair in _alike(name)), "other")
    return odds[nearness], f"{one.sub_event_type} / {other.sub_event_type}"


@cache
def _alike(name: str) -> frozenset[frozenset[str]]:
    groups = [group["types"] for group in weights()[name]]
    return frozenset(frozenset((one, other)) for group in groups for one in group for other in group)


def _figures(one: Clue, other: Clue) -> tuple[float, str]:
    limits = weights()["figures"]
    total, facts = 0.0, []
    for kind, mine, theirs in zip(PAIRED_FIGURES, one.figures, other.figures, strict=True):
        if mine != (None, None) and theirs != (None, None):
            total += _counts(mine, theirs)
            facts.append(f"{kind} {span(mine)} and {span(theirs)}" if mine != theirs else f"{kind} {span(mine)}")
    return max(limits["least"], min(limits["most"], total)), ", ".join(facts)


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


def span(pair: Pair) -> str:
    """A pair as people write it."""
    least, most = pair
    if least == most:
        return str(least)
    return f"{least}+" if most is None else f"{least or 0}-{most}"


def _step(steps: Steps, value: float) -> float:
    return next((odds for most, odds in steps if value <= most), steps[-1][1])


def _slope(points: Steps, value: float) -> float:
    for (low, start), (high, end) in pairwise(points):
        if value <= high:
            return start + (end - start) * (value - low) / (high - low)
    return points[-1][1]

"""Two linked clues -> what was compared, in words that an analyst reads."""

from extractors.linking.clue import Clue, Pair
from extractors.linking.score import alike, days_apart, kilometres
from extractors.records import PAIRED_FIGURES


def reason(one: Clue, other: Clue) -> str:
    """What speaks for one incident and what against it; the same whichever comes first."""
    if one.tie > other.tie:
        one, other = other, one
    facts = (f"{alike(one, other):.0%} of the words", _day(one, other), _place(one, other), _type(one, other))
    return ", ".join((*facts, *_figures(one, other)))


def _day(one: Clue, other: Clue) -> str:
    gap = days_apart(one, other)
    apart = f"{gap} days apart" if gap > 1 else ("a day apart" if gap else "same day")
    assumed = one.assumed + other.assumed
    return apart + ("", " (one assumed)", " (assumed)")[assumed]


def _place(one: Clue, other: Clue) -> str:
    distance = kilometres(one, other)
    return "same country" if distance is None else f"{distance:.0f} km"


def _type(one: Clue, other: Clue) -> str:
    if one.sub_event_type == other.sub_event_type:
        return "same type"
    return f"{one.sub_event_type} / {other.sub_event_type}"


def _figures(one: Clue, other: Clue) -> list[str]:
    return [
        f"{kind} {span(mine)}" if mine == theirs else f"{kind} {span(mine)} and {span(theirs)}"
        for kind, mine, theirs in zip(PAIRED_FIGURES, one.figures, other.figures, strict=True)
        if mine != (None, None) and theirs != (None, None)
    ]


def span(pair: Pair) -> str:
    """A pair as people write it."""
    least, most = pair
    if least == most:
        return str(least)
    return f"{least}+" if most is None else f"{least or 0}-{most}"

"""A telling that lists tolls by place («ثلاثة قتلى في قرية … وخمسة في بلدة …») -> one telling for each place."""

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from extractors.rules.locate import agree

if TYPE_CHECKING:
    from extractors.rules.figures import FigureMention
    from extractors.rules.place_mention import PlaceMention
    from extractors.rules.tellings import Telling

_TOLLS = frozenset({"killed", "injured"})
_HERE = frozenset({"in", "cue", "near", "plain", "office"})
_FINE = frozenset({"exact", "city"})


def tolls_by_place(telling: "Telling") -> list["Telling"]:
    """The telling itself, or one for each place of its list; what stands before the list stays with the first."""
    tolls = sorted((f for f in telling.figures if f.kind in _TOLLS and f.role != "none"), key=lambda f: f.first)
    places = sorted((p for p in telling.places if p.role in _HERE and p.precision in _FINE), key=lambda p: p.first)
    rows = [(figures, place) for figures, place in _rows(tolls, places) if figures]
    if len(rows) < 2 or not _apart([place for _, place in rows]):
        return [telling]
    listed = {id(figure) for figures, _ in rows for figure in figures}
    taken = {id(place) for _, place in rows}
    others = [figure for figure in telling.figures if id(figure) not in listed and figure.kind not in _TOLLS]
    shared = [place for place in telling.places if id(place) not in taken]
    return [
        replace(
            telling,
            figures=[*(replace(figure, role="total") for figure in figures), *(others if order == 0 else ())],
            places=[place, *shared],
            reach=range(min(figure.first for figure in figures), place.last),
            listed=True,
        )
        for order, (figures, place) in enumerate(rows)
    ]


def _rows(
    tolls: list["FigureMention"], places: list["PlaceMention"]
) -> list[tuple[list["FigureMention"], "PlaceMention"]]:
    """Each place that follows a toll, with the tolls since the place before it."""
    rows = []
    since = -1
    for place in places:
        figures = [figure for figure in tolls if since < figure.first < place.first]
        if figures:
            rows.append((_nearest(figures), place))
            since = place.first
    return rows


def _nearest(figures: list["FigureMention"]) -> list["FigureMention"]:
    """Of a sum and its first part before one place, the part: the last toll of each kind."""
    return list({figure.kind: figure for figure in figures}.values())


def _apart(mentions: list["PlaceMention"]) -> bool:
    """Whether no two of the places can be one incident's."""
    pairs = combinations([mention.place for mention in mentions if mention.place is not None], 2)
    return not any(agree(one, other) for one, other in pairs)

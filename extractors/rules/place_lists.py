"""A telling that lists places -> one telling for each place.

Tolls by place («ثلاثة قتلى في قرية … وخمسة في بلدة …»), and acts that are one on each place of a list (a strike).
"""

from dataclasses import replace
from itertools import combinations

from extractors.rules.figures import FigureMention
from extractors.rules.frames import LISTED, LISTED_AGAIN
from extractors.rules.locate import agree
from extractors.rules.place_mention import PlaceMention
from extractors.rules.telling import Telling

_Row = tuple[list[FigureMention], PlaceMention]
_MANY = 3  # tolls each with a place are a list, whatever the places
_TOLLS = frozenset({"killed", "injured"})
_HERE = frozenset({"in", "cue", "near", "plain", "office"})
_FINE = frozenset({"exact", "city", "admin"})
_TOWNS = frozenset({"exact", "city"})
_LISTED_BEHIND = 4  # tokens: «، إضافة إلى منطقة …»


def apart_by_place(telling: Telling) -> list[Telling]:
    """The telling itself, or its parts where it lists places."""
    return [part for row in _tolls_by_place(telling) for part in _one_a_place(row)]


def _tolls_by_place(telling: Telling) -> list[Telling]:
    """The telling itself, or one for each place of its list; what stands before the list stays with the first."""
    tolls = sorted((f for f in telling.figures if f.kind in _TOLLS and f.role != "none"), key=lambda f: f.first)
    places = sorted((p for p in telling.places if p.role in _HERE and p.precision in _FINE), key=lambda p: p.first)
    rows = _without_sum([(figures, place) for figures, place in _rows(tolls, places) if figures])
    if len(rows) < 2 or not _apart(rows):
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


def _rows(tolls: list[FigureMention], places: list[PlaceMention]) -> list[_Row]:
    """Each place that follows a toll, with the tolls since the place before it."""
    rows = []
    since = -1
    for place in places:
        figures = [figure for figure in tolls if since < figure.first < place.first]
        if figures:
            rows.append((_nearest(figures), place))
            since = place.first
    return rows


def _without_sum(rows: list[_Row]) -> list[_Row]:
    """«عشرة في المحافظة بينهم أربعة في قرية … وستة في بلدة …»: the parts, and not their sum."""
    first = next((order for order, (figures, _) in enumerate(rows) if any(f.role == "part" for f in figures)), 0)
    return rows[first:]


def _nearest(figures: list[FigureMention]) -> list[FigureMention]:
    """Of a sum and its first part before one place, the part: the last toll of each kind."""
    return list({figure.kind: figure for figure in figures}.values())


def _apart(rows: list[_Row]) -> bool:
    """Whether no two of the places can be one incident's: far from each other, or each with a toll of one kind."""
    many = len(rows) >= _MANY
    for (tolls, here), (others, there) in combinations(rows, 2):
        if here.place is None or there.place is None:
            continue
        alike = {figure.kind for figure in tolls} & {figure.kind for figure in others}
        named = here.place.id != there.place.id and (many or here.precision == there.precision) and alike
        if not named and agree(here.place, there.place):
            return False
    return True


def _one_a_place(telling: Telling) -> list[Telling]:
    """A strike on a list of places as one telling for each: the figures stand with the first."""
    if not telling.frames & (LISTED | LISTED_AGAIN):
        return [telling]
    fine = _told_with(telling)
    listed = [p for p in fine[1:] if p.again or (p.joined and telling.frames & LISTED)]
    if not listed:
        return [telling]
    others = [p for p in telling.places if p not in listed]
    first = replace(telling, places=others)
    return [first, *(_at(telling, place) for place in listed)]


def _at(telling: Telling, place: PlaceMention) -> Telling:
    """The same act on another place of its list."""
    reach = range(telling.reach.start, max(telling.reach.stop, place.last))
    return replace(telling, figures=[], places=[place], listed=place.again, reach=reach)


def _told_with(telling: Telling) -> list[PlaceMention]:
    """The towns and finer places of a telling's clauses, and those listed right behind them."""
    fine = sorted((p for p in telling.places if p.place and p.precision in _TOWNS), key=lambda p: p.first)
    told = [p for p in fine if p.first in telling.reach]
    for place in fine:
        if told and 0 <= place.written_first - told[-1].last <= _LISTED_BEHIND and place.joined:
            told.append(place)
    return told

"""The places around an incident's tellings -> where it happened, or None where not even a country can be said."""

from collections.abc import Iterable

from extractors.places.gazetteer import Place, gazetteer
from extractors.records import GeoPrecision, Location
from extractors.rules.bearings import PART
from extractors.rules.distance import UNKNOWN, kilometres
from extractors.rules.place_mention import PlaceMention
from extractors.rules.scene import Scene

_ROLE_WEIGHT = {
    "in": 3.0,
    "cue": 3.0,
    "headline": 2.6,
    "near": 2.7,
    "plain": 1.5,
    "of": 1.6,
    "road": 1.3,
    "unit": 2.75,
    "out": 0.6,
    "office": 0.3,
    "care": 0.4,
    "for": 0.6,
    "about": 0.6,
    "from": 0.0,
    "to": 0.2,
    "border": 0.0,
}
FINENESS: dict[GeoPrecision, float] = {"exact": 1.0, "city": 0.8, "admin": 0.4, "country": 0.0}
_NEAR_KM = 30.0
_ROUGH = 0.3  # what a part of a country loses beside a province, and what only the text knows beside a town
_PROVINCE_KM = 150.0  # from the middle of a province to a town whose province is not known
_CHAIN_TOKENS = 14
_THERE = frozenset({"in", "cue", "near", "plain", "headline"})
_MARKS = str.maketrans("", "", '«»“”"')


def agree(one: Place, other: Place, *, apart_when_exact: bool = False, by_village: bool = False) -> bool:
    """Whether two places can be one incident's: the same, one inside the other, or next to each other.

    `apart_when_exact`: one place finer than another is another place, and so are two quarters or villages, however near
    (strikes on each are rows of their own); `one` may be the coarser, which sums up. `by_village`: a village is no part
    of the city near it (fights and demonstrations are told by town).
    """
    if one.id == other.id or one.country != other.country:
        return one.id == other.id
    if _told_apart(one, other, apart_when_exact=apart_when_exact):
        return False
    precisions = (one.precision, other.precision)
    if "country" in precisions or PART & (one.flags | other.flags):
        return True
    if "admin" in precisions and one.admin1 and one.admin1 == other.admin1:
        return True
    apart = kilometres(one, other)
    if "admin" in precisions and any(place.admin1 is None and place.precision != "admin" for place in (one, other)):
        return apart is not None and apart < _PROVINCE_KM
    unknown = UNKNOWN & (one.flags | other.flags)
    settled = by_village and not unknown and "village" in (one.kind, other.kind) and one.kind != other.kind
    alike = settled or (one.precision == other.precision and not unknown)
    return apart is not None and apart < (_NEAR_KM / 4 if alike else _NEAR_KM)


def _told_apart(one: Place, other: Place, *, apart_when_exact: bool) -> bool:
    """Whether two names alone say that they are two places: of two villages that only the text knows, say."""
    if one.flags & other.flags >= UNKNOWN and one.kind == other.kind:
        return True
    return apart_when_exact and FINENESS[one.precision] >= FINENESS[other.precision] and one.precision != "country"


def rank(mention: PlaceMention, order: int) -> float:
    """How well a place mention answers "where": its role, its fineness, and how near the telling it stands."""
    weight = _ROLE_WEIGHT.get(mention.role, 0.0) + FINENESS[mention.precision]
    if mention.place is not None and mention.place.kind == "sea":
        weight -= 2.0
    if mention.place is not None and mention.place.flags & (PART | UNKNOWN):
        weight -= _ROUGH
    return weight - 0.35 * order


def locate(scene: Scene, mentions: Iterable[tuple[PlaceMention, float]]) -> Location | None:
    """The best of the weighed mentions, made as fine as its neighbours allow."""
    weighed = sorted(mentions, key=lambda pair: (-pair[1], pair[0].first))
    settled = [(mention, weight) for mention, weight in weighed if mention.place is not None and mention.place.country]
    if not settled:
        return None
    anchor = settled[0][0]
    finest = _finest(anchor, weighed)
    place = finest.place or _container(finest, anchor, [mention for mention, _ in settled])
    assert place is not None
    return _location(scene, finest, place)


def _finest(anchor: PlaceMention, weighed: list[tuple[PlaceMention, float]]) -> PlaceMention:
    """The finest mention that stands with the anchor: a quarter of its city, a village of its province."""
    best = anchor
    for mention, weight in weighed:
        near = abs(mention.first - anchor.first) <= _CHAIN_TOKENS
        there = mention.role in _THERE or (near and mention.role == "of")
        if weight <= 0 or not there or mention is anchor:
            continue
        if mention.place is None:
            fits = near and mention.precision == "exact" and best.precision != "exact"
        else:
            fits = _inside(mention.place, anchor.place) and FINENESS[mention.precision] > FINENESS[best.precision]
            fits = fits and (near or not mention.place.flags >= UNKNOWN)
        if fits:
            best = mention
    return best


def _container(unknown: PlaceMention, anchor: PlaceMention, settled: list[PlaceMention]) -> Place | None:
    """The town or province that a place unknown to the table stands in: the one named next to it."""
    near = [m for m in settled if m.precision != "country" and abs(m.first - unknown.last) <= _CHAIN_TOKENS]
    behind = sorted(near, key=lambda m: (m.first < unknown.first, abs(m.first - unknown.last)))
    return behind[0].place if behind else anchor.place


def _inside(part: Place, whole: Place | None) -> bool:
    if whole is None or part.country != whole.country:
        return False
    if whole.precision == "country" or whole.flags >= PART:
        return True
    apart = kilometres(part, whole)
    if whole.precision == "admin":
        told = part.admin1 is not None
        return part.admin1 == whole.admin1 if told else apart is not None and apart < _PROVINCE_KM
    return apart is not None and apart < _NEAR_KM


def _as_written(name: str) -> str:
    """A name without quotation marks of which the other half is not in it."""
    return (
        name.translate(_MARKS)
        if any(name.count(a) != name.count(b) for a, b in ("«»", "“”")) or name.count('"') % 2
        else name
    )


def _location(scene: Scene, mention: PlaceMention, place: Place) -> Location:
    country_only = place.precision == "country"
    province = gazetteer().province(place)
    precision = mention.precision if mention.place is None else place.precision
    return Location(
        country=place.country or "",
        place=_as_written(scene.quote(mention.written_first, mention.last)[mention.clitics :]),
        geo_precision="country" if country_only and mention.place is not None else precision,
        place_en=(place.name_en or None) if mention.place is not None else None,
        admin1=province.name_en if province is not None else place.admin1,
        latitude=None if country_only else place.latitude,
        longitude=None if country_only else place.longitude,
    )

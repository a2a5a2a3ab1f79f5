"""An incident's sentences -> its two sides, each by name as written, with a category and how the article knows.

What the words around a party say weighs most; what is likely of its category in such an incident settles the rest.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.arabic.lexicon import Match, read_lexicon
from extractors.records import Actor, ActorCategory, Claim, FigureKind
from extractors.rules.claims import Responsibility, responsibility
from extractors.rules.figures import FigureMention
from extractors.rules.incident import Incident
from extractors.rules.parties import Party, PartyReader
from extractors.rules.roles import Part, RoleReader
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling

_HARMED: frozenset[FigureKind] = frozenset({"killed", "injured", "detained", "abducted"})
_COUNTED = 3.0  # points of the people whom a figure counts
_LATE = 0.4  # points lost with each further sentence
_FAR = 0.04  # points lost with each token from the telling's words
_UNLIKELY = -3.0  # of a category that such incidents do not have on that side
_LEAST = 1.5  # points that make a side
_TELLINGS = 4  # sentences
_CANDIDATES = 6
_ANYBODY = frozenset({"person", "other"})  # «4 أشخاص» of an accident are no side
_ARMED_GENRES = frozenset({"battle", "remote", "bomb"})
_POLITICAL = frozenset({"assassinate", "execute"})
_BANDS = frozenset({"gunmen", "gunmen.bound", "armed.groups"})  # entries of actors.toml that robbers are called by too
_NONSTATE = frozenset({"Rebel group", "Political militia", "Identity militia"})


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of incident, by its frames: how likely each category is as doer and as done to."""

    id: str
    frames: frozenset[str]
    one: Mapping[str, float]
    two: Mapping[str, float]
    interferes: frozenset[str]  # frames without which nobody is done to; empty where that is not asked


@lru_cache(maxsize=1)
def _load() -> tuple[tuple[Genre, ...], dict[str, float]]:
    data = read_lexicon("sides")
    kinds = tuple(
        Genre(g["id"], frozenset(g["frames"]), g["one"], g["two"], frozenset(g.get("interferes", ())))
        for g in data["genre"]
    )
    return kinds, data["weak"]


def genre_of(frames: Counter[str]) -> Genre:
    """The kind of incident that its frames weigh for most; the first listed of equals."""
    genres, weak = _load()

    def weight(genre: Genre) -> float:
        return sum(n * weak.get(frame, 1.0) for frame, n in frames.items() if frame in genre.frames)

    return max(genres, key=weight)


def sides(scene: Scene, incident: Incident, country: str | None) -> tuple[Actor, ...]:
    """Side 1 and side 2 where the text names them; a state's force abroad is an external one."""
    genre = genre_of(incident.frames)
    parts = [_weighed(part, genre) for part in _parts(scene, incident, country)]
    doer, done_to = _choose(parts)
    if genre.id == "hazard":
        doer = None
    if genre.interferes and not genre.interferes & incident.frames.keys():
        done_to = None
    known = _known(scene, genre)
    if known is not None and known.party is not None and _gives_way(doer):
        doer = known.party if done_to is None or known.party.key != done_to.key else doer
    found = []
    if doer is not None:
        found.append(_actor(scene, 1, doer, _category(scene, doer, genre, incident, country), _claim(doer, known)))
    if done_to is not None:
        found.append(_actor(scene, 2, done_to, _category_of_second(scene, done_to, genre, incident, country), None))
    return tuple(found)


# ---------------------------------------------------------------- candidates


def _parts(scene: Scene, incident: Incident, country: str | None) -> Iterator[Part]:
    """Every party of the incident's tellings with its points, its home country in view."""
    by_sentence: dict[int, list[Telling]] = {}
    for telling in incident.tellings:
        if telling.sentence in by_sentence or len(by_sentence) < _TELLINGS:
            by_sentence.setdefault(telling.sentence, []).append(telling)
    for order, (number, tellings) in enumerate(by_sentence.items()):
        sentence = scene.sentences[number]
        parties = [_at_home(party, country) for party in PartyReader(scene, sentence).read()]
        parts = RoleReader(scene, sentence, parties).read()
        for telling in tellings:
            _count(scene, telling, parts)
        first, last = min(t.first for t in tellings), max(t.last for t in tellings)
        for part in parts:
            lost = _LATE * order + _FAR * max(first - part.party.last, part.party.first - last, 0)
            part.one -= lost
            part.two -= lost
            yield part


def _at_home(party: Party, country: str | None) -> Party:
    abroad = party.category == "State forces" and party.country and country and party.country != country
    return replace(party, category="External/other forces") if abroad else party


def _count(scene: Scene, telling: Telling, parts: list[Part]) -> None:
    """Whom the telling's figures count is done to; those who take part do."""
    for figure in telling.figures:
        part = next((p for p in parts if _counts(figure, p.party)), None)
        if part is None:
            party = _counted(scene, figure)
            if party is None:
                continue
            part = Part(party)
            parts.append(part)
        if figure.count.first < part.party.first:
            part.party = replace(part.party, first=figure.count.first, small=0)
        if figure.kind == "detained":
            part.held += _COUNTED
        elif figure.kind in _HARMED:
            part.two += _COUNTED
        elif figure.kind == "participants":
            part.one += _COUNTED


def _counts(figure: FigureMention, party: Party) -> bool:
    """Whether a figure counts a party: they share a word, or «العشرات من عناصر»."""
    reach = 0 if figure.count.noun is not None else 2
    return party.first < figure.count.last + reach and party.last > figure.count.first


def _counted(scene: Scene, figure: FigureMention) -> Party | None:
    """The people of a figure as a party, where no other word names them: «ستة حجاج»."""
    count, noun = figure.count, figure.count.noun
    if noun is None and figure.kind != "participants":
        return None
    last = count.last
    if noun is None and last < len(scene.tokens) and scene.tokens.kinds[last - 1 : last + 1] == "nw":
        last += 1  # «20 معلما»
    category: ActorCategory | None = "Civilians" if noun is None else noun.get("category")
    group = "" if noun is None else str(noun.get("group"))
    if category is None:
        return None
    key, anybody = (group, count.first), group in _ANYBODY
    if category in _NONSTATE:  # «ستة مسلحين»: of which group the article says, or nobody
        return Party(count.first, last, "Political militia", "generic", key, None, frozenset())
    return Party(count.first, last, category, "people", key, None, frozenset(), crowd=True, anybody=anybody)


def _weighed(part: Part, genre: Genre) -> Part:
    """Adds what is likely; a state is a doer only where words say so, a crowd of people only among demonstrators."""
    party = part.party
    one = genre.one.get(party.category, _UNLIKELY)
    two = genre.two.get(party.category, _UNLIKELY)
    if genre.id == "crowd" and party.category == "Civilians" and not party.crowd:
        one = _UNLIKELY
    if genre.id == "hazard" and (party.anybody or party.category != "Civilians"):
        two = 2 * _UNLIKELY
    if party.target:
        one = 2 * _UNLIKELY
    if party.kind == "state":
        one, two = (one if part.one >= _LEAST else 2 * _UNLIKELY), 2 * _UNLIKELY
    if genre.id == "crime":  # who is held did it
        one, two = one + part.held, two + part.holds / 4 - part.held
    else:
        one, two = one + part.holds, two + part.held
    part.one += one
    part.two += two
    return part


def _choose(parts: list[Part]) -> tuple[Party | None, Party | None]:
    """The pair of different parties with the most points; either side may stay empty."""
    ones = sorted((part for part in parts if part.one >= _LEAST), key=lambda part: -part.one)[:_CANDIDATES]
    twos = sorted((part for part in parts if part.two >= _LEAST), key=lambda part: -part.two)[:_CANDIDATES]
    best: tuple[float, Party | None, Party | None] = (0.0, None, None)
    if ones:
        best = (ones[0].one, ones[0].party, None)
    if twos and twos[0].two > best[0]:
        best = (twos[0].two, None, twos[0].party)
    for one in ones:
        for two in twos:
            if one.one + two.two > best[0] and not _together(one, two):
                best = (one.one + two.two, one.party, two.party)
    return best[1], best[2]


def _together(one: Part, two: Part) -> bool:
    """Whether two parties are on one side: the same, or joined by «و» without facing each other."""
    if one.party.key == two.party.key:
        return True
    early, late = sorted((one, two), key=lambda part: part.party.first)
    return late.party.first == early.party.last and "conj" in late.party.before and not late.across


# ---------------------------------------------------------------- what is known of the doer


def _known(scene: Scene, genre: Genre) -> Responsibility | None:
    return None if genre.id in ("hazard", "crowd", "policing") else responsibility(scene)


def _gives_way(doer: Party | None) -> bool:
    return doer is None or doer.kind in ("generic", "criminal")


def _claim(doer: Party, known: Responsibility | None) -> Claim | None:
    if known is not None and known.party is not None and known.party.key[0] == doer.key[0]:
        return known.claim
    if known is not None and known.claim == "unknown":
        return "unknown"
    return None


# ---------------------------------------------------------------- categories


def _category(scene: Scene, party: Party, genre: Genre, incident: Incident, country: str | None) -> ActorCategory:
    """The category of a doer: generic words take theirs from the kind of incident."""
    party = _at_home(party, country)
    if genre.id == "crowd" and party.category in ("Protesters", "Civilians"):
        return "Rioters" if "riot" in incident.frames else "Protesters"
    if genre.id == "mob" and party.category in ("Civilians", "Protesters"):
        return "Rioters"
    if genre.id in ("crime", "attack") and party.category == "Civilians":
        return "Criminals"
    if genre.id == "crime" and party.key[0] in _BANDS and "sexual" not in incident.frames:
        return "Criminals"
    if party.kind == "criminal" and _political(genre, incident):
        return "Political militia"
    return _generic(scene, party)


def _political(genre: Genre, incident: Incident) -> bool:
    """Whether a deed is of an armed group's kind even where its doers are called criminals."""
    return genre.id in _ARMED_GENRES or (genre.id == "attack" and bool(_POLITICAL & incident.frames.keys()))


def _category_of_second(
    scene: Scene, party: Party, genre: Genre, incident: Incident, country: str | None
) -> ActorCategory:
    party = _at_home(party, country)
    if party.kind == "criminal" and "cell" in incident.frames:
        return "Political militia"
    if party.category == "Protesters" and "riot" in incident.frames:
        return "Rioters"
    return _generic(scene, party) if genre.id != "crime" else party.category


def _generic(scene: Scene, party: Party) -> ActorCategory:
    """Armed men without a name are of the group that the article names, if it names one."""
    if party.kind != "generic" or party.category == "Rebel group":
        return party.category
    named = Counter(_named(scene.found["actors"]))
    return named.most_common(1)[0][0] if named else party.category


def _named(matches: list[Match]) -> Iterator[ActorCategory]:
    for match in matches:
        if match.entry.get("kind") == "named" and match.entry.get("category") in _NONSTATE:
            yield match.entry.attributes["category"]


def _actor(scene: Scene, side: int, party: Party, category: ActorCategory, claim: Claim | None) -> Actor:
    start, end = scene.tokens.span(party.first, party.last)
    start += party.small
    title = start < scene.body_at
    shift = 0 if title else scene.body_at
    return Actor(
        side=1 if side == 1 else 2,
        name=scene.joined[start:end],
        category=category,
        start=start - shift,
        end=end - shift,
        claim=claim,
        field="title" if title else "body",
    )

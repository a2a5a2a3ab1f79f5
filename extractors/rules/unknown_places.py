"""Places that the table lacks: a name behind a word for places, or one that its container follows.

A name that sounds like a town of the country spoken of is that town; any other stands, without a place of its own, for
something in the town or province named next to it (see rules/locate.py).
"""

from collections.abc import Iterator

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.places.gazetteer import Gazetteer, Place
from extractors.places.towns import towns_like
from extractors.rules.distance import kilometres
from extractors.rules.knowledge import knowledge
from extractors.rules.place_mention import Countries, PlaceMention
from extractors.rules.place_names import ARTICLE, heads
from extractors.rules.place_words import LOCATIVE, PlaceWords, adjective_of, letters
from extractors.rules.scene import Scene

_NEXT = 14  # tokens within which a place is next to another
_LONGEST = 3  # words of an unknown name
_REACH = {"exact": 60.0, "city": 200.0, "admin": 400.0}  # km from a place named next to a town: see _near
_SITES = frozenset({"site", "quarter"})  # what is no town, though it may be called as one
_PROVINCIAL = 20_000  # people: a town that a province may bear the name of
_NAMED = 2  # the weight of a country that the text names
_QUOTE = '"'


class UnknownPlaces:
    """Reads the unknown places of one scene beside those that the table knows."""

    def __init__(self, scene: Scene, words: PlaceWords, table: Gazetteer, settled: list[PlaceMention]) -> None:
        self.scene = scene
        self.words = words
        self.table = table
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.settled = [mention for mention in settled if mention.place is not None and mention.place.country]
        self.known = {token for mention in settled for token in range(mention.written_first, mention.last)}
        self.lexicon = knowledge().peeler

    def read(self, countries: Countries) -> list[PlaceMention]:
        """The mentions of unknown places; `countries` are those that the text speaks of."""
        found = list(self._behind_cues(countries))
        taken = {token for mention in found for token in range(mention.written_first, mention.last)}
        found.extend(m for m in self._before_containers() if not taken & set(range(m.first, m.last)))
        return found

    # ------------------------------------------------------------ «بلدة سوكولو بمنطقة سيغو»

    def _behind_cues(self, countries: Countries) -> Iterator[PlaceMention]:
        for cue in (m for matches in self.words.ending.values() for m in matches if m.entry.get("role") == "cue"):
            first = self._name_begins(cue)
            if first is None:
                continue
            if self._ordinary(first):
                continue
            last, place = self._town(cue, first, countries)
            if place is None and cue.entry.get("weak"):
                continue
            precision = cue.entry.attributes["precision"] if place is None else place.precision
            role = self.words.role_of_unknown(cue)
            clitics = letters(cue.before)
            yield PlaceMention(first, last, cue.first, place, role, precision, clitics=clitics)

    def _name_begins(self, cue: Match) -> int | None:
        """The first token of an unknown name behind a cue; None where none stands there."""
        first = cue.last
        if first < len(self.forms) and self.forms[first] == _QUOTE:
            first += 1
        if first >= len(self.forms) or self.kinds[first] != "w" or first in self.known or cue.after:
            return None
        if "the" in MEANING.get(cue.before, ()) or first in self.words.openers:
            return None
        return first

    def _ordinary(self, first: int) -> bool:
        """Whether what follows a cue is a word that describes it: a military base, a side road."""
        form = self.forms[first]
        if form in self.table.common or adjective_of(form):
            return True
        bare = self.forms[first - 1] != _QUOTE and not form.startswith(ARTICLE)
        return bare and form.endswith(self.table.describing)

    def _town(self, cue: Match, first: int, countries: Countries) -> tuple[int, Place | None]:
        """The town that the longest name from a token sounds like, and the token after its name."""
        if cue.entry.get("kind") in _SITES and not cue.entry.get("bears_towns"):
            return first + 1, None
        province = cue.entry.get("kind") == "admin1"
        last = first
        while last < min(first + _LONGEST, len(self.forms)) and self.kinds[last] == "w" and last not in self.known:
            last += 1
        for end in range(last, first, -1):
            if end > first + 1 and (end - 1) in self.words.openers:
                continue
            phrase = " ".join(self.forms[first:end])
            place = self._sounding(phrase, first, end, countries)
            if place is not None and (not province or (place.population or 0) >= _PROVINCIAL):
                return end, place
        return self._name_ends(first, last), None

    def _name_ends(self, first: int, last: int) -> int:
        """The token after a name that no town bears: at the closing mark, else after a word, or two for «تل …»."""
        if self.forms[first - 1] == _QUOTE and last < len(self.forms) and self.forms[last] == _QUOTE:
            return last
        return min(last, first + 1 + (self.forms[first] in self.table.openers))

    def _sounding(self, phrase: str, first: int, last: int, countries: Countries) -> Place | None:
        beside = self._beside(first, last)
        spoken = [mention.place.country for mention in beside if mention.place is not None]
        for country in filter(None, dict.fromkeys([*spoken, countries.best()])):
            near = [m.place for m in beside if m.place and m.place.country == country and m.precision != "country"][:1]
            near = near or [
                m.place for m in self.settled if m.place and m.place.country == country and m.place.latitude
            ]
            for town in towns_like(phrase, country):
                if any(_near(town, place) for place in near) or (not near and countries.weights[country] >= _NAMED):
                    return town
        return None

    def _beside(self, first: int, last: int) -> list[PlaceMention]:
        """The known places named next to a token, those behind it first."""
        near = [m for m in self.settled if -_NEXT <= m.first - last <= _NEXT and m.role not in ("from", "border")]
        sentence = self.scene.sentence_of(first)
        near = [m for m in near if self.scene.sentence_of(m.first) == sentence]
        return sorted(near, key=lambda m: (m.first < first, abs(m.first - last)))

    # ------------------------------------------------------------ «في سوسنجرد بمحافظة خوزستان»

    def _before_containers(self) -> Iterator[PlaceMention]:
        """Names without a word for their sort, that the province they lie in follows at once."""
        for container in self.settled:
            first = container.written_first - 1
            if container.precision != "admin" or container.role not in ("in", "cue") or first < 1:
                continue
            if self.kinds[first] != "w" or first in self.known:
                continue
            found = self._named_in(first, container)
            if found is not None:
                yield found

    def _named_in(self, first: int, container: PlaceMention) -> PlaceMention | None:
        inside = self.words.located_at(first)
        for before, rest in heads(self.forms[first]):
            if not (before in LOCATIVE or (inside and not before)) or self.lexicon.readings(rest):
                continue
            assert container.place is not None
            for town in towns_like(rest, container.place.country or ""):
                if _near(town, container.place):
                    return PlaceMention(first, first + 1, first, town, "in", town.precision, clitics=len(before))
        return None


def _near(town: Place, place: Place) -> bool:
    """Whether a town can be meant beside a place: not too far from a town, or from the middle of a province."""
    apart = kilometres(town, place)
    return apart is None or apart < _REACH.get(place.precision, 0.0)

"""Places that the table lacks: a name behind a word for places, or one that its container follows.

A name that sounds like a town of the country spoken of is that town; any other is a place of its own in the town or
province named next to it, whose point stands for it, where its cue names places alone (`names`); else it stands for
something there, without a place of its own (see rules/locate.py).
"""

from collections.abc import Iterator
from dataclasses import replace

from extractors.arabic.clitics import AND, ARTICLE, MEANING
from extractors.arabic.lexicon import Match
from extractors.places.gazetteer import Gazetteer, Place
from extractors.places.towns import towns_like
from extractors.rules.distance import UNKNOWN, kilometres
from extractors.rules.knowledge import knowledge
from extractors.rules.place_mention import Countries, PlaceMention
from extractors.rules.place_names import heads
from extractors.rules.place_words import LOCATIVE, PlaceWords, adjective_of, letters
from extractors.rules.scene import Scene

_NEXT = 14  # tokens within which a place is next to another
_LONGEST = 3  # words of an unknown name
_REACH = {"exact": 60.0, "city": 200.0, "admin": 400.0}  # km from a place named next to a town: see _near
_SITES = frozenset({"site", "quarter"})  # what is no town, though it may be called as one
_PEOPLED = frozenset({"city", "town", "village", "quarter"})
_PROVINCIAL = 20_000  # people: a town that a province may bear the name of
_NAMED = 2  # the weight of a country that the text names
_QUOTE = '"'
_NO_NAME = tuple(form for form, means in MEANING.items() if means in ({"conj", "the"}, {"to", "the"}))
_DEFINITE = "the"
_AT_ONCE = 4  # tokens
_BACK = 2  # sentences before a name, in which the place around it may be told
_HERE = frozenset({"in", "cue", "near", "headline"})
_NOT_AROUND = frozenset({"to", "care", "road", "out", "office"})


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
        self.told = {m.first for dimension in ("events", "harm") for m in scene.found[dimension]}
        self.lexicon = knowledge().peeler

    def read(self, countries: Countries) -> list[PlaceMention]:
        """The mentions of unknown places; `countries` are those that the text speaks of."""
        found = list(self._behind_cues(countries))
        found.extend([mention for cue, first in self._lists(found) for mention in self._joined(cue, first, countries)])
        taken = {token for mention in found for token in range(mention.written_first, mention.last)}
        found.extend(m for m in self._before_containers() if not taken & set(range(m.first, m.last)))
        return found

    # ------------------------------------------------------------ «بلدة سوكولو بمنطقة سيغو»

    def _behind_cues(self, countries: Countries) -> Iterator[PlaceMention]:
        cues = [m for matches in self.words.ending.values() for m in matches if m.entry.get("role") == "cue"]
        named = 0  # the token after the last name: «تل براك» is one, though a word for places begins it
        for cue in sorted(cues, key=lambda match: match.first):
            first = self._name_begins(cue)
            if first is None or cue.first < named or self._ordinary(first):
                continue
            last, place = self._town(cue, first, countries)
            if place is None and cue.entry.get("weak"):
                continue
            precision = cue.entry.attributes["precision"] if place is None else place.precision
            place = place or self._of_its_own(cue, first, last, countries)
            role, named = self.words.role_of_unknown(cue), last
            again, clitics = self.words.told_anew(cue.first), letters(cue.before)
            yield PlaceMention(first, last, cue.first, place, role, precision, again=again, clitics=clitics)

    def _lists(self, found: list[PlaceMention]) -> Iterator[tuple[Match, int]]:
        """Words for the sort of several places, with the token after the first name behind each."""
        ends = {m.written_first: m.last for m in (*self.settled, *found)}
        for cue in self.scene.found["place_cues"]:
            if cue.entry.get("names") and cue.first in ends and self.forms[cue.last - 1].endswith(self.table.several):
                yield cue, ends[cue.first]

    def _joined(self, cue: Match, at: int, countries: Countries) -> Iterator[PlaceMention]:
        """«قريتي أم شرشوح والهلالية»: the names joined on by "and" behind the first one."""
        while at < len(self.forms):
            if at in self.known:
                at += 1
                continue
            rest = self.forms[at].removeprefix(AND) if self.forms[at].startswith(AND) else ""
            if not rest or self.lexicon.readings(rest) or at in self.words.openers or rest in self.table.common:
                return
            last, place = self._town(cue, at, countries, rest)
            place = place or self._of_its_own(cue, at, last, countries, rest)
            if place is None:
                return
            yield PlaceMention(at, last, at, place, "cue", place.precision, joined=True, clitics=len(AND))
            at = last

    def _name_begins(self, cue: Match) -> int | None:
        """The first token of an unknown name behind a cue; None where none stands there."""
        first = cue.last
        if first < len(self.forms) and self.forms[first] == _QUOTE:
            first += 1
        if first >= len(self.forms) or self.kinds[first] != "w" or first in self.known or cue.after:
            return None
        if "the" in MEANING.get(cue.before, ()) or first in self.words.openers:
            return None
        if first in self.told and cue.entry.get("kind") not in _PEOPLED:
            return None
        if self.forms[first].startswith(_NO_NAME):
            return None
        return first

    def _ordinary(self, first: int) -> bool:
        """Whether what follows a cue is a word that describes it: a military base, a side road."""
        form = self.forms[first]
        if form in self.table.common or adjective_of(form):
            return True
        bare = self.forms[first - 1] != _QUOTE and not form.startswith(ARTICLE)
        return bare and form.endswith(self.table.describing)

    def _town(self, cue: Match, first: int, countries: Countries, head: str = "") -> tuple[int, Place | None]:
        """The town that the longest name from a token sounds like, and the token after its name.

        `head`: the first word without what is written on to it.
        """
        if cue.entry.get("kind") in _SITES and not cue.entry.get("bears_towns"):
            return self._name_ends(first, min(first + _LONGEST, len(self.forms))), None
        province = cue.entry.get("kind") == "admin1"
        last = first
        while last < min(first + _LONGEST, len(self.forms)) and self.kinds[last] == "w" and last not in self.known:
            last += 1
        for end in range(last, first, -1):
            if end > first + 1 and (end - 1) in self.words.openers:
                continue
            phrase = " ".join((head or self.forms[first], *self.forms[first + 1 : end]))
            place = self._sounding(phrase, first, end, countries)
            if place is not None and (not province or (place.population or 0) >= _PROVINCIAL):
                return end, place
        return self._name_ends(first, last), None

    def _name_ends(self, first: int, last: int) -> int:
        """The token after a name that no town bears: at the closing mark, else after a word, or two for «تل …»."""
        if self.forms[first - 1] == _QUOTE and last < len(self.forms) and self.forms[last] == _QUOTE:
            return last
        end = min(last, first + 1 + (self.forms[first] in self.table.openers))
        annexed = end < last and self.forms[end].startswith(ARTICLE) and not self.forms[first].startswith(ARTICLE)
        return end + (annexed and end not in self.told and end not in self.words.openers)

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

    def _of_its_own(self, cue: Match, first: int, last: int, countries: Countries, head: str = "") -> Place | None:
        """A place that only this text knows, by its name, where the known place around it lies."""
        name = [head or self.forms[first], *self.forms[first + 1 : last]]
        bare = self.forms[first - 1] != _QUOTE and not name[0].startswith(ARTICLE)
        named = cue.entry.get("names") and not (bare and cue.entry.get("names") == _DEFINITE)
        around = self._around(first, last, countries) if named else None
        if around is None:
            return None
        words = [form.removeprefix(ARTICLE) for form in name if form not in self.table.openers]
        return replace(
            around,
            id=f"{around.country}:{' '.join(words) or name[0]}",
            kind=cue.entry.attributes["kind"],
            precision=cue.entry.attributes["precision"],
            population=None,
            flags=UNKNOWN,
            name_en="",
            names=(),
        )

    def _around(self, first: int, last: int, countries: Countries) -> Place | None:
        """The known place that follows a name at once, else the finest and nearest of its sentence, or told before."""
        sentence = self.scene.sentence_of(first)
        told = [m for m in self.settled if m.precision != "country" and m.role not in ("from", "border")]
        here = [m for m in told if self.scene.sentence_of(m.first) == sentence]
        behind = [m for m in here if 0 <= m.written_first - last < _AT_ONCE]
        beside = [m for m in here if m.role not in _NOT_AROUND]
        beside.sort(key=lambda m: (self._abroad(m, countries), m.precision == "admin", abs(m.first - first)))
        before = [m for m in told if m.first < first and m.role in _HERE][::-1]
        before = [m for m in before if sentence - self.scene.sentence_of(m.first) <= _BACK]
        return next((self._finer(m).place for m in (*behind, *beside, *before)), None)

    def _abroad(self, mention: PlaceMention, countries: Countries) -> bool:
        """Whether a place lies in another country than the one spoken of most."""
        return mention.place is not None and mention.place.country != countries.best()

    def _finer(self, around: PlaceMention) -> PlaceMention:
        """«جبل الزاوية بريف إدلب»: of a place and the province right behind it the place."""
        for mention in self.settled:
            if mention.place and around.place and 0 <= around.written_first - mention.last < 1:
                return mention if mention.place.country == around.place.country else around
        return around

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

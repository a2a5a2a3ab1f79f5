"""A scene -> what the words before a place say of it: its sort, and whether it is where something happened.

The words are those of language/ar/place_cues.toml.
"""

from dataclasses import replace
from functools import lru_cache, partial

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.memory import WordMemory
from extractors.places.gazetteer import gazetteer
from extractors.rules.knowledge import knowledge
from extractors.rules.place_mention import PlaceMention
from extractors.rules.place_names import PlaceName, heads
from extractors.rules.scene import Scene

LOCATIVE = frozenset(form for form, means in MEANING.items() if "prep" in means)
_LOOK_BACK = 4
_FAR_REACHING = ("from", "belongs", "of", "care", "office", "seat", "to")
_ROLE_ORDER = ["from", "belongs", "of", "care", "border", "to", "office", "seat", "in", "near", "out"]
_QUOTE = '"'
_THERE = frozenset({"in", "near", "cue", "plain", "of"})
_NAMING = frozenset({"site", "village"})
_SILENT = ("cue", "also", "stand", "ground", "cause", "spread", "outlet", "nation", "coast")


class PlaceWords:
    """The place cues of one scene, by where they stand."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.forms = scene.tokens.forms
        self.kinds = scene.tokens.kinds
        self.describing = gazetteer().describing
        found = [match for match in scene.found["place_cues"] if match.entry.get("role") not in ("nation", "coast")]
        self.openers = {m.first for m in found if not _begins_names(m)} | {m.first for m in scene.found["grammar"]}
        cued = partial(scene.found.of, "place_cues")
        self.care = {match.first for match in cued("care")}
        led_to = {m.last for m in scene.found.of("grammar", "reaches")}
        self.sorted = {m.first for m in cued("cue")} - led_to  # of names that begin so
        self.causes = [m.last for m in cued("cause")]
        self.outlets = {at for m in cued("outlet") for at in range(m.first, m.last)}
        self.belonging = {m.last: m.first for m in cued("belongs")}
        self.ending: dict[int, list[Match]] = {}  # by the token after the cue
        for match in found:
            self.ending.setdefault(match.last, []).append(match)

    def cue(self, first: int) -> Match | None:
        """The word for the sort of the place that begins at a token, a quotation mark between them or none."""
        for at in (first, first - 1) if first and self.forms[first - 1] == _QUOTE else (first,):
            for match in self.ending.get(at, ()):
                if match.entry.get("role") == "cue" and "the" not in MEANING.get(match.before, ()):
                    return match
        return self._described(first - 1)

    def cue_of_several(self, first: int) -> Match | None:
        """«شارعي الثورة وبغداد»: the word for the sort of several places before an unknown name."""
        cue = self.cue(first)
        return cue if cue is not None and self.forms[cue.last - 1].endswith(gazetteer().several) else None

    def adjoins(self, cue: Match, first: int) -> bool:
        """Whether nothing but a quotation mark stands between a cue and the name it introduces."""
        return all(form == _QUOTE for form in self.forms[cue.last : first])

    def _described(self, between: int) -> Match | None:
        """«المدينة الساحلية صور», «العاصمة الليبية طرابلس»: a sort with the article, described before its name."""
        if between < 1 or not (
            self.forms[between].startswith(ARTICLE) and self.forms[between].endswith(self.describing)
        ):
            return None
        for match in self.ending.get(between, ()):
            if match.entry.get("role") == "cue" and (ARTICLE in self.forms[match.first][:4]):
                return match
        return None

    def located(self, name: PlaceName) -> bool:
        """Whether a word that surely speaks of places stands before a name: in, near, the north of."""
        return name.before in LOCATIVE or (not name.before and self.located_at(name.first))

    def located_at(self, first: int) -> bool:
        """Whether such a word stands right before a token."""
        return any(m.entry.get("locative") or m.entry.get("role") == "near" for m in self.ending.get(first, ()))

    def heads_title(self, name: PlaceName) -> bool:
        """«صفاقس : …»: a place that a headline begins with, set off by a mark."""
        return (
            name.first == 0
            and self.scene.tokens.starts[0] < self.scene.body_at
            and name.last < len(self.kinds)
            and self.kinds[name.last] == "p"
        )

    def role(self, name: PlaceName) -> str:
        """What a settled name is in its sentence; see PlaceMention. A road that bears its name leads there."""
        if self.heads_title(name):
            return "headline"
        cue = self.cue(name.first)
        if name.first in self.care or self._taken_to(cue):
            return "care"
        told = self.word_role(name.first if cue is None else cue.first)
        leads = cue is not None and cue.entry.get("leads")
        if told == "office" and self._written_on(name, cue) == "in":
            return "unit"
        if told is not None and not (told == "in" and leads):
            return told
        if leads:
            return "road"
        return self._written_on(name, cue)

    def _taken_to(self, cue: Match | None) -> bool:
        """«نقل إلى مستشفى العريش»: a hospital that something did not happen in."""
        cares = cue is not None and cue.first in self.care
        return cue is not None and cares and not (cue.before in LOCATIVE or self.located_at(cue.first))

    def _written_on(self, name: PlaceName, cue: Match | None) -> str:
        """The role that the letters before a name, or before the word for its sort, give it."""
        if cue is None and "to" in MEANING.get(name.before, ()):
            return "for"
        if name.before in LOCATIVE or (cue is not None and cue.before in LOCATIVE):
            return "in"
        return "cue" if cue is not None or name.first in self.sorted else "plain"

    def role_of_unknown(self, cue: Match) -> str:
        """What a name that only its cue makes a place is in its sentence."""
        if cue.first in self.care:
            return "care"
        return self.word_role(cue.first) or ("in" if cue.before in LOCATIVE else "cue")

    def word_role(self, start: int) -> str | None:
        """The role that a word gives, up to a few tokens before; a nearer word outweighs."""
        for back in range(_LOOK_BACK):
            at = start - back
            roles = [m.entry.get("role") for m in self.ending.get(at, ()) if m.entry.get("role") not in _SILENT]
            if roles and (back == 0 or roles[0] in _FAR_REACHING):
                role = str(min(roles, key=_ROLE_ORDER.index))
                return "office" if role == "seat" else role
            if at - 1 < 0 or self.kinds[at - 1] != "w":
                return None
        return None

    def caused(self, mention: PlaceMention) -> PlaceMention:
        """A place told in what people demonstrate about: right behind it none of theirs, further on hardly."""
        sentence = self.scene.sentences[self.scene.sentence_of(mention.first)]
        causes = [at for at in self.causes if sentence.first <= at <= mention.written_first]
        if not causes or mention.role not in _THERE:
            return mention
        if sentence.clause_of(causes[-1]) != sentence.clause_of(mention.first):
            return mention
        return replace(mention, role="for" if mention.written_first == causes[-1] else "about")

    def lies_in(self, part: PlaceMention, whole: PlaceMention) -> bool:
        """«قرية … التابعة لمركز …»: whether a place is told as the one that the place before it lies in."""
        joint = self.belonging.get(whole.written_first)
        return joint is not None and joint - part.last in (0, 1)

    def told_anew(self, first: int) -> bool:
        """Whether "and in" stands before a place."""
        inside = (m for m in self.ending.get(first, ()) if m.entry.get("role") in ("in", "near"))
        return any("conj" in MEANING.get(match.before, ()) for match in inside)

    def bearing(self, first: int) -> Match | None:
        """The direction that stands before a place: «شمال العراق»."""
        return next((m for m in self.ending.get(first, ()) if m.entry.get("bearing") is not None), None)

    def listed(self, first: int) -> bool:
        """Whether a mark or a word of adding stands before a place."""
        return first > 0 and (
            self.kinds[first - 1] == "p" or any(m.entry.get("role") == "also" for m in self.ending.get(first, ()))
        )


@lru_cache(maxsize=1)
def adjectives() -> dict[str, tuple[str, ...]]:
    """Every adjective, with the article and without, that speaks of one country alone -> that country."""
    bare = gazetteer().adjectives
    written = {ARTICLE + form: codes for form, codes in bare.items()} | bare
    return {form: codes for form, codes in written.items() if len(codes) == 1}


def adjective_of(form: str) -> tuple[str, ...]:
    """The country that an adjective speaks of, where it is one alone."""
    return adjectives().get(form, ())


def _nations(word: str) -> frozenset[str]:
    table = gazetteer()
    known = (head for _, head in heads(word) if head in table.names)
    named = (place for head in known for place in table.named[head] if place.kind == "country")
    return frozenset((*adjective_of(word), *(place.country for place in named if place.country)))


NATIONS = WordMemory(_nations)
"""The countries that a written word may name, or speak of as an adjective."""


def _is_word(phrase: str) -> bool:
    table = gazetteer()
    if phrase in table.words:
        return True
    known = knowledge().peeler.readings(phrase)
    return any(not reading.before and not reading.after for reading in known) and not any(
        place.kind == "country" for place in table.named[phrase]
    )


ARE_WORDS = WordMemory(_is_word)
"""Whether a name of the table is a word too; a country's is its name alone."""


def _begins_names(match: Match) -> bool:
    """Whether a word for places is often the first of a village's name: «تل براك», «عين الحلوة»."""
    return match.entry.get("role") == "cue" and match.entry.get("kind") in _NAMING and not match.before


def letters(before: str) -> int:
    """How many letters of a clitic are no part of the name: the article stays."""
    if "the" not in MEANING.get(before, ()):
        return len(before)
    return len(before) - len(ARTICLE) if before.endswith(ARTICLE) else 0

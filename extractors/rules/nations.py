"""The country that an institution's adjective says, where no place is named: «الشرطة الألمانية»."""

from collections.abc import Collection, Iterable, Iterator

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.records import Location
from extractors.rules.place_mention import PlaceMention
from extractors.rules.place_words import adjective_of, letters
from extractors.rules.scene import Scene

_NAME = 3  # words of a name between the word for its sort and the adjective
_COAST = "coast"  # the role there of words for the sea before a country
_KEEPERS = "nation"  # the role in place_cues.toml of those who act in their own country


def in_nation(scene: Scene, sentences: Iterable[int]) -> Location | None:
    """The country of the first such institution that sentences name."""
    for number in sentences:
        for first, last, code, clitics in sorted(_told(scene, number)):
            return Location(country=code, place=scene.quote(first, last)[clitics:], geo_precision="country")
    return None


def off_coast(scene: Scene, places: Iterable[PlaceMention], sentences: Collection[int]) -> Location | None:
    """The sea of the country whose coast a vessel was off, by the sentences that tell of it: a part of it, no dot."""
    countries = {m.first: m.place.country for m in places if m.precision == "country" and m.place is not None}
    for cue in scene.found["place_cues"]:
        if cue.entry.get("role") != _COAST or scene.sentence_of(cue.first) not in sentences:
            continue
        form = scene.tokens.forms[cue.last] if cue.last < len(scene.tokens) else ""
        code = countries.get(cue.last) or next(iter(adjective_of(form)), None)
        if code is not None:
            return Location(country=code, place=scene.quote(cue.first, cue.last + 1), geo_precision="admin")
    return None


def _told(scene: Scene, number: int) -> Iterator[tuple[int, int, str, int]]:
    """The tokens of each institution with its adjective, the country of that, and letters that are not its."""
    sentence = scene.sentences[number]
    for cue in scene.found["place_cues"]:
        role = cue.entry.get("role")
        if not sentence.first <= cue.first < sentence.last or role not in (_KEEPERS, "cue") or cue.after:
            continue
        reach = 1 if role == _KEEPERS else 1 + _NAME
        if role == "cue" and "the" in MEANING.get(cue.before, ()):
            continue
        for at in range(cue.last, min(cue.last + reach, sentence.last)):
            form = scene.tokens.forms[at]
            if scene.tokens.kinds[at] != "w" and at > cue.last + 1:
                break
            if form.startswith(ARTICLE) and (codes := adjective_of(form)):
                yield cue.first, at + 1, codes[0], letters(cue.before)
                break

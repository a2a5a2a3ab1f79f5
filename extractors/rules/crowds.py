"""Sentences that tell of a demonstration -> how many took part."""

from collections.abc import Iterator

from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.count import Count
from extractors.rules.counts import SOUND_PLURAL, VAGUE, CountReader
from extractors.rules.scene import Scene, within

_FRAMES = frozenset({"protest", "riot", "disperse"})
_OTHERS = frozenset({"State forces", "Rebel group", "Criminals"})
_NO_CROWD = frozenset({"subset", "by", "undergoes"})
_NO_GROUPS = frozenset({"other", "case"})  # the rest of those told; the wounded by their cases
_GATHERED = "protester"
_REACH = 25
_NEAR = 6
_OPENS = 3


class CrowdReader:
    """Reads the numbers of those who gather: of people, near a word that tells of gathering, and nobody's toll."""

    def __init__(self, scene: Scene, counts: CountReader) -> None:
        self.scene = scene
        self.counts = counts
        self._words = [m for m in scene.found["harm"] if m.entry.get("kind") == "participants"]
        self._events = [m for m in scene.found["events"] if m.entry.get("frame") in _FRAMES]

    def read(self, sentence: Sentence, taken: set[int]) -> Iterator[tuple[Match, Count]]:
        """The counts of a sentence's crowd, each with the word it hangs on; not in tokens that a toll has `taken`."""
        words = within(self._words, sentence)
        events = within(self._events, sentence)
        if not events and all(m.entry.get("told_by") for m in words):
            return
        for first in sorted(self.counts.quantity_at) if words or events else ():
            if not sentence.first <= first < sentence.last or first in taken:
                continue
            count = self.counts.one_at(first, sentence.last)
            if count is None or not self._is_crowd(count, sentence):
                continue
            trigger = self._trigger(count, words, events, opens=count.first - sentence.first <= _OPENS)
            if trigger is not None:
                yield trigger, count

    def _is_crowd(self, count: Count, sentence: Sentence) -> bool:
        """Whether people are counted, and not those who stand guard or a part of others."""
        if count.category in _OTHERS or count.max == 1 or (count.noun and count.noun.get("group") in _NO_GROUPS):
            return False
        if count.qualifier == "some" and self._of_the_gathered(count):
            return False
        if any(m.entry.get("role") in _NO_CROWD for m in self.counts.between(count.first - 3, count.first)):
            return False
        return self._are_people(count, sentence)

    def _are_people(self, count: Count, sentence: Sentence) -> bool:
        """Whether a noun of people stands with a number, or what makes one of people likely."""
        if count.noun is not None or (count.qualifier in VAGUE and self.counts.has_article(count.first)):
            return True  # «تظاهر المئات»: who they are need not be told
        if count.qualifier == "some":
            return self._is_human(count, sentence)
        vague = count.max is None and count.qualifier not in ("more than", "at least")
        if not vague:
            return self._gathers_at(count.last) is not None
        return not count.unknown or self._is_human(count, sentence)

    def _of_the_gathered(self, count: Count) -> bool:
        """«بعض المتظاهرين» speaks of a few among them."""
        if count.noun is not None:
            return bool(count.noun.get("group") == _GATHERED)
        return self._gathers_at(count.last) is not None

    def _is_human(self, count: Count, sentence: Sentence) -> bool:
        """A sound plural with the article behind a vague number is a plural of people."""
        at = count.last
        form = self.scene.tokens.forms[at] if at < sentence.last else ""
        return self._gathers_at(at) is not None or form.endswith(SOUND_PLURAL)

    def _gathers_at(self, token: int) -> Match | None:
        return next((m for m in self._words if m.first <= token < m.last), None)

    def _trigger(self, count: Count, words: list[Match], events: list[Match], *, opens: bool) -> Match | None:
        """The nearest word of gathering; a number that says little must stand beside it, or open the sentence."""
        near = min((*words, *events), key=lambda m: gap(m, count), default=None)
        if near is None:
            return None
        reach = _NEAR if count.qualifier == "some" and not opens else _REACH
        caused = any(m.entry.get("role") == "cause" for m in self.counts.between(count.last, near.first))
        return near if gap(near, count) <= reach and not caused else None


def gap(match: Match, count: Count) -> int:
    """How many tokens lie between a word and a count."""
    return max(count.first - match.last, match.first - count.last, 0)

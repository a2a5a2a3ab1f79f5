"""Sentences that tell of damage -> how many vehicles, buildings, homes and the like; and weapons that were seized."""

from collections.abc import Iterator

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.count import Count, is_definite
from extractors.rules.counts import CountReader
from extractors.rules.scene import Scene, within

_REACH = 9
_LONE_REACH = 3
_BACK = 2
_CHAIN = 3
_ROLES = frozenset({"damage", "seized"})


class DamageReader:
    """Reads the counted things of one scene that stand with a word of damage, and weapons with one of seizure."""

    def __init__(self, scene: Scene, counts: CountReader) -> None:
        self.scene = scene
        self.counts = counts
        self._words = [m for m in scene.found["harm"] if m.entry.get("role") in _ROLES]
        self._things = scene.found.of("harm", "thing") if self._words else []

    def read(self, sentence: Sentence) -> Iterator[tuple[Match, Count]]:
        """The counts of a sentence's damaged or seized things, each with the word for the thing."""
        words = within(self._words, sentence)
        chained: Count | None = None
        for thing in within(self._things, sentence) if words else ():
            count = self._count(thing, sentence)
            if count is not None and (self._follows(chained, thing, count) or self._is_done_to(thing, count, words)):
                chained = count
                yield thing, count

    def _count(self, thing: Match, sentence: Sentence) -> Count | None:
        quantity = next(
            (
                q
                for q in self.counts.quantity_at.values()
                if q.last <= thing.first <= q.last + 1 and self._ties(q.last, thing)
            ),
            None,
        )
        if quantity is not None and quantity.first >= sentence.first:
            return Count(quantity.first, thing.last, quantity.min, quantity.max, quantity.qualifier, thing.entry)
        if thing.first in self.counts.numbered or is_definite(thing):
            return None
        number = thing.entry.get("number")
        if number == "two":
            return Count(thing.first, thing.last, 2, 2, "exact", thing.entry, implied=True)
        if number == "many":
            return Count(thing.first, thing.last, 2, None, "some", thing.entry, implied=True)
        return Count(thing.first, thing.last, 1, 1, "exact", thing.entry, implied=True)

    def _ties(self, at: int, thing: Match) -> bool:
        return thing.first == at or self.counts.role(at, "of") is not None or self.counts.is_shell(at)

    def _follows(self, chained: Count | None, thing: Match, count: Count) -> bool:
        """«ستين سيارة وحافلتين»: the second thing shares the word of the first."""
        if chained is None or not 0 <= count.first - chained.last <= _CHAIN:
            return False
        start = self.scene.tokens.forms[count.first]
        return any("conj" in means and start.startswith(form) for form, means in MEANING.items()) or bool(thing.before)

    def _is_done_to(self, thing: Match, count: Count, words: list[Match]) -> bool:
        for word in words:
            if (word.entry.get("role") == "seized") != (thing.entry.get("kind") == "weapons"):
                continue
            if word.entry.get("from_above") and thing.entry.get("kind") == "aircraft":
                continue
            reach = _LONE_REACH if count.implied else _REACH
            if 0 <= count.first - word.last <= reach and not self._parted(word.last, count.first):
                return True
            if 0 <= word.first - count.last <= _BACK and not self._parted(count.last, word.first):
                return True
        return False

    def _parted(self, first: int, last: int) -> bool:
        """Whether punctuation, or a noun of harm or of people, stands between."""
        for token in range(first, last):
            if self.scene.tokens.kinds[token] == "p" and not self.counts.is_shell(token):
                return True
            match = self.counts.harm_at.get(token)
            if token in self.counts.person_at or (
                match is not None and match.entry.get("role") in ("act", "verb", "one")
            ):
                return True
        return False

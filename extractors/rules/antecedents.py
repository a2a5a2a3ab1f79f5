"""«القبض عليهم», «ضبط المتهمين»: people of whom a word only speaks again -> how many they were told to be before."""

from collections.abc import Iterator
from dataclasses import replace

from extractors.arabic.clitics import BY, PRONOUN_NUMBER, THEM
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.count import Count, is_definite
from extractors.rules.counts import VAGUE, CountReader
from extractors.rules.scene import Scene

_HELD = "detained"
_SUSPECT = "Criminals"
_GUARDS = "State forces"
_MANY = frozenset({"many", "two-or-many"})
_HARM_REACH = 3
_BACK = 6  # sentences in which a gang may have been told
_PAIR = 2


class AntecedentReader:
    """Looks back in one scene for people told before."""

    def __init__(self, scene: Scene, counts: CountReader) -> None:
        self.scene = scene
        self.counts = counts

    def of_them(self, match: Match, sentence: Sentence) -> Count | None:
        """«تم إيقافهم»: the people told last in the sentence; suspects alone before it."""
        if match.entry.get("kind") != _HELD:
            return None
        told = next(self._told(sentence, match.first), None) or self._told_before(sentence)
        return None if told is None else self._again(match, told)

    def of_known(self, match: Match, token: int, sentence: Sentence) -> Count | None:
        """«ضبط المتهمين الثلاثة», «ضبط المتهمين», «أفراد الشبكة»: those who were told before."""
        person = self.counts.person_at.get(token)
        if match.entry.get("kind") != _HELD or person is None or person.entry.get("number") not in _MANY:
            return None
        number = next((q for q in self.scene.quantities if q.first == person.last and q.definite), None)
        if number is not None and number.kind == "cardinal" and number.unit is None and is_definite(person):
            again = Count(match.first, number.last, number.min, number.max, number.qualifier, person.entry)
            return replace(again, definite=True)
        if is_definite(person) and person.entry.get("category") != _SUSPECT:
            return None
        told = next(self._told(sentence, match.first), None) or self._told_before(sentence)
        return None if told is None else self._again(match, told)

    def is_known(self, token: int, sentence: Sentence) -> bool:
        """Whether people with the article, or the members of a gang with it, stand there, and no number with them."""
        person = self.counts.person_at.get(token)
        if person is None or person.entry.get("number") not in _MANY:
            return False
        group = self.counts.role(person.last, "group") if person.last < sentence.last else None
        return is_definite(person) or (group is not None and is_definite(group))

    def of_pronoun(self, match: Match, token: int, sentence: Sentence) -> Count | None:
        """«الاحتفاظ بهم», «الاحتفاظ به»: a pronoun behind a preposition that stands by itself."""
        form = self.scene.tokens.forms[token] if token < sentence.last else ""
        if match.entry.get("kind") != _HELD or not form.startswith(BY):
            return None
        pronoun = form[len(BY) :]
        if pronoun in THEM:
            return self.of_them(match, sentence)
        number = PRONOUN_NUMBER.get(pronoun)
        if number is None:
            return None
        return Count(match.first, token + 1, number, number, "exact", implied=True, definite=True)

    def _again(self, match: Match, told: Count) -> Count:
        return replace(told, first=match.first, last=match.last, implied=True, definite=True)

    def _told_before(self, sentence: Sentence) -> Count | None:
        """Suspects and those listed by name in the sentence before, or a gang with its size in any before it."""
        number = self.scene.sentence_of(sentence.first)
        for back in range(number - 1, max(number - _BACK, 0) - 1, -1):
            before = self.scene.sentences[back]
            for count in self._told(before, before.last):
                listed = count.category == _SUSPECT or self.counts.role(count.first, "each") is not None
                if self.counts.role(count.first, "group") or (back == number - 1 and listed):
                    return count
        return None

    def _told(self, sentence: Sentence, end: int) -> Iterator[Count]:
        """The counts of more than one in a sentence up to a token, the last one first; nobody harmed, no guards."""
        for token in range(end - 1, sentence.first - 1, -1):
            each = self.counts.role(token, "each") is not None
            gang = self.counts.role(token, "group") is not None
            if not (each or gang or token in self.counts.quantity_at or token in self.counts.person_at):
                continue
            count = self.counts.at(token, end)
            named = count is not None and (each or count.noun is not None)
            if count is not None and named and self._can_be_held(count):
                yield count

    def _can_be_held(self, count: Count) -> bool:
        vague = count.qualifier in VAGUE or count.qualifier == "some" or (count.min or 0) < _PAIR
        if vague or count.category == _GUARDS:
            return False
        near = range(max(0, count.first - _HARM_REACH), count.first)
        words = (self.counts.harm_at.get(at) for at in near)
        return not any(w is not None and w.entry.get("kind") in ("killed", "injured") for w in words)

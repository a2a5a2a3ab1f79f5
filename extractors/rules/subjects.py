"""A verb or a state -> whom it befell, where they are told before it: «إن شرطيين قتلا», «مشتبه به رهن الاحتجاز»."""

from collections.abc import Callable

from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.count import Count, pronoun_count
from extractors.rules.counts import CountReader
from extractors.rules.scene import Scene

_BACK_REACH = 9
_STATE_REACH = 6
_MET_REACH = 25
_NAME_REACH = 3
_CLAUSE_FAR = 22  # tokens of a clause about people, between them and their verb
_CLAUSE_REACH = 5
_ONE = frozenset({"one", "one-or-two"})


class SubjectReader:
    """Looks for people before the words of one scene."""

    def __init__(self, scene: Scene, counts: CountReader, fits: Callable[[Match, Count], bool]) -> None:
        self.scene = scene
        self.kinds = scene.tokens.kinds
        self.counts = counts
        self.harm_at = counts.harm_at
        self._fits = fits

    def counted(self, match: Match, sentence: Sentence) -> Count | None:
        """«إن شرطيين قتلا»: the verb follows whom it counts."""
        for token in range(match.first - 1, max(sentence.first, match.first - _BACK_REACH) - 1, -1):
            harm = self.harm_at.get(token)
            if harm is not None and harm.entry.get("role") in ("act", "verb", "state"):
                return None
            if self.counts.role(token - 1, "of") is not None:
                continue
            count = self.counts.at(token, match.first)
            if count is not None and (count.max is None or count.max > 1) and self._fits(match, count):
                return count
        return None

    def single(self, match: Match, sentence: Sentence) -> Count | None:
        """«الشيخ فارق الحياة»: somebody named right before a verb that has nobody behind it."""
        if match.entry.get("voice") != "passive":
            person = self.counts.person_before(match.first)
            near = person is not None and person.entry.get("number") in _ONE
            return self.counts.implied(person) if person is not None and near else None
        for token in range(match.first - 1, max(sentence.first, match.first - _NAME_REACH) - 1, -1):
            if self.kinds[token] == "p" or token in self.harm_at:
                return None
            person = self.counts.person_at.get(token)
            if person is not None and person.entry.get("number") in _ONE:
                return self.counts.implied(person)
        return None

    def of_met(self, match: Match, sentence: Sentence) -> Count | None:
        """«لقي شابان، تقل أعمارهما عن العشرين، حتفهما»: who met their end stands before it, perhaps far."""
        for token in range(match.first - 1, max(sentence.first, match.first - _MET_REACH) - 1, -1):
            if self.counts.role(token, "meets") is not None:
                behind = (self.counts.at(at, match.first) for at in range(token + 1, match.first))
                return next((count for count in behind if count is not None), None) or pronoun_count(match)
        before = self.counted(match, sentence) or self.before_clause(match, sentence)
        return before or pronoun_count(match)

    def before_clause(self, match: Match, sentence: Sentence) -> Count | None:
        """«اثنين من المسلحين الذين هاجموا المركز لقيا حتفهما»: people told before a clause about them."""
        for token in range(match.first - 1, max(sentence.first, match.first - _CLAUSE_FAR) - 1, -1):
            if token in self.harm_at and self.counts.tolls(token):
                return None
            if self.counts.role(token, "relative") is not None:
                behind = (self.counts.at(at, token) for at in range(max(sentence.first, token - _CLAUSE_REACH), token))
                return next((count for count in behind if count is not None), None)
        return None

    def of_state(self, match: Match, sentence: Sentence) -> Count | None:
        """«مشتبه به رهن الاحتجاز»: who is in that state stands before it."""
        for token in range(match.first - 1, max(sentence.first, match.first - _STATE_REACH) - 1, -1):
            if self.kinds[token] == "p" and not self.counts.is_shell(token):
                return None
            count = self.counts.at(token, match.first)
            if count is not None:
                return count
        return None

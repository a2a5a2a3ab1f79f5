"""A word behind a word of harm -> whether it is somebody's name, and whom it counts: «مقتل فلان وشقيقه»."""

from extractors.arabic.clitics import AGREEING, BY, MEANING
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.count import Count
from extractors.rules.counts import MANY, CountReader
from extractors.rules.figure_roles import RoleReader
from extractors.rules.scene import Scene

_NAMED = frozenset({"killed", "injured", "abducted", "detained"})  # what befalls somebody told by name
_SHORT, _LONG = 2, 4  # letters
_AGE_REACH = 9  # tokens between a name and the age of who bears it


class NameReader:
    """Knows names in one scene by what they are not."""

    def __init__(self, scene: Scene, counts: CountReader, roles: RoleReader) -> None:
        self.scene = scene
        self.counts = counts
        self.roles = roles

    def is_name(self, match: Match, token: int) -> bool:
        """«مقتل فلان»: a word behind the act that no lexicon knows, bare, in the singular, is somebody's name."""
        form = self.scene.tokens.forms[token]
        if match.entry.get("numeral") or self.roles.of_the_dead(match) or match.entry.get("kind") not in _NAMED:
            return False
        if match.entry.get("kind") == "injured" and form.startswith(BY):
            return False
        if self.scene.tokens.kinds[token] != "w" or len(form) <= _SHORT or not _is_single(form):
            return False
        given = self.counts.role(token, "given") is not None
        if self._is_known(token, given=given):
            return False
        aged = self.counts.groups.aged(token, min(token + _AGE_REACH, len(self.scene.tokens)))
        return given or aged > 0 or not match.entry.get("persons")

    def _is_known(self, token: int, *, given: bool) -> bool:
        """Whether a word is one of another meaning, a date's, or stands before a number («مجموع ثلاثة شبان»)."""
        counts = self.counts
        words = token in counts.person_at or token in counts.harm_at or (token in counts.grammar and not given)
        numbers = token in counts.numbered or token + 1 in counts.quantity_at
        return words or numbers or any(d.first <= token < d.last for d in self.scene.dates)

    def counted(self, token: int, sentence: Sentence) -> Count:
        """One, and who is joined to him: «مقتل فلان وشقيقه»."""
        count = Count(token, token + 1, 1, 1, "exact", implied=True, definite=True, unknown=True)
        return self.counts.joins.joined(count, sentence.last)


def _is_single(form: str) -> bool:
    """A word without the article or another particle, and without a plural's, a dual's or an accusative's ending."""
    particles = (clitic for clitic, means in MEANING.items() if "the" in means and len(clitic) > 1)
    plural = len(form) > _LONG and form.endswith(MANY)
    return not (form.startswith(tuple(particles)) or plural or form.endswith(AGREEING[1]))

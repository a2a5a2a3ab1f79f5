"""A figure's word and count -> its role: the total, a part of it, a sum of two kinds, a denial, or another story's."""

from extractors.arabic.clitics import MEANING, PRONOUN_NUMBER, THEM
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.records import FigureRole
from extractors.rules.count import Count
from extractors.rules.counts import CountReader
from extractors.rules.scene import Scene, within

_DENIAL_REACH = 7
_VERB_DENIAL = 2
_SUBSET_REACH = 4
_ELSEWHERE_REACH = 3
_ALSO_REACH = 3
_DEED_REACH = 12  # who did more of the same stands between
_HOW_REACH = 10
_GOES_ON = 5
_WIDE_REACH = 12
_OF_A_WAR = 5000
_TOLLS = frozenset({"killed", "injured"})
_GATHERING = frozenset({"protest", "riot"})
_BURNING = frozenset({"fire"})


class RoleReader:
    """Judges the figures of one scene."""

    def __init__(self, scene: Scene, counts: CountReader) -> None:
        self.scene = scene
        self.counts = counts
        self._revised = {scene.sentence_of(m.first) for m in scene.found.of("grammar", "revised")}
        self._wide = scene.found.of("grammar", "widely")

    def of(self, match: Match, count: Count, sentence: Sentence) -> FigureRole | None:
        """The role of a figure; None where it counts nobody («أي شخص»)."""
        if self.denied(match, count, sentence):
            return "none"
        if self._of_nobody(count) or match.entry.get("role") == "loss" or count.max == 0:
            return None
        if self._is_part(count, sentence):
            return "part"
        some = count.qualifier == "some"  # «استشهاد وجرح عدد من الجنود»: some of each
        return "sum" if not some and self._is_sum(match, count, sentence) else "total"

    def is_more(self, match: Match, count: Count) -> bool:
        """«كما أوقفت شخصين»: more of what was told before."""
        if any(self.counts.role(token, "also") for token in (match.last, match.last + 1)):  # «إيقافه كذلك»
            return True
        also = any(self.counts.role(token, "also") for token in range(max(0, match.first - _ALSO_REACH), match.first))
        return not count.definite and (also or self._of_others(match, count))

    def _of_others(self, match: Match, count: Count) -> bool:
        """«كما تمكنت الفرقة من إيقاف ثلاثة», «إيقاف شخصين آخرين»: arrests beside those told before."""
        if match.entry.get("kind") != "detained":
            return False
        rest = self.counts.person_at.get(count.last)
        if rest is not None and rest.entry.get("group") == "other":
            return True
        for token in range(match.first - 1, max(0, match.first - _DEED_REACH) - 1, -1):
            if self.counts.tolls(token):
                return False
            also = self.counts.role(token, "also")
            if also is not None:
                return bool(also.entry.get("deed"))
        return False

    def revised(self, sentence: int) -> bool:
        """Whether a sentence tells a toll that overtakes an earlier one."""
        return sentence in self._revised

    def is_cause(self, match: Match) -> bool:
        """«بعد مقتل», «إثر وفاة»: harm that something else came of."""
        if match.entry.get("kind") == "detained" and (match.after in THEM or self._with_others(match)):
            return False
        if match.entry.get("role") != "act":
            return False
        words = self.counts.between(match.first - 1, match.first)
        before = self._act_before(match)
        return any(word.entry.get("role") == "cause" for word in words) or (
            before is not None and self.is_cause(before)
        )

    def _act_before(self, match: Match) -> Match | None:
        """«بعد وفاة شخص وإصابة آخر»: the act that another goes on from."""
        if "conj" not in MEANING.get(match.before, ()):
            return None
        near = range(max(0, match.first - _GOES_ON), match.first)
        acts = [m for m in self.scene.found["harm"] if m.first in near and m.entry.get("role") == "act"]
        before = acts[-1] if acts else None
        return None if before is None or self._comma(before.last, match.first) else before

    def is_widely_told(self, match: Match, count: Count, sentence: int) -> bool:
        """«خلال الساعات الماضية», «في عموم البلاد»: the toll of a day or of many places, or one too great for a day."""
        if match.entry.get("kind") not in _TOLLS or not (count.min or 0) > 1:
            return False
        if (count.min or 0) >= _OF_A_WAR:
            return True
        if self._is_wide(min(match.first, count.first), max(match.last, count.last)):
            return True
        again = (q for q in self.scene.quantities if q.min == count.min) if self.scene.in_title(sentence) else ()
        return any(self._is_wide(q.first, q.last) for q in again)  # the headline's sum, told so in the body

    def _is_wide(self, first: int, last: int) -> bool:
        """Whether words for a day's or a country's toll stand in the sentence of a number, near it."""
        sentence = self.scene.sentence_of(first)
        near = (m for m in self._wide if self.scene.sentence_of(m.first) == sentence)
        return any(0 <= m.first - last <= _WIDE_REACH or 0 <= first - m.last <= _WIDE_REACH for m in near)

    def covered(self, token: int, role: str) -> bool:
        """Whether a token stands inside a grammar phrase of a role, not at its start."""
        around = [m for m in self.scene.found.of("grammar", role) if m.first < token < m.last]
        return any(at in self.counts.numbered for m in around for at in range(m.first - _SUBSET_REACH, m.first))

    # ------------------------------------------------------------ denials

    def denied(self, match: Match, count: Count | None, sentence: Sentence) -> bool:
        """«دون إصابات», «لم يصب أحد»: nobody; a number that is told is not denied."""
        if count is not None and not (count.implied or self._of_nobody(count) or self._is_one_of(count)):
            return False
        start = match.first if count is None else min(match.first, count.first)
        reach = _VERB_DENIAL if match.entry.get("role") == "verb" else _DENIAL_REACH
        for token in range(start - 1, max(sentence.first, start - reach) - 1, -1):
            if self.scene.tokens.kinds[token] == "p" and not self.counts.is_shell(token):
                return False
            if token in self.counts.quantity_at:
                return False
            if self.counts.role(token, "none") is not None:
                return True
        return False

    def _of_nobody(self, count: Count) -> bool:
        word = self.counts.role(count.first, "one")
        return word is not None and bool(word.entry.get("nobody"))

    def _is_one_of(self, count: Count) -> bool:
        return self.counts.role(count.first, "one") is not None

    # ------------------------------------------------------------ parts and sums

    def _is_part(self, count: Count, sentence: Sentence) -> bool:
        for token in range(count.first - 1, max(sentence.first, count.first - _SUBSET_REACH) - 1, -1):
            if self.counts.role(token, "subset"):
                return True
            if self._comma(token, token + 1) or self.counts.tolls(token):
                break
        them = self.counts.role(count.last, "of.them") if count.noun is None and count.last < sentence.last else None
        return them is not None and self.counts.one_at(them.last, sentence.last) is None

    def _is_sum(self, match: Match, count: Count, sentence: Sentence) -> bool:
        told = (self.counts.role(token, "between") for token in range(count.first, min(count.last + 3, sentence.last)))
        if any(told) and count.qualifier != "some":
            return True
        if match.entry.get("role") == "one":
            return not count.implied and self._shares_toll(match, count)
        if match.after or match.entry.get("role") != "act":  # «بخطفه وقتله»: each pronoun counts by itself
            return False
        return self.act_follows(match, match.last) or self._closes_pair(match)

    def act_follows(self, match: Match, token: int) -> bool:
        """«مقتل وإصابة 9»: another kind's act that "and" joins."""
        other = self.counts.harm_at.get(token)
        return (
            other is not None
            and other.entry.get("role") == "act"
            and bool(other.before)
            and other.entry.get("kind") != match.entry.get("kind")
        )

    def _closes_pair(self, match: Match) -> bool:
        return bool(match.before) and any(
            other.last == match.first
            and not other.after
            and other.entry.get("role") == "act"
            and other.entry.get("kind") != match.entry.get("kind")
            for other in self.scene.found["harm"]
        )

    def _shares_toll(self, match: Match, count: Count) -> bool:
        """«عدد القتلى والجرحى إلى 25»: two words of two kinds before one number."""
        if count.first < match.first:
            return False
        beside = (m for m in self.scene.found["harm"] if m.last == match.first or m.first == match.last)
        return any(m.entry.get("role") == "one" and m.entry.get("kind") != match.entry.get("kind") for m in beside)

    # ------------------------------------------------------------ harm of another story

    def of_the_dead(self, match: Match) -> bool:
        """«متأثرا بإصابته»: the wound that somebody died of is no second victim."""
        return match.entry.get("kind") == "injured" and "prep" in MEANING.get(match.before, ())

    def tells_how(self, match: Match) -> bool:
        """«توفي بإصابات بالغة», «أصيب بجروح»: what somebody suffers behind the word that counts him."""
        if match.entry.get("kind") != "injured" or "prep" not in MEANING.get(match.before, ()):
            return False
        before = range(max(0, match.first - _HOW_REACH), match.first)
        words = (self.counts.harm_at.get(at) for at in before)
        return any(word is not None and word.entry.get("kind") in _TOLLS for word in words)

    def is_elsewhere(self, match: Match, sentence: Sentence) -> bool:
        """«احتجاجا على مقتل», «محاولة اغتيال», «للقبض على», «سيقتل»: a cause, an attempt, an aim or a plan."""
        if "future" in MEANING.get(match.before, ()):
            return True
        if match.entry.get("kind") == "detained" and "to" in MEANING.get(match.before, ()):
            return True
        if match.entry.get("kind") == "detained" and match.after in THEM:  # «بعد القبض عليهم»: those told before
            return any(
                w.entry.get("role") == "elsewhere"
                for w in self.counts.between(match.first - _ELSEWHERE_REACH, match.first)
            )
        if self._with_others(match):
            return False
        first = self._chain_first(match)
        reach = 1 if first == match.first and "conj" in MEANING.get(match.before, ()) else _ELSEWHERE_REACH
        for word in self.counts.between(max(sentence.first, first - reach), first):
            role = word.entry.get("role")
            if (
                role == "elsewhere"
                or (role in ("cause", "charge") and self._gathers(sentence, _GATHERING))
                or (role == "charge" and self._gathers(sentence, _BURNING))
            ):
                return word.last <= first and not self._comma(word.last, first)
        grieved = self._gathers(sentence, _GATHERING) and self._act_before(match) is not None and self.is_cause(match)
        return grieved or self._tells_when(match) or self._of_a_day(match)

    def _with_others(self, match: Match) -> bool:
        """«عقب اعتقالها مع تسعة آخرين»: an arrest that is counted is told for itself."""
        together = self.counts.role(match.last, "with") if match.entry.get("kind") == "detained" else None
        return together is not None and together.last in self.counts.quantity_at

    def _chain_first(self, match: Match) -> int:
        """Where a chain of acts begins that "or" joins: «في قتل أو إصابة أو اعتقال»."""
        first = match.first
        while self.counts.role(first - 1, "or") is not None:
            before = next((m for m in self.scene.found["harm"] if m.last == first - 1), None)
            if before is None or before.entry.get("role") != "act":
                break
            first = before.first
        return first

    def _tells_when(self, match: Match) -> bool:
        """«بعد أيام من اعتقاله»: an arrest of somebody known that only tells when something else happened."""
        before = match.first - 1
        return (
            match.entry.get("kind") == "detained"
            and match.after in PRONOUN_NUMBER
            and self.counts.role(before, "since") is not None
        )

    def _of_a_day(self, match: Match) -> bool:
        """«قتلى اليوم», «شهداء أمس»: a day's toll is no single incident's."""
        return match.entry.get("role") == "one" and self.counts.role(match.last, "day") is not None

    def _comma(self, first: int, last: int) -> bool:
        return any(
            self.scene.tokens.kinds[token] == "p" and not self.counts.is_shell(token) for token in range(first, last)
        )

    def _gathers(self, sentence: Sentence, kinds: frozenset[str]) -> bool:
        """Whether a sentence tells of demonstrators, or of a fire: then a death in it is what they gather for."""
        frames = {m.entry.get("frame") for m in within(self.scene.found["events"], sentence)}
        return bool(frames & kinds)

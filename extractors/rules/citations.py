"""A sentence -> what it cites: the name behind a word of citing, or the subject of a verb of saying.

A name is taken whole, up to a word that ends it («إن», «أن», a day, what happened) or a mark. Of a medium that quotes
somebody the one quoted is the source, and whom it is told to is none.
"""

from dataclasses import dataclass

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import Match, read_lexicon
from extractors.arabic.sentences import Sentence
from extractors.rules.scene import Scene, within

_LONGEST = 14  # words of a name
_SHORT = 3  # words behind the word that makes it a source, where nothing ends the name
_LINKS = 5  # small words between a citing word and the name
_OVER = 5  # tokens that name whom it is told to
_BEFORE_VERB = 7
_NAMES = ("name", "medium")
_CITING = frozenset({"lead", "relay", "verb"})
_QUOTE = '"'
_COLON = ":"
_COMMAS = frozenset({",", "\u060c"})
_BRACKETS = frozenset({"(", ")", "-"})
_MARKED = frozenset({"the", "to", "prep", "as"})
_TITLES = frozenset({"source", "office", "rank", "forces"})


def _load() -> frozenset[str]:
    return frozenset(map(fold_form, read_lexicon("sources")["audience"]["letters"]))


AUDIENCE = _load()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in tokens first..last; `firm` where it is named, not only spoken of again; `medium` for a paper."""

    first: int
    last: int
    firm: bool
    medium: bool
    headed: bool  # by a word that begins a source's name
    told: int  # the token of the citing word


class CitationReader:
    """The source words of one sentence."""

    def __init__(self, scene: Scene, sentence: Sentence) -> None:
        self.scene = scene
        self.sentence = sentence
        self.inside = within(scene.found["sources"], sentence)
        self.at: dict[int, dict[str, Match]] = {}  # by token and role
        self.deeds: frozenset[int] = frozenset()  # tokens that tell what happened
        for match in self.inside:
            self.at.setdefault(match.first, {}).setdefault(match.entry.attributes["role"], match)
        self.forms, self.kinds = scene.tokens.forms, scene.tokens.kinds

    def citations(self) -> list[Citation]:
        """Every citation, in the order of the citing words."""
        found = [self._cited(match) for match in self._citing()]
        return [citation for citation in (*found, self._headed()) if citation is not None]

    def _citing(self) -> list[Match]:
        citing = [match for match in self.inside if match.entry.attributes["role"] in _CITING]
        if citing:
            told = (within(self.scene.found[name], self.sentence) for name in ("events", "harm"))
            self.deeds = frozenset(match.first for matches in told for match in matches)
        return citing

    def _cited(self, match: Match) -> Citation | None:
        role = match.entry.attributes["role"]
        if role == "lead":
            return self._behind(match, certain=False)
        if self._role(match.first - 1, "done"):  # «تم نقل», «تم رصد»
            return None
        return self._relayed(match) if role == "relay" else self._said(match)

    def _role(self, token: int, *roles: str) -> Match | None:
        here = self.at.get(token)
        if here is None:
            return None
        for role in roles:
            if role in here:
                return here[role]
        return None

    # ------------------------------------------------------------ ways to cite

    def _said(self, verb: Match) -> Citation | None:
        if _MARKED & MEANING.get(verb.before, frozenset()):
            return None
        behind = self._behind(verb, certain=True)
        return behind if behind is not None and behind.headed else self._ahead(verb) or behind

    def _relayed(self, verb: Match) -> Citation | None:
        """«نقلت وكالة عن مسؤول»: the one behind «عن»."""
        end = min(verb.last + 2 * _LONGEST, self.sentence.last)
        for token in range(verb.last, end):
            if self._role(token, "quoted") and self.deeds.isdisjoint((token, token + 1)):
                origin = self._name(token + 1, verb.first, certain=True)
                if origin is not None and origin.firm:
                    return origin
        return self._behind(verb, certain=False)

    def _behind(self, word: Match, *, certain: bool) -> Citation | None:
        start, said = self._past_links(word.last)
        if start is None:
            return None
        head = self._role(start, *_NAMES)
        if head is not None and word.entry.get("role") != "lead" and _MARKED & MEANING.get(head.before, frozenset()):
            return None
        return self._name(start, word.first, certain=certain or said)

    def _ahead(self, verb: Match) -> Citation | None:
        """«مصدر أمني قال»: the name begins before the verb and ends at it."""
        if "conj" in MEANING.get(verb.before, ()):
            return None
        end = self._before_particle(verb.first)
        begin = None
        for token in range(end - 1, max(end - _LONGEST, self.sentence.first) - 1, -1):
            if self.forms[token] in _COMMAS and token + 1 == begin:  # «اللواء فلان، مدير الأمن، قال»
                continue
            if self.kinds[token] != "w" or self._role(token, "verb", "relay", "stop"):
                break
            head = self._role(token, "name", "medium", "again")
            if head is None or _MARKED & MEANING.get(head.before, frozenset()) - {"the"}:
                continue
            if begin is None or head.entry.id == "rank" or token + 1 == begin:
                begin = token
        return None if begin is None or end - begin > _LONGEST else self._citation(begin, end, verb.first)

    def _before_particle(self, token: int) -> int:
        """Before «قد» and a comma that stand between a name and its verb."""
        if self._role(token - 1, "stop") is not None and self._role(token - 1, "link") is not None:
            token -= 1
        return token - 1 if self.forms[token - 1] in _COMMAS else token

    def _headed(self) -> Citation | None:
        """«الداخلية: ضبط ...»: what stands before a colon at the sentence's beginning."""
        first = self.sentence.first
        head = self._role(first, "name", "medium")
        if head is None:
            return None
        for token in range(head.last, min(first + _BEFORE_VERB, self.sentence.last)):
            if self.forms[token] == _COLON:
                return self._citation(first, token, first)
            if self.kinds[token] != "w" or token in self.deeds:
                break
        return None

    # ------------------------------------------------------------ names

    def _past_links(self, token: int) -> tuple[int | None, bool]:
        """Where a name may begin, behind small words and whom it is told to; and whether a verb stood there."""
        said = False
        for _ in range(_LINKS):
            if token >= self.sentence.last:
                break
            small = self._role(token, "link", "paper", "verb", "relay")
            if self._audience(token):
                token = self._past_audience(token)
            elif self._role(token, "name", "medium", "again") is not None:
                return token, said
            elif small is not None:
                said = said or small.entry.get("role") == "verb"
                token = small.last
            elif self.forms[token] in _BRACKETS:
                token += 1
            else:
                return token, said
        return None, said

    def _audience(self, token: int) -> bool:
        """Whether a word speaks of whom it is told to: «لـ«الصحيفة»», «لوكالة»."""
        if self.forms[token] in AUDIENCE:
            return True
        return any(
            match is not None and match.before in AUDIENCE
            for match in (self._role(token, "hearer"), self._role(token, "medium"))
        )

    def _past_audience(self, token: int) -> int:
        end = min(token + _OVER, self.sentence.last)
        for at in range(token + 1, end):
            if self._role(at, "name", "stop", "that") is not None or self.forms[at] in _COMMAS:
                return at
            if self.forms[at] == _QUOTE and at > token + 1:
                return at + 1
        return end

    def _name(self, first: int, told: int, *, certain: bool) -> Citation | None:
        """The name that begins at a token; behind a verb of saying any name is one where «أن» ends it."""
        last, ended = self._end(first)
        if last <= first:
            return None
        again = self._role(first, "again")
        if again is not None and again.last >= last:
            return Citation(first, last, firm=False, medium=False, headed=True, told=told)
        head = self._role(first, *_NAMES) or (self._role(first + 1, *_NAMES) if last > first + 1 else None)
        if head is not None:
            return self._citation(first, last if ended else min(last, head.last + _SHORT), told)
        if certain and ended and self._somebody(first, last):
            return self._citation(first, last, told)
        return None

    def _somebody(self, first: int, last: int) -> bool:
        """Words that are no known word, before what is said or before a mark: a person's name."""
        if last < self.sentence.last and self._role(last, "that") is None and self.forms[last] not in _COMMAS:
            return False
        return last - first > 1 and all(self.kinds[token] == "w" for token in range(first, last))

    def _end(self, first: int) -> tuple[int, bool]:
        """Where a name ends, and whether something ends it."""
        quoted = False
        limit = min(first + _LONGEST, self.sentence.last)
        for token in range(first, limit):
            if self.forms[token] == _QUOTE:
                if not quoted and token > first and self._role(token - 1, *_NAMES) is None:
                    return token, True
                quoted = not quoted
            elif self._outside(token, first) or (not quoted and self._ends(token, first)):
                return token, True
        return limit, limit == self.sentence.last

    def _outside(self, token: int, first: int) -> bool:
        kind = self.kinds[token]
        return kind not in "wn" or (kind == "n" and token == first)

    def _ends(self, token: int, first: int) -> bool:
        if token == first:
            return self._role(token, "stop", "that") is not None
        if self._hears(token):
            return self._role(first, "hearer") is None  # «مراسل لوكالة»: his paper
        if token in self.deeds:
            owner = self._role(token - 1, "name")
            return owner is None or self.forms[token - 1].startswith(ARTICLE)
        match = self._role(token, "stop", "that", "verb", "lead", "relay", "quoted", "paper")
        return match is not None and "the" not in MEANING.get(match.before, ())

    def _hears(self, token: int) -> bool:
        hearer = self._role(token, "hearer")
        return self._audience(token) or (hearer is not None and bool(hearer.entry.get("beside")))

    def _citation(self, first: int, last: int, told: int) -> Citation:
        last = self._with_title(first, last)
        while last - 1 > first and self._role(last - 1, "link") is not None and self.kinds[last - 1] == "w":
            last -= 1
        quotes = [token for token in range(first, last) if self.forms[token] == _QUOTE]
        if len(quotes) % 2:
            last = quotes[-1] if quotes[-1] > first else last
        name = self._role(first, "name")
        medium = name is None and self._role(first, "medium") is not None
        again = self._role(first, "again")
        return Citation(
            first,
            last,
            firm=again is None or again.last < last,
            medium=medium,
            headed=name is not None or medium,
            told=told,
        )

    def _with_title(self, first: int, last: int) -> int:
        """«فلان، المتحدث باسم الشرطة»: a title behind a comma belongs to the name."""
        if last >= self.sentence.last or self.forms[last] not in _COMMAS:
            return last
        title = self._role(last + 1, "name")
        if title is None or title.before or title.entry.id not in _TITLES:
            return last
        end, ended = self._end(last + 1)
        return end if ended and end - first <= _LONGEST + 2 else last

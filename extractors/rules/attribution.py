"""A sentence -> the source it cites: behind a word of citing, or the subject of a verb of saying.

The name is taken whole, up to a word that ends it («إن», «أن», a day, what happened) or a mark. Of a medium that quotes
somebody the one quoted is the source, and whom it is told to is none.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from extractors.arabic.clitics import MEANING
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence
from extractors.rules.figures import FigureMention
from extractors.rules.incidents import Incident
from extractors.rules.scene import Scene

_LONGEST = 14  # words of a name
_SHORT = 3  # words behind the word that makes it a source, where nothing ends the name
_LINKS = 5  # small words between a citing word and the name
_OVER = 5  # tokens that name whom it is told to
_BEFORE_VERB = 7
_NAMES = frozenset({"name", "medium"})
_FAR = 4  # sentences from the first telling
_QUOTE = '"'
_COLON = ":"
_COMMAS = frozenset({",", "\u060c"})
_BRACKETS = frozenset({"(", ")", "-"})
_MARKED = frozenset({"the", "to", "prep", "as"})
_TITLES = frozenset({"source", "office", "rank", "forces"})


def _load() -> frozenset[str]:
    data = tomllib.loads(files("extractors").joinpath("language/ar/sources.toml").read_text("utf-8"))
    return frozenset(map(fold_form, data["audience"]["letters"]))


AUDIENCE = _load()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source in tokens first..last; `firm` where it is named, not only spoken of again; `medium` for a paper's name."""

    first: int
    last: int
    firm: bool
    medium: bool
    headed: bool  # by a word that begins a source's name
    told: int  # the token of the citing word


@dataclass(slots=True)
class SourceReader:
    """Reads the sources of one scene; what it has read of a sentence it keeps."""

    scene: Scene
    _read: dict[int, list[Citation]] = field(default_factory=dict)

    # ------------------------------------------------------------ what is asked

    def of_sentence(self, number: int) -> str | None:
        """The source that a sentence cites, as written; None where it names none."""
        return self._best(self._citations(number))

    def of_figure(self, mention: FigureMention) -> str | None:
        """The source of a figure: of those that its sentence cites the nearest to it."""
        cited = sorted(self._citations(mention.sentence), key=lambda c: abs(c.told - mention.first))
        return self._best(cited)

    def of_incident(self, incident: Incident) -> str | None:
        """The source of an incident: the one its first tellings cite, else the nearest in the body, else the headline's."""
        told = [telling.sentence for telling in incident.tellings]
        for number in dict.fromkeys(told):
            source = self.of_sentence(number)
            if source is not None:
                return source
        first = next((number for number in told if not self.scene.in_title(number)), self.scene.title_sentences)
        return next((source for near in self._around(first) if (source := self.of_sentence(near))), None)

    def _around(self, number: int) -> Iterator[int]:
        """Sentences by nearness, those behind first; of the body, then the headline."""
        last, start = len(self.scene.sentences), self.scene.title_sentences
        for far in range(1, _FAR + 1):
            if number + far < last:
                yield number + far
            if number - far >= start:
                yield number - far
        yield from range(start)

    def _best(self, cited: list[Citation]) -> str | None:
        firm = [citation for citation in cited if citation.firm]
        chosen = next((c for c in firm if not c.medium), None) or next(iter(firm), None)
        return None if chosen is None else self._written(chosen)

    def _written(self, citation: Citation) -> str:
        return self.scene.quote(citation.first, citation.last)

    # ------------------------------------------------------------ the citations of a sentence

    def _citations(self, number: int) -> list[Citation]:
        found = self._read.get(number)
        if found is None:
            sentence = self.scene.sentences[number]
            words = _Words(self.scene, sentence)
            found = self._read[number] = [] if not words.inside else list(words.citations())
        return found


class _Words:
    """The source words of one sentence."""

    def __init__(self, scene: Scene, sentence: Sentence) -> None:
        self.scene = scene
        self.sentence = sentence
        self.inside = _within(scene.found["sources"], sentence)
        self.at: dict[int, list[Match]] = {}
        for match in self.inside:
            self.at.setdefault(match.first, []).append(match)
        self.forms, self.kinds = scene.tokens.forms, scene.tokens.kinds

    def citations(self) -> Iterator[Citation]:
        """Every citation, in the order of the citing words."""
        self.deeds = {m.first for name in ("events", "harm") for m in _within(self.scene.found[name], self.sentence)}
        for match in self.inside:
            role = match.entry.get("role")
            found = None
            if role == "lead":
                found = self._behind(match, certain=False)
            elif role == "relay":
                found = self._relayed(match)
            elif role == "verb":
                found = self._said(match)
            if found is not None:
                yield found
        headed = self._headed()
        if headed is not None:
            yield headed

    def _role(self, token: int, *roles: str) -> Match | None:
        return next((m for m in self.at.get(token, ()) if m.entry.get("role") in roles), None)

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
            if self._role(token, "quoted") and token not in self.deeds:
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
        for token in range(verb.first - 1, max(verb.first - _BEFORE_VERB, self.sentence.first) - 1, -1):
            if self.kinds[token] != "w":
                return None
            head = self._role(token, "name", "medium", "again")
            if head is not None and not head.before and self._role(token - 1, "name", "medium", "again") is None:
                return self._citation(token, verb.first, verb.first)
        return None

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
        """Where a name may begin: behind small words, statements, and whom it is told to; and whether a verb stood there."""
        said = False
        for _ in range(_LINKS):
            if token >= self.sentence.last:
                break
            small = self._role(token, "link", "paper", "verb")
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
        medium = self._role(token, "medium")
        return medium is not None and medium.before in AUDIENCE

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
        heads = [m for token in range(first, last) for m in self.at.get(token, ()) if m.entry.get("role") in _NAMES]
        if heads:
            return self._citation(first, last if ended else min(last, heads[0].last + _SHORT), told)
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
            elif self.kinds[token] not in "wn" or (self.kinds[token] == "n" and token == first):
                return token, True
            elif not quoted and self._ends(token, first):
                return token, True
        return limit, limit == self.sentence.last

    def _ends(self, token: int, first: int) -> bool:
        if token == first:
            return self._role(token, "stop", "that") is not None
        if self._audience(token):
            return True
        if token in self.deeds:
            owner = self._role(token - 1, "name")
            return owner is None or "the" in MEANING.get(owner.before, ())
        match = self._role(token, "stop", "that", "verb", "lead", "relay", "quoted")
        return match is not None and "the" not in MEANING.get(match.before, ())

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
            first, last, firm=again is None or again.last < last, medium=medium, headed=name is not None or medium, told=told
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


def _within(matches: list[Match], sentence: Sentence) -> list[Match]:
    """The matches of a list in order of their first token that begin in a sentence."""
    low = bisect_left(matches, sentence.first, key=_first)
    return matches[low : bisect_left(matches, sentence.last, lo=low, key=_first)]


def _first(match: Match) -> int:
    return match.first

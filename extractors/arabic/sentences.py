"""Tokens -> sentences and clauses: the scopes in which an article's facts belong together."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from extractors.arabic.clitics import MEANING
from extractors.arabic.fold import fold, fold_form
from extractors.arabic.tokens import Tokens

_HEADING = 7  # tokens of a line that heads a list
_HEADLINE = 30  # tokens of another article's headline at the most
_LONGEST = 90  # tokens; a text without stops is cut at a comma after this many


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens first..last (last excluded), in which paragraph, and where its clauses begin."""

    first: int
    last: int
    paragraph: int
    clauses: tuple[int, ...]  # first token of each clause, in order; the first is `first`
    shifts: bool = False  # it turns to another matter («من جهة أخرى»)

    def clause_of(self, token: int) -> int:
        """The number of the clause that holds a token."""
        number = 0
        for at, start in enumerate(self.clauses):
            if start <= token:
                number = at
        return number


def _data() -> dict[str, Any]:
    return tomllib.loads(files("extractors").joinpath("language/ar/sentences.toml").read_text("utf-8"))


def _phrases(forms: list[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        words = tuple(fold_form(form).split())
        phrases.setdefault(words[0], []).append(words)
    return phrases


_DATA = _data()
_STOPS = frozenset(fold(stop).text for stop in _DATA["stops"])
_SEPARATORS = frozenset(fold(mark).text for mark in _DATA["separators"])
_OPENERS, _SHIFTS = _phrases(_DATA["openers"]), _phrases(_DATA["shifts"])
_RELATED = {tuple(fold_form(form).split()) for form in _DATA["related"]}
_ABBREVIATIONS = frozenset(map(fold_form, _DATA["abbreviations"]))
_COMMAS = frozenset(mark for mark in _SEPARATORS if mark in ",\u060c")
_BREAK = "\n"
_ENDINGS = _STOPS | _COMMAS | {_BREAK}  # where a sentence may end
_BORDERS = _COMMAS | _OPENERS.keys()  # where a clause may begin
_AND = tuple(form for form, means in MEANING.items() if means == {"conj"})


def split_sentences(tokens: Tokens) -> tuple[Sentence, ...]:
    """The sentences of a text, none of them empty."""
    sentences: list[Sentence] = []
    first = paragraph = 0
    marks = [at for at, form in enumerate(tokens.forms) if form in _ENDINGS]
    for at in (*marks, len(tokens)):
        ended = at == len(tokens)
        if not (ended or _ends_sentence(tokens, first, at)):
            continue
        if at > first:
            sentences.append(Sentence(first, at, paragraph, _clauses(tokens, first, at), _shifts(tokens, first, at)))
        if not ended and tokens.kinds[at] == "b":
            paragraph += 1
        first = at + 1
    return tuple(sentences)


def _ends_sentence(tokens: Tokens, first: int, at: int) -> bool:
    """Whether a mark that may end a sentence does."""
    form = tokens.forms[at]
    if form in _STOPS:
        return at == 0 or tokens.forms[at - 1] not in _ABBREVIATIONS
    return form == _BREAK or at - first > _LONGEST


def _clauses(tokens: Tokens, first: int, last: int) -> tuple[int, ...]:
    forms = tokens.forms
    borders = [at for at in range(first, last) if forms[at] in _BORDERS]
    later = {at + 1 for at in borders if at + 1 < last and forms[at] in _COMMAS}
    openers = (at for at in borders if at > first and forms[at] in _OPENERS)
    later.update(at for at in openers if _begins(tokens, at, last, _OPENERS, forms[at]))
    return (first, *sorted(later))


def _shifts(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a sentence begins with words that turn to another matter, with or without "and"."""
    head = tokens.forms[first]
    heads = (head, *(head.removeprefix(letter) for letter in _AND if head.startswith(letter)))
    return any(_begins(tokens, first, last, _SHIFTS, one) for one in heads)


def _begins(tokens: Tokens, at: int, last: int, phrases: dict[str, list[tuple[str, ...]]], head: str) -> bool:
    for words in phrases.get(head, ()):
        end = at + len(words)
        if end == at + 1 or (end <= last and tuple(tokens.forms[at + 1 : end]) == words[1:]):
            return True
    return False


def related_lines(tokens: Tokens, sentences: tuple[Sentence, ...]) -> frozenset[int]:
    """The numbers of the sentences that list other articles: a heading («اقرأ أيضا») and lines without a stop below."""
    found: set[int] = set()
    listing = False
    for number, sentence in enumerate(sentences):
        short = sentence.last - sentence.first <= _HEADING
        heads = short and _words(tokens, sentence) in _RELATED
        stopped = sentence.last < len(tokens) and tokens.forms[sentence.last] != _BREAK
        listing = heads or (listing and not stopped and sentence.last - sentence.first <= _HEADLINE)
        if listing:
            found.add(number)
    return frozenset(found)


def _words(tokens: Tokens, sentence: Sentence) -> tuple[str, ...]:
    return tuple(tokens.forms[at] for at in range(sentence.first, sentence.last) if tokens.kinds[at] == "w")

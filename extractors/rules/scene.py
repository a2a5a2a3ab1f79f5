"""A news text -> the scene that all rules look at: tokens, sentences, words found, numbers, dates and places."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from extractors.arabic.fold import fold
from extractors.arabic.lexicon import Match
from extractors.arabic.sentences import Sentence, split_sentences
from extractors.arabic.tokens import Tokens, tokenize
from extractors.records import NewsText
from extractors.rules.dates import DateMention, find_dates
from extractors.rules.knowledge import Found, Knowledge
from extractors.rules.numbers import Quantity, find_quantities

_ECHO = 4  # words of a headline's sentence that cannot stand at an article's end by chance


@dataclass(frozen=True)
class Scene:
    """Everything found in a text before incidents are assembled. Offsets of tokens count from the title's start.

    Numbers and dates are read when they are first asked for.
    """

    text: NewsText
    joined: str
    body_at: int  # where the body begins in `joined`
    tokens: Tokens
    sentences: tuple[Sentence, ...]
    title_sentences: int
    found: Found
    echoes: frozenset[int]  # sentences at the end that print the headline once more

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers of the text, in order."""
        return find_quantities(self.tokens)

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates of the text, in order."""
        return find_dates(self.tokens, self.text.published)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token (the next one for a token between two)."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].last <= token:
                low = middle + 1
            else:
                high = middle
        return low

    def in_title(self, sentence: int) -> bool:
        """Whether a sentence belongs to the headline, or repeats it below the article."""
        return sentence < self.title_sentences or sentence in self.echoes

    def quote(self, first: int, last: int) -> str:
        """The text of tokens first..last as published."""
        start, end = self.tokens.span(first, last)
        return self.joined[start:end]


def make_scene(text: NewsText, known: Knowledge) -> Scene:
    """Find in a text all that the rules need; deterministic, and without knowledge of anything but the text."""
    title = text.title.replace("\n", " ")
    joined = f"{title}\n{text.body}"
    tokens = tokenize(fold(joined))
    sentences = split_sentences(tokens)
    body_at = len(title) + 1
    title_sentences = sum(tokens.starts[sentence.first] < body_at for sentence in sentences)
    return Scene(
        text=text,
        joined=joined,
        body_at=body_at,
        tokens=tokens,
        sentences=sentences,
        title_sentences=title_sentences,
        found=known.find(tokens),
        echoes=_echoes(tokens, sentences, title_sentences),
    )


def _echoes(tokens: Tokens, sentences: tuple[Sentence, ...], headline: int) -> frozenset[int]:
    """The sentences at an article's end that end with a sentence of its headline («link to this story: …»)."""
    said = [_words(tokens, sentence) for sentence in sentences[:headline]]
    said = [words for words in said if len(words) >= _ECHO]
    last = range(max(headline + 1, len(sentences) - 1 - headline), len(sentences))
    return frozenset(n for n in last if any(_words(tokens, sentences[n])[-len(words) :] == words for words in said))


def _words(tokens: Tokens, sentence: Sentence) -> list[str]:
    at = range(sentence.first, sentence.last)
    return [tokens.forms[token] for token in at if tokens.kinds[token] in "wn"]


def within(matches: list[Match], sentence: Sentence) -> list[Match]:
    """The matches of a list in order of their first token that begin in a sentence."""
    low = bisect_left(matches, (sentence.first,))  # a shorter tuple stands before all that begin alike
    return matches[low : bisect_left(matches, (sentence.last,), lo=low)]


def by_sentence(scene: Scene, matches: Iterable[Match]) -> dict[int, list[Match]]:
    """Matches by the sentence that holds their first token."""
    grouped: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        grouped[scene.sentence_of(match.first)].append(match)
    return grouped

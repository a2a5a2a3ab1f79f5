"""The lexicons as one body of knowledge, loaded once: phrase index, word reader, person nouns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from extractors.arabic.clitics import Peeler
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import LexicalEntry, Match, PhraseIndex, load_lexicons, read_lexicon
from extractors.arabic.tokens import Tokens

LEXICONS = ("events", "motives", "harm", "cues", "actors", "sides", "sources", "grammar", "place_cues")

GrammaticalNumber = Literal["one", "two", "many", "two-or-many", "one-or-two", "two-of"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All phrases of all dimensions, and the reader of words over their vocabulary."""

    phrases: PhraseIndex
    peeler: Peeler

    def find(self, tokens: Tokens) -> "Found":
        """Every entry that stands in the tokens, by dimension, the longest of overlapping ones of a dimension.

        An entry with `shadow` only keeps others from being read into it.
        """
        found: defaultdict[str, list[Match]] = defaultdict(list)
        for match in self.phrases.find(tokens):
            found[match.entry.dimension].append(match)
        return Found(found)


class Found(dict[str, list[Match]]):
    """Matches by dimension. What overlaps is settled when a dimension is asked for: of most texts some never are."""

    def __init__(self, all_of: Mapping[str, list[Match]]) -> None:
        super().__init__()
        self._all_of = all_of
        self._roles: dict[str, dict[str | None, list[Match]]] = {}

    def __missing__(self, dimension: str) -> list[Match]:
        found = self[dimension] = _lit(longest(self._all_of.get(dimension, [])))
        return found

    def of(self, dimension: str, role: str) -> list[Match]:
        """The matches of a dimension whose entry has a role, in order."""
        roles = self._roles.get(dimension)
        if roles is None:
            roles = self._roles[dimension] = {}
            for match in self[dimension]:
                roles.setdefault(match.entry.get("role"), []).append(match)
        return roles.get(role, [])


def _lit(matches: list[Match]) -> list[Match]:
    """Matches without shadows and what they lie on."""
    dark = {match[:2] for match in matches if match.entry.shadow}
    return [match for match in matches if match[:2] not in dark] if dark else matches


def longest(matches: list[Match]) -> list[Match]:
    """Of matches that share a token the longest stays, the earliest of as long ones, and all of the same span.

    They come in the order of their first tokens, and go in the order of their spans.
    """
    kept: list[Match] = []
    start = end = 0  # of the matches that share tokens, each with one before it
    for at, match in enumerate(matches):
        if match[0] >= end:
            kept += matches[start:at] if at - start < 2 else _longest_of(matches[start:at])
            start = at
        if match[1] > end:  # noqa: PLR1730 - max() costs more than the rest of the loop
            end = match[1]
    return kept + _longest_of(matches[start:])


def _longest_of(matches: list[Match]) -> list[Match]:
    if len({match[:2] for match in matches}) < 2:
        return matches
    kept: list[Match] = []
    taken: dict[int, tuple[int, int]] = {}
    for match in sorted(matches, key=_longest_first):
        first, last = span = match[:2]
        if taken.get(first) == span:
            kept.append(match)
        elif first not in taken and (last - first == 1 or taken.keys().isdisjoint(range(first, last))):
            for token in range(first, last):
                taken[token] = span
            kept.append(match)
    kept.sort(key=itemgetter(0, 1))
    return kept


def _longest_first(match: Match) -> tuple[int, int]:
    return match.first - match.last, match.first


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge of this version of Rasid."""
    phrases = load_lexicons(LEXICONS)
    for form, entry in _person_nouns():
        phrases.add(form, entry)
    return Knowledge(phrases, phrases.peeler())


def _person_nouns() -> Iterator[tuple[str, LexicalEntry]]:
    """Nouns of people with their grammatical number, the dual and the accusative made from the singular."""
    lexicon = read_lexicon("persons")
    endings = lexicon["endings"]
    for table in lexicon["entry"]:
        many = {fold_form(form) for form in table["many"]}
        sound = tuple(endings["plural"])
        ends = (*sound, endings["annexed"][-1])  # «سائقين», «سائقون», «سائقي الشاحنات»
        many |= {form[: -len(end)] + other for form in many for end in sound if form.endswith(end) for other in ends}
        numbers: dict[str, GrammaticalNumber] = dict.fromkeys(many, "many")
        for written in table["one"]:
            form = fold_form(written)
            if table.get("broken"):
                numbers.setdefault(form + fold_form(endings["annexed"][-1]), "two-of")
            for made, number in _inflected(form, endings):
                numbers[made] = "two-or-many" if number == "two" and made in many else number
        for form, number in numbers.items():
            attributes = {"number": number, "category": table.get("category"), "group": table["id"]}
            attributes["adjective"] = table.get("adjective", False)
            yield form, LexicalEntry("persons", f"{table['id']}.{number}", attributes)


def _inflected(form: str, endings: dict[str, list[str]]) -> Iterator[tuple[str, GrammaticalNumber]]:
    head, _, rest = form.partition(" ")
    tail = f" {rest}" if rest else ""
    feminine = endings["feminine"][0]
    stem = head[: -len(feminine)] + endings["joined"][0] if head.endswith(feminine) else head
    yield form, "one"
    if stem == head:
        yield from ((head + ending + tail, "one-or-two") for ending in endings["accusative"])
    yield from ((stem + ending + tail, "two") for ending in endings["dual"])
    if stem != head:
        yield from ((stem + ending + tail, "two") for ending in endings["annexed"])

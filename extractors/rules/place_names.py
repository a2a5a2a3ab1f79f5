"""Tokens -> the names of the place table that stand in them, each the longest at its token."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from extractors.arabic.clitics import ARTICLE, MEANING, proclitics
from extractors.arabic.memory import WordMemory
from extractors.arabic.tokens import Tokens
from extractors.places.gazetteer import Gazetteer, Place, gazetteer

_ABSORBED = next(form for form, means in MEANING.items() if means == {"to", "the"})
_SINGLE = frozenset(form for form, means in MEANING.items() if "the" not in means and "future" not in means)


class PlaceName(NamedTuple):
    """A name in tokens first..last with the clitics before it, and the places that bear it."""

    first: int
    last: int
    before: str
    phrase: str
    options: tuple[Place, ...]


def heads(word: str) -> tuple[tuple[str, str], ...]:
    """(clitics, rest) for each way a name may begin in a written word; the whole word first."""
    heads = [("", word)]
    for before in reversed(proclitics(word)):
        if before in _SINGLE and len(word) > len(before) + 1:
            rest = word[len(before) :]
            heads.append((before, rest))
            if rest.startswith(_ABSORBED[1:]) and before.endswith(_ABSORBED[0]):
                heads.append((before, ARTICLE + rest[1:]))
    return tuple(heads)


@lru_cache(maxsize=1)
def place_reaches() -> dict[str, int]:
    """The first word of every name -> how many words the longest name that begins with it has."""
    names = gazetteer().names
    reaches = {name: 1 for name in names if " " not in name}
    for name in names:
        if " " in name:
            head, reach = name.partition(" ")[0], name.count(" ") + 1
            if reach > reaches.get(head, 0):
                reaches[head] = reach
    return reaches


def _starts(word: str) -> tuple[tuple[str, str, int], ...]:
    """(clitics, first word of a name, most words) for each way a name may begin in a written word."""
    reaches = place_reaches()
    return tuple((before, head, reaches[head]) for before, head in heads(word) if head in reaches)


_STARTS = WordMemory(_starts)


def find_names(tokens: Tokens, table: Gazetteer, counts: Callable[[PlaceName], bool]) -> list[PlaceName]:
    """All names in order; no two overlap. `counts` says whether a name may be a place where it stands."""
    found: list[PlaceName] = []
    free = 0
    for at, starts in enumerate(map(_STARTS.__getitem__, tokens.forms)):
        if not starts or at < free or tokens.kinds[at] != "w":
            continue
        name = _name_at(tokens, at, starts, table, counts)
        if name is not None:
            found.append(name)
            free = name.last
    return found


def _name_at(
    tokens: Tokens,
    at: int,
    starts: tuple[tuple[str, str, int], ...],
    table: Gazetteer,
    counts: Callable[[PlaceName], bool],
) -> PlaceName | None:
    best: PlaceName | None = None
    for before, head, reach in starts:
        for last in range(min(at + reach, len(tokens)), best.last if best is not None else at, -1):
            phrase = " ".join((head, *tokens.forms[at + 1 : last])) if last > at + 1 else head
            if phrase not in table.names:
                continue
            candidate = PlaceName(at, last, before, phrase, table.named[phrase])
            if counts(candidate):
                best = candidate
                break
    return best

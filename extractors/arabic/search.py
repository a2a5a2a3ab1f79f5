"""A text -> the words under which full-text search stores it.

Searching happens in PostgreSQL, whose functions (db/functions/words.sql) cut queries in the same way; texts are cut
here because it costs a tenth of the time. Unlike the extractors' own peeling this knows no vocabulary: each word is
stored under every form that it may be an inflection of.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from extractors.arabic.fold import fold

LONGEST_TEXT = 60_000
"""Characters of a text that are searchable: no article is longer, and PostgreSQL limits what it indexes of one."""

_LONGEST_WORD = 60
_LAST_POSITION = 16_383  # PostgreSQL's
_WORD = re.compile("[0-9a-zß-ɏͰ-ԯ\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff]+")
_MEMORY = 1 << 16  # words


def _load() -> tuple[int, dict[int, frozenset[str]], frozenset[str], dict[int, frozenset[str]], str, str]:
    data = tomllib.loads(files("extractors").joinpath("language/ar/search.toml").read_text("utf-8"))
    return (
        data["least"],
        _by_length(data["article"] + data["article_after"]),
        frozenset(data["article"]),
        _by_length(data["endings"]),
        "".join(data["first"]),
        "".join(data["second"]),
    )


def _by_length(parts: list[str]) -> dict[int, frozenset[str]]:
    lengths = sorted({len(part) for part in parts}, reverse=True)
    return {length: frozenset(part for part in parts if len(part) == length) for length in lengths}


_LEAST, _ARTICLES, _BARE_ARTICLES, _ENDINGS, _FIRST, _SECOND = _load()


def search_vector(text: str, weight: str = "D") -> str:
    """The stored words of a text as PostgreSQL reads a tsvector, with a weight from A (most) to D."""
    return " ".join(_placed(text, weight))


def _placed(text: str, weight: str) -> Iterator[str]:
    for place, word in enumerate(_WORD.findall(fold(text[:LONGEST_TEXT]).text), 1):
        if len(word) <= _LONGEST_WORD:
            mark = f"':{min(place, _LAST_POSITION)}{weight}"
            yield "'" + f"{mark} '".join(stored_forms(word)) + mark


@lru_cache(_MEMORY)
def stored_forms(word: str) -> tuple[str, ...]:
    """Forms under which a folded word is stored, the word itself among them unless it bears a bare article."""
    bare = tuple(_bare(word))
    ends = (_without_ending(form) for form in bare)
    return tuple(dict.fromkeys((*bare, *(form for form in ends if form is not None))))


def _bare(word: str) -> Iterator[str]:
    named = _without_article(word)
    if named is not None:
        yield named
        if word[:2] not in _BARE_ARTICLES:
            yield word
        return
    yield word
    if len(word) > _LEAST and word[0] in _FIRST:
        yield word[1:]
        if len(word) > _LEAST + 1 and word[1] in _SECOND:
            yield word[2:]
    elif len(word) > _LEAST and word[0] in _SECOND:
        yield word[1:]


def _without_article(word: str) -> str | None:
    for length, articles in reversed(_ARTICLES.items()):
        if len(word) >= length + _LEAST and word[:length] in articles:
            return word[length:]
    return None


def _without_ending(word: str) -> str | None:
    for length, endings in _ENDINGS.items():
        if len(word) >= length + _LEAST and word[-length:] in endings:
            return word[:-length]
    return None

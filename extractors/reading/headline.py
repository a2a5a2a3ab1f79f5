"""Titles as page and feed give them -> the article's own, without the site's name before or behind it."""

import re
from collections.abc import Iterable
from functools import cache

from extractors.reading.boilerplate import levelled
from extractors.reading.listing import MAX_NAME, MAX_TITLE
from extractors.reading.text import plain
from extractors.reading.wordlists import wordlist

_FEWEST_LETTERS = 8  # a title left with less has lost too much


def clean_title(candidates: Iterable[str | None], *, site_names: Iterable[str | None], host: str) -> str | None:
    """The first candidate, less the names of its site; a later candidate that is a whole part of it replaces it.

    Args:
        candidates: titles in the order of trust, as written.
        site_names: what the site may be called.
        host: its host, whose labels are names too.
    """
    titles = [title for raw in candidates if (title := plain(raw, MAX_TITLE))]
    if not titles:
        return None
    names = _levelled_names(site_names, host)
    title = _without_names(titles[0], names)
    parts = {levelled(part): part for part in _cuts(title)}
    for other in titles[1:]:
        short = levelled(other)
        if short in parts and len(short) >= _FEWEST_LETTERS:
            return other
    return title


def _levelled_names(site_names: Iterable[str | None], host: str) -> set[str]:
    """What the site may be called, for comparing: its names and the labels of its host."""
    return {levelled(name) for name in (*site_names, host, *host.split(".")[:-1]) if name} - {""}


def _without_names(title: str, names: set[str]) -> str:
    """The title with the site's names cut off at its ends, as often as one stands there."""
    for _ in range(4):
        for left, right in _splits(title):
            if _is_name(right, names) and _is_enough(left):
                title = left
                break
            if _is_name(left, names) and _is_enough(right):
                title = right
                break
        else:
            return title
    return title


def _is_name(part: str, names: set[str]) -> bool:
    words = levelled(part)
    return words in names or levelled(words.removesuffix(" com").removeprefix("www ")) in names


def _is_enough(part: str) -> bool:
    return len(levelled(part)) >= _FEWEST_LETTERS


def _cuts(title: str) -> list[str]:
    """What the title could be without its first or its last parts."""
    return [part for pair in _splits(title) for part in pair]


def _splits(title: str) -> list[tuple[str, str]]:
    return [(title[: match.start()].strip(), title[match.end() :].strip()) for match in _separator().finditer(title)]


@cache
def _separator() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, wordlist("boilerplate")["title"]["separators"]))
    quotes = "|".join(map(re.escape, wordlist("boilerplate")["title"]["quotes"]))
    return re.compile(rf"\s+(?:{signs})\s*|\s*(?:{signs})\s+|\s*\|\s*|\s+(?:{quotes})\s+")


def clean_author(
    candidates: Iterable[str | None], *, site_names: Iterable[str | None], host: str, titles: Iterable[str | None]
) -> str | None:
    """The first candidate that names somebody: no address, no handle, not the site itself; "by" words are cut off.

    What stands in the page's `titles` beside a separator is taken for the site's name.
    """
    names = _levelled_names(site_names, host) | {levelled(part) for title in titles if title for part in _cuts(title)}
    for raw in candidates:
        text = plain(raw, MAX_NAME)
        name = _byline().sub("", text).strip(" ()[]:-\u2013|\u060c,") if text else ""
        if (
            name
            and "//" not in name
            and "@" not in name
            and levelled(name) not in names
            and any(map(str.isalpha, name))
        ):
            return name
    return None


@cache
def _byline() -> re.Pattern[str]:
    words = "|".join(map(re.escape, wordlist("boilerplate")["byline"]["prefixes"]))
    return re.compile(rf"^\W*(?:{words})(?:\s*[:/-]\s*|\s+)", re.IGNORECASE)

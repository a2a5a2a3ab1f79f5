"""Text -> its language, judged by its letters alone: what a page says of itself (lang="en-US") is often wrong."""

import unicodedata
from collections import Counter
from functools import cache

from extractors.reading.wordlists import wordlist

_FEWEST_LETTERS = 20  # below this no language is named
_MAIN_SCRIPT = 0.5  # of the letters, that make a text one of that script
_FOREIGN_LETTERS = 0.02  # of the Arabic-script letters, that make it another language than Arabic


@cache
def _own_letters() -> dict[str, frozenset[str]]:
    return {language: frozenset(letters) for language, letters in wordlist("language")["own_letters"].items()}


@cache
def _script(char: str) -> str:
    """The first word of the character's Unicode name: its script, for letters."""
    return unicodedata.name(char, "").partition(" ")[0]


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text in Arabic script or in another that mainly one language uses; else None."""
    counts = Counter(text[:20_000])
    letters = {char: count for char, count in counts.items() if char.isalpha()}
    total = sum(letters.values())
    if total < _FEWEST_LETTERS:
        return None
    scripts: Counter[str] = Counter()
    for char, count in letters.items():
        scripts[_script(char)] += count
    script, share = scripts.most_common(1)[0]
    if share < _MAIN_SCRIPT * total:
        return None
    if script == "ARABIC":
        return _arabic_script(letters, share)
    language: str | None = wordlist("language")["scripts"].get(script)
    return language


def _arabic_script(letters: dict[str, int], total: int) -> str:
    """Arabic, unless letters that Arabic lacks say which neighbour it is."""
    shares = {
        language: sum(count for char, count in letters.items() if char in own)
        for language, own in _own_letters().items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > _FOREIGN_LETTERS * total else "ar"

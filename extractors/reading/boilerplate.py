"""Lines of an extracted page -> those of the article: share bars, "read also", cookie notices and disclaimers out."""

import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.reading.wordlists import wordlist

_TAIL = 4  # lines at an article's end in which `tail` phrases are looked for
_LONG = 1000  # characters, behind which nothing tells boilerplate from an article's line
_LEVELLED = {0x622: 0x627, 0x623: 0x627, 0x625: 0x627, 0x649: 0x64A, 0x640: None} | dict.fromkeys(range(0x64B, 0x653))
_NO_WORD = re.compile(r"[\W_]+")
_ELLIPSIS = re.compile(r"\s*(\[\s*(\u2026|\.\.\.|&hellip;)\s*\])\s*$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A form of boilerplate and how it is compared (see boilerplate.toml)."""

    id: str
    form: str
    how: str
    limit: int


def levelled(text: str) -> str:
    """Words alone, lower-cased, without tashkeel, alef and ya forms made one: for comparing, never for storing."""
    return _NO_WORD.sub(" ", text.lower().translate(_LEVELLED)).strip()


def without_boilerplate(lines: list[str], *, links: Container[str] = ()) -> list[str]:
    """The lines without those that boilerplate.toml names.

    `links` are the levelled link texts of the page: such a line below a dropped heading ("read also") belongs to it.
    """
    kept: list[str] = []
    under_heading = False
    for number, line in enumerate(lines):
        words = levelled(line[:_LONG])
        phrase = _phrase_of(line, words, in_tail=number >= len(lines) - _TAIL)
        if phrase is not None:
            under_heading = True
        elif not (under_heading and words in links):
            under_heading = False
            if words:
                kept.append(line)
    return kept


def without_feed_tail(summary: str | None) -> str | None:
    """A feed's summary without "The post … appeared first on …" and with a plain ellipsis for «[…]»."""
    if summary is None:
        return None
    for tail in wordlist("boilerplate")["feed_tail"]:
        start = summary.rfind(tail["begins"])
        if start >= 0 and tail["holds"] in summary[start:]:
            summary = summary[:start]
    return _ELLIPSIS.sub("\u2026", summary).strip() or None


def _phrase_of(line: str, words: str, *, in_tail: bool) -> Phrase | None:
    starts, within = _phrases()
    for phrase in starts.get(words.partition(" ")[0], ()):
        if _begins(words, phrase.form) and _fits(line, words, phrase, in_tail=in_tail):
            return phrase
    if not in_tail:
        return None
    return next((phrase for phrase in within if phrase.form in words and len(line) <= phrase.limit), None)


def _begins(words: str, form: str) -> bool:
    return words == form or (words.startswith(form) and words[len(form)] == " ")


def _fits(line: str, words: str, phrase: Phrase, *, in_tail: bool) -> bool:
    if phrase.how == "line":
        return words == phrase.form
    return len(line) <= phrase.limit and (in_tail or phrase.how == "start")


@cache
def _phrases() -> tuple[dict[str, tuple[Phrase, ...]], tuple[Phrase, ...]]:
    """Phrases by their first word, and those that are looked for anywhere in a line."""
    starts: dict[str, list[Phrase]] = defaultdict(list)
    within: list[Phrase] = []
    for entry in wordlist("boilerplate")["phrase"]:
        for phrase in _forms(entry):
            if phrase.how == "within tail":
                within.append(phrase)
            else:
                starts[phrase.form.partition(" ")[0]].append(phrase)
    return {word: tuple(phrases) for word, phrases in starts.items()}, tuple(within)


def _forms(entry: dict[str, Any]) -> list[Phrase]:
    return [Phrase(entry["id"], levelled(form), entry["how"], entry.get("limit", 0)) for form in entry["forms"]]

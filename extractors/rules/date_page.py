"""A text as the rules of dates read it: its tokens, the words of dates among them, and its publication day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.tokens import Tokens
from extractors.rules.calendar import Precision, Stretch
from extractors.rules.number_words import Said, WordsAt, read_number
from extractors.rules.wordtable import LookBack, Word, WordTable

_ENTRIES = read_lexicon("dates")["entry"]
_DAYS = ("relative", "weekday", "part", "day", "days", "ago")
_STARTING = (*_DAYS, "unit", "this", "edge", "last", "month", "years", "season", "none")


def _table(*roles: str) -> WordTable:
    return WordTable("dates", [table for table in _ENTRIES if table["role"] in roles])


_STARTS = _table(*_STARTING)
# What stands inside or around dates alone is looked up when a date asks for it.
_WITHIN = _table(*{table["role"] for table in _ENTRIES} - {*_STARTING, "cue", "part-after", "from", "between"})
_OPENERS = _table("from", "between")
_AFTER_DAY = _table("part-after")
_AND = frozenset(form for form, means in MEANING.items() if means == {"conj"})
_THE = frozenset(form for form, means in MEANING.items() if means == {"the"})
_WINDOW = 4
COMMAS = ",\u060c"  # of both scripts
_SIGNS = frozenset("/-")
_AFTER_DIGITS = _WITHIN.firsts | _OPENERS.firsts  # 12 الجاري, 12 من الشهر الجاري


def _cues(value: str) -> LookBack:
    return LookBack("dates", [table for table in _ENTRIES if table["role"] == "cue" and table["value"] == value])


_CUES: Mapping[str, LookBack] = {value: _cues(value) for value in ("month", "date", "year", "name", "memory", "born")}


@dataclass(slots=True)
class Page:
    """What the rules of dates look at."""

    tokens: Tokens
    published: date | None
    words: dict[int, Word] = field(default_factory=dict)

    def __post_init__(self) -> None:
        firsts, read, forms = _STARTS.firsts, _STARTS.read, self.tokens.forms
        self.words = {at: word for at, form in enumerate(forms) if form in firsts and (word := read(forms, at))}

    def word(self, at: int, *roles: str) -> Word | None:
        """The word of dates at token `at` if it has one of the roles."""
        word = self.words.get(at)
        if word is not None and word.role in roles:
            return word
        if not 0 <= at < len(self.tokens):
            return None
        for table in (_WITHIN, _OPENERS):
            if self.tokens.forms[at] in table.firsts:
                word = table.read(self.tokens.forms, at)
                if word is not None and word.role in roles:
                    return word
        return None

    def opener(self, at: int) -> tuple[int, str] | None:
        """The word that opens a range just before token `at` (from, between): its first token and role."""
        for first in range(max(0, at - 2), at):
            if self.tokens.forms[first] in _OPENERS.firsts:
                word = _OPENERS.read(self.tokens.forms, first)
                if word is not None and word.last == at:
                    return first, word.role
        return None

    def dated(self, at: int) -> bool:
        """Whether the digits at token `at` may start a date by what stands around them."""
        form, after = self.tokens.forms[at], self.tokens.forms[at + 1 : at + 2]
        if len(form) == len("2013") or "." in form:
            return True
        return bool(after) and (after[0] in _SIGNS or after[0] in _AFTER_DIGITS)

    def skip(self, at: int, *roles: str) -> int:
        """The token after a word of one of the roles, or `at` itself where there is none."""
        word = self.word(at, *roles)
        return word.last if word else at

    def sign(self, at: int, signs: str) -> bool:
        """Whether one of the punctuation marks stands at token `at`."""
        return at < len(self.tokens) and self.tokens.kinds[at] == "p" and self.tokens.forms[at] in signs

    def joint(self, at: int) -> bool:
        """Whether "and" stands alone at token `at`."""
        return at < len(self.tokens) and self.tokens.forms[at] in _AND

    def digits(self, at: int) -> int | None:
        """The whole number written in digits at token `at`."""
        if not 0 <= at < len(self.tokens) or self.tokens.kinds[at] != "n":
            return None
        form = self.tokens.forms[at]
        return int(form) if form.isdecimal() and len(form) <= 4 else None

    def number(self, at: int) -> Said | None:
        """The number that starts at token `at`, in digits or words."""
        return read_number(self.tokens, WordsAt(self.tokens), at) if at < len(self.tokens) else None

    def counted(self, at: int) -> bool:
        """Whether an ordinal stands at token `at`: اليوم الـ100, اليوم الحادي والعشرين."""
        if at < len(self.tokens) and self.tokens.forms[at] in _THE and self.digits(at + 1) is not None:
            return True
        said = self.number(at) if self.tokens.kinds[at : at + 1] == "w" else None
        return said is not None and said.ordinal

    def cued(self, at: int, cue: str) -> bool:
        """Whether the words just before token `at` announce such a thing."""
        return _CUES[cue].read(self.tokens.forms[max(0, at - _WINDOW) : at]) is not None

    def remembered(self, at: int) -> bool:
        """Whether the words before token `at` speak of an anniversary."""
        return any(
            _CUES["memory"].read(self.tokens.forms[max(0, i - 1) : i]) for i in range(max(1, at - _WINDOW), at + 1)
        )

    def after_day(self, at: int) -> int:
        """The token after an adverb of the part of the day (صباحا)."""
        word = _AFTER_DAY.read(self.tokens.forms, at) if at < len(self.tokens) else None
        return word.last if word else at


@dataclass(slots=True)
class Found:
    """A date as it is read: the tokens up to `last`, the days, and how exactly they are known."""

    last: int
    stretch: Stretch
    precision: Precision
    anchor: str
    weekday: int | None = None
    yearless: bool = False
    history: bool = False
    future: bool = False
    since: bool = False
    first: int | None = None  # where it starts, if before the token that it was read from


def one_day(last: int, day: date, anchor: str, weekday: int | None = None) -> Found:
    """A single day, exactly known."""
    return Found(last, Stretch(day, day), "day", anchor, weekday)

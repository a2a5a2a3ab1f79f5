"""Digits and number words -> the number that they say together: three, and twenty, thousand -> 23,000.

Knows how the parts of a number follow each other; which words they are stands in language/ar/numbers.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.arabic.clitics import AND, MEANING
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.tokens import Tokens
from extractors.rules.wordtable import Word, WordTable

NUMBERS = read_lexicon("numbers")["entry"]
_DECIMAL = frozenset(fold_form(form) for table in NUMBERS if table["role"] == "decimal" for form in table["forms"])
_CORE = ("ones", "ten", "tens", "hundred", "hundreds", "scale", "half", "vague", "few", "ordinal")
_FIRST_SMALL = 10  # a plural scale word takes 3 to 10 before it, a teen 1 to 9
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_FRACTION = re.compile(r"\d+[.,]\d+")
WORDS = WordTable("numbers", [table for table in NUMBERS if table["role"] in _CORE])
_JOINING = frozenset(before for before, means in MEANING.items() if "conj" in means and means <= {"conj", "the"})
_CARRIED = frozenset(before for before, means in MEANING.items() if means <= {"conj", "the"}) | {""}


@dataclass(frozen=True, slots=True)
class Said:
    """A number in tokens first..last: its value, or for a vague word what it is called and its least value."""

    first: int
    last: int
    value: float
    vague: str | None = None
    ordinal: bool = False
    digits: bool = False  # written as one run of digits, with no word


@dataclass(slots=True)
class _Sum:
    """A number while it is read: what is settled, the part below the next scale word, and where reading stands."""

    at: int
    total: float = 0
    part: float | None = None
    limit: float = 1e18  # what is still added must be smaller
    digits: bool = False  # the part is written in digits
    ordinal: bool = False
    words: int = 0

    def fresh(self, joined: bool) -> bool:
        """Whether a new part may start here: at the beginning, or after "and"."""
        return self.part is None and (joined or not self.words)


class WordsAt:
    """Number words looked up one by one, for who needs few of them: stands in for the mapping of `number_words`."""

    def __init__(self, tokens: Tokens) -> None:
        self._forms = tokens.forms

    def get(self, at: int) -> Word | None:
        """The number word at token `at`."""
        return WORDS.read(self._forms, at) if 0 <= at < len(self._forms) else None


def number_words(tokens: Tokens) -> dict[int, Word]:
    """The number words among the tokens, by token."""
    firsts, read, forms = WORDS.firsts, WORDS.read, tokens.forms
    return {at: word for at, form in enumerate(forms) if form in firsts and (word := read(forms, at))}


def read_digits(form: str, scaled: bool = False) -> float | None:
    """The value of digits, or None for a date; 1.200 is 1200 unless a scale word follows."""
    if form.isdecimal():
        return int(form)
    grouped = _GROUPED.fullmatch(form)
    if grouped and form[0] != "0" and not (scaled and form.count(grouped[1]) == 1):
        return int(form.replace(grouped[1], ""))
    return float(form.replace(",", ".")) if _FRACTION.fullmatch(form) else None


def digits_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The digits at token `at` with a decimal letter or comma written on to them, and the token after them."""
    if at >= len(tokens) or tokens.kinds[at] != "n":
        return None
    form = tokens.forms[at]
    if at + 2 < len(tokens) and tokens.forms[at + 1] in _DECIMAL and tokens.kinds[at + 2] == "n":
        glued = tokens.ends[at] == tokens.starts[at + 1] and tokens.ends[at + 1] == tokens.starts[at + 2]
        if glued and form.isdecimal() and tokens.forms[at + 2].isdecimal():
            return f"{form}.{tokens.forms[at + 2]}", at + 3
    return form, at + 1


def read_number(tokens: Tokens, words: Mapping[int, Word] | WordsAt, first: int) -> Said | None:
    """The longest number that starts at token `first`."""
    word = words.get(first)
    if word is not None and word.role in ("vague", "few"):
        return _vague(words, first, word)
    if word is not None and word.role == "half":
        return _half_of(words, first, word)
    if word is not None and word.role == "scale" and word.entry.get("plural"):
        return Said(first, word.last, 2 * word.value, word.entry.get("plural"))
    return _composed(tokens, words, first)


def _composed(tokens: Tokens, words: Mapping[int, Word] | WordsAt, first: int) -> Said | None:
    state = _Sum(first)
    opened = False
    while state.at < len(tokens):
        at, joined = state.at, False
        if state.words and tokens.forms[at] == AND:
            at, joined = at + 1, True
        word = words.get(at)
        taken = _take_word(tokens, state, word, joined) if word else _take_digits(tokens, words, state, at, joined)
        if not taken:
            break
        opened = bool(word and word.entry.get("open"))
        state.at = word.last if word else taken
        state.words += 1
    if not state.words or opened:
        return None
    value = state.total + (state.part or 0)
    return Said(first, state.at, value, None, state.ordinal, state.digits and state.words == 1)


def _take_digits(tokens: Tokens, words: Mapping[int, Word] | WordsAt, state: _Sum, at: int, joined: bool) -> int:
    """Add the digits at token `at`; the token after them, or 0 where they do not belong to the number."""
    found = digits_at(tokens, at) if state.fresh(joined) and not state.ordinal else None
    if found is None:
        return 0
    form, last = found
    after = words.get(last)
    scale = after if after is not None and after.role == "scale" else None
    value = read_digits(form, scaled=scale is not None)
    if value is None or max(value, scale.value if scale else 0) >= state.limit:
        return 0
    if joined and value < _FIRST_SMALL and scale is None:
        return 0
    state.part, state.digits = value, True
    return last


def _take_word(tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if state.words:
        joined = joined or word.before in _JOINING
        if word.before not in _CARRIED:
            return False
    return _TAKERS[word.role](tokens, state, word, joined)


def _ones(_tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if state.fresh(joined) and not state.ordinal:
        state.part = word.value
    elif joined and not state.digits and state.part and state.part % 100 == 0:
        state.part += word.value
    else:
        return False
    return True


def _ordinal(_tokens: Tokens, state: _Sum, word: Word, _joined: bool) -> bool:
    if state.words:
        return False
    state.part, state.ordinal = word.value, True
    return True


def _ten(tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if not joined and not state.digits and state.part is not None and 1 <= state.part % 100 < _FIRST_SMALL:
        state.part += word.value
        return True
    return not state.ordinal and _ones(tokens, state, word, joined)


def _tens(_tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if state.fresh(joined):
        state.part = word.value
    elif joined and not state.digits and state.part is not None and state.part % 100 < _FIRST_SMALL:
        state.part += word.value
    else:
        return False
    return True


def _hundred(_tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if state.fresh(joined):
        state.part = word.value
    elif not joined and not state.digits and state.part is not None and 3 <= state.part < _FIRST_SMALL:
        state.part *= word.value
    else:
        return False
    return True


def _hundreds(_tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if not state.fresh(joined):
        return False
    state.part = word.value
    return True


def _scale(tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if not state.limit:  # after a half the scale word may be said once more
        return not joined
    if word.value >= state.limit or state.ordinal:
        return False
    if not joined and state.part is not None:
        times = state.part
    elif state.fresh(joined) and not word.entry.get("plural"):
        times = (
            2 if word.entry.get("dual") or (word.entry.get("dual_before_noun") and _noun_at(tokens, word.last)) else 1
        )
    else:
        return False
    state.total, state.part, state.limit, state.digits = state.total + times * word.value, None, word.value, False
    return True


def _half(_tokens: Tokens, state: _Sum, word: Word, joined: bool) -> bool:
    if not joined or state.part is not None or not state.total:
        return False
    state.total, state.limit = state.total + state.limit * word.value, 0
    return True


def _vague_part(_tokens: Tokens, _state: _Sum, _word: Word, _joined: bool) -> bool:
    return False


_TAKERS = {
    "ones": _ones,
    "ordinal": _ordinal,
    "ten": _ten,
    "tens": _tens,
    "hundred": _hundred,
    "hundreds": _hundreds,
    "scale": _scale,
    "half": _half,
    "vague": _vague_part,
    "few": _vague_part,
}


def _noun_at(tokens: Tokens, at: int) -> bool:
    """Whether a word stands there that is not joined by "and" and not a particle."""
    return at < len(tokens) and tokens.kinds[at] == "w" and len(tokens.forms[at]) > 2 and tokens.forms[at][0] != AND


def _half_of(words: Mapping[int, Word] | WordsAt, first: int, word: Word) -> Said | None:
    scale = words.get(word.last)
    if scale is None or scale.role != "scale" or scale.entry.get("plural"):
        return None
    return Said(first, scale.last, word.value * scale.value)


def _vague(words: Mapping[int, Word] | WordsAt, first: int, word: Word) -> Said:
    """Dozens, dozens of thousands, a few thousand, a number of."""
    after = words.get(word.last)
    name = word.entry.get("qualifier")
    if after is None or (after.before not in _CARRIED or after.before in _JOINING):
        return Said(first, word.last, word.value, name)
    if word.role == "few" and after.role == "vague":
        return Said(first, after.last, after.value, after.entry.get("qualifier"))
    plural = after.entry.get("plural") if after.role == "scale" else None
    if plural is None:
        return Said(first, word.last, word.value, name)
    if word.role == "few":
        return Said(first, after.last, 2 * after.value, plural)
    return Said(first, after.last, word.value * after.value, _called(word.value * after.value))


def _called(value: float) -> str:
    """What a vague number is called by its size: 20,000 -> "tens of thousands"."""
    if value >= 1_000_000:
        return "millions"
    return "hundreds of thousands" if value >= 200_000 else "tens of thousands"

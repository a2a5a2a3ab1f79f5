"""What stands around a number: its qualifier, the other end of a range, its unit, or a sign that it counts nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import read_lexicon
from extractors.arabic.tokens import Tokens
from extractors.rules.number_words import NUMBERS, Said, digits_at, read_digits, read_number
from extractors.rules.wordtable import LookBack, Word, WordTable

_WINDOW = 7  # tokens that a qualifier with its fillers may take before a number
_AFTER_GAP = 3  # words between a number and a qualifier after it: 33 شخصا على الأقل


def _having(role: str, **attributes: str) -> list[dict[str, object]]:
    chosen = [table for table in NUMBERS if table["role"] == role]
    return [table for table in chosen if all(table.get(name) == value for name, value in attributes.items())]


_BEFORE = LookBack("numbers", [*_having("qualifier", side="before"), *_having("range-open")])
_AFTER = WordTable("numbers", [{**table, "bare": True} for table in _having("qualifier", side="after")])
_JOIN = WordTable("numbers", [{**table, "bare": True} for table in _having("range-join")])
_CUES = LookBack("numbers", _having("cue"))
_UNITS = WordTable("numbers", _having("measure"))
_PERCENT = WordTable("numbers", _having("percent"))
_CHANGES = WordTable("numbers", _having("change"))
_FILLERS = WordTable("numbers", _having("filler"))
_MONTH_TABLES = [table for table in read_lexicon("dates")["entry"] if table["role"] == "month"]
_MONTHS = WordTable("dates", _MONTH_TABLES)
_MONTH_ENDS = frozenset(fold_form(form).split()[-1] for table in _MONTH_TABLES for form in table["forms"])
_CLITIC_TOKENS = frozenset(MEANING)  # written apart, or glued to digits: ب200, ال 24
_DAY_JOINTS = frozenset({"/", "-", *(form for form, means in MEANING.items() if means == {"conj"})})
_QUOTES, _CLOSING = frozenset("\"'("), frozenset("\"')")
_TELLING = _BEFORE.lasts | _CUES.lasts | _CLITIC_TOKENS | _QUOTES | _FILLERS.firsts  # may stand before a number
_YEAR = re.compile(r"(?:19|20)\d\d|1[34]\d\d")
_FIRST_YEAR, _LAST_YEAR = 1300, 2100
_LONG = 7  # more digits without separators are a telephone or file number


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before a number: where reading begins, its qualifier, and what kind of number it announces."""

    first: int  # of the qualifier, or of the number where there is none
    qualifier: str | None = None
    range_first: int = 0
    range_by: str | None = None
    cue: str | None = None
    changes: bool = False  # told as a change from one number to another
    definite: bool = False

    @property
    def unit(self) -> str | None:
        """The unit that the words before the number give it."""
        return "money" if self.cue == "money" else None


def look_back(tokens: Tokens, at: int, floor: int) -> Opening:
    """Read the words before token `at`, not before token `floor`."""
    if at == floor or tokens.forms[at - 1] not in _TELLING:
        return Opening(at)
    start, definite = _skip_clitics(tokens, at, floor)
    places = [i for i in range(max(floor, start - _WINDOW), start) if tokens.forms[i] not in _QUOTES]
    places = [i for i in places if tokens.forms[i] not in _FILLERS.firsts]
    before = [tokens.forms[i] for i in places]
    found = _BEFORE.read(before)
    cue = _cue(before)
    if found is None:
        return Opening(at, cue=cue, definite=definite)
    entry, size = found
    first = places[-size]
    if entry.attributes["role"] == "range-open":
        changes = any(form in _CHANGES.firsts for form in before[:-size])
        by = entry.attributes["value"]
        return Opening(at, None, first, by, cue, changes=changes, definite=definite)
    rest = before[:-size]
    inner = _BEFORE.read(rest)
    if inner is not None and inner[0].attributes["role"] == "range-open":
        range_first, by = places[-size - inner[1]], inner[0].attributes["value"]
        return Opening(first, entry.attributes["value"], range_first, by, definite=definite)
    return Opening(first, entry.attributes["value"], cue=_cue(rest), definite=definite)


def _skip_clitics(tokens: Tokens, at: int, floor: int) -> tuple[int, bool]:
    start, definite = at, False
    while start > floor and (tokens.forms[start - 1] in _CLITIC_TOKENS or tokens.forms[start - 1] in _QUOTES):
        start -= 1
        definite = definite or "the" in MEANING.get(tokens.forms[start], ())
    return start, definite


def _cue(before: list[str]) -> str | None:
    found = _CUES.read(before)
    return found[0].attributes["value"] if found else None


def close_range(tokens: Tokens, words: Mapping[int, Word], low: Said, opening: Opening) -> tuple[Said, float] | None:
    """The upper end of a range that begins with `low`, and its lower end with the scale that both share."""
    joined = _joint(tokens, words, low, opening)
    if joined is None:
        return None
    by, at = joined
    high = read_number(tokens, words, _skip_forward(tokens, at))
    if high is None or high.vague or low.vague or high.ordinal or digit_run(tokens, high.first):
        return None
    least = low.value
    scale = _scale_of(words, high)
    if (
        scale
        and low.value < 1000
        and low.value * scale < high.value
        and low.digits == (tokens.kinds[high.first] == "n")
    ):
        least = low.value * scale
    if least >= high.value or (by == "dash" and not _counts(tokens, high.last)):
        return None
    return high, least


def _joint(tokens: Tokens, words: Mapping[int, Word], low: Said, opening: Opening) -> tuple[str, int] | None:
    """By which word a range goes on after `low`, and where its upper end starts."""
    at = low.last
    if at >= len(tokens):
        return None
    word = _JOIN.read(tokens.forms, at)
    by = word.value if word else None
    if word is None and opening.range_by == "and" and at in words and "conj" in words[at].means:
        return "and", at
    if word is None or by is None or (by == "and" and opening.range_by != "and") or (by == "to" and opening.changes):
        return None
    return by, word.last


def _skip_forward(tokens: Tokens, at: int) -> int:
    while at < len(tokens) - 1 and tokens.forms[at] in _CLITIC_TOKENS:
        at += 1
    return at


def _scale_of(words: Mapping[int, Word], said: Said) -> float | None:
    """The scale word that ends a number: 1000 for 15 ألفا."""
    word = words.get(said.last - 1)
    return word.value if word is not None and word.role == "scale" and said.last - said.first > 1 else None


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether a noun may stand there: a word that is longer than a particle."""
    return at < len(tokens) and tokens.kinds[at] == "w" and len(tokens.forms[at]) > 2


def qualifier_after(tokens: Tokens, last: int) -> tuple[str | None, int]:
    """A qualifier that follows the number at once, or after its noun; and where the number ends with it."""
    for at in range(last, min(last + _AFTER_GAP + 1, len(tokens))):
        word = _AFTER.read(tokens.forms, at)
        if word is not None:
            return word.value, word.last if at == last else last
        if tokens.kinds[at] != "w":
            break
    return None, last


def closed(tokens: Tokens, said: Said) -> int:
    """Where a number ends with the bracket or quote that it stands in: (60)."""
    if said.first and said.last < len(tokens) and tokens.forms[said.first - 1] in _QUOTES:
        return said.last + (tokens.forms[said.last] in _CLOSING)
    return said.last


def unit_after(tokens: Tokens, last: int) -> tuple[str | None, int]:
    """The unit of measure or sign of percentage after a number; the sign belongs to the number."""
    if last >= len(tokens):
        return None, last
    percent = _PERCENT.read(tokens.forms, last)
    if percent is not None:
        return None, percent.last
    word = _UNITS.read(tokens.forms, last)
    if word is None or not word.means <= {"the"} or _YEAR.fullmatch(_form(tokens, word.last)):
        return None, last  # 30 سنة 2015: the year is that of the 30
    if "the" in word.means and tokens.forms[last - 1].startswith(ARTICLE):
        return None, last  # «تظاهر المئات اليوم»
    return word.value, last


def _form(tokens: Tokens, at: int) -> str:
    return tokens.forms[at] if at < len(tokens) else ""


def kind_of(tokens: Tokens, said: Said, opening: Opening) -> str:
    """Which kind of number it is: see NumberKind."""
    if said.ordinal:
        return "ordinal"
    if said.vague:
        return "cardinal"
    announced = _announced(tokens, said, opening) if opening.cue and opening.qualifier is None else None
    shaped = _shaped(tokens, said) if said.digits else None
    whole = "cardinal" if said.value == int(said.value) else "decimal"
    return _followed(tokens, said.last) or announced or shaped or whole


def are_years(tokens: Tokens, low: Said, high: Said) -> bool:
    """Whether a range runs from year to year: من 1955 إلى 2013."""
    if not (low.digits and high.digits) or _counts(tokens, high.last):
        return False
    return all(_YEAR.fullmatch(tokens.forms[said.first]) for said in (low, high))


def _followed(tokens: Tokens, last: int) -> str | None:
    """The kind that the word after a number gives it."""
    if last >= len(tokens):
        return None
    if _PERCENT.read(tokens.forms, last):
        return "percent"
    return "date" if _month_at(tokens, last) else None


def _shaped(tokens: Tokens, said: Said) -> str | None:
    """The kind of digits by their place and length."""
    form = tokens.forms[said.first]
    if _YEAR.fullmatch(form) and _after_month(tokens, said.first):
        return "year"
    long = form.isdecimal() and len(form) > _LONG
    return "reference" if long or _heads_item(tokens, said) else None


def _announced(tokens: Tokens, said: Said, opening: Opening) -> str | None:
    """The kind that the words before a number give it."""
    cue = opening.cue
    if cue in ("year", "year-if-alone"):
        year = _YEAR.fullmatch(tokens.forms[said.first]) if said.digits else _FIRST_YEAR <= said.value <= _LAST_YEAR
        alone = cue == "year" or (said.digits and not _counts(tokens, said.last))
        return "year" if year and alone else None
    if cue == "name":
        return "name" if opening.definite or not said.digits else None
    if cue in ("reference", "score"):
        return cue if said.digits else None
    return None if cue == "money" else cue


def _month_at(tokens: Tokens, at: int) -> bool:
    """Whether a month follows: 12 مارس, 12 من مارس, 12 و13 مارس."""
    for step in range(at, min(at + 4, len(tokens))):
        word = _MONTHS.read(tokens.forms, step)
        if word is not None and (word.before == ""):
            return True
        if tokens.kinds[step] != "n" and tokens.forms[step] not in _DAY_JOINTS:
            return False
    return False


def _after_month(tokens: Tokens, at: int) -> bool:
    """Whether the month's name, perhaps with its twin in brackets, stands before the token."""
    before = at - 1 - (at > 0 and tokens.forms[at - 1] in "),/")
    return before >= 0 and tokens.forms[before] in _MONTH_ENDS


def _heads_item(tokens: Tokens, said: Said) -> bool:
    """Whether the number only numbers an item of a list: it starts a paragraph, and a sign parts it from the text."""
    starts = said.first == 0 or tokens.kinds[said.first - 1] == "b"
    return starts and said.last < len(tokens) and tokens.forms[said.last] in "-).:"


def digit_run(tokens: Tokens, at: int) -> tuple[int, str] | None:
    """Digits bound by signs into a date, a clock time, a score or a reference: where the run ends, and what it is."""
    if tokens.kinds[at] != "n":
        return None
    last, signs = at + 1, ""
    while last + 1 < len(tokens) and tokens.forms[last] in "/-:+" and tokens.kinds[last + 1] == "n":
        if tokens.starts[last + 1] - tokens.ends[last] + tokens.starts[last] - tokens.ends[last - 1] > 2:
            break
        signs += tokens.forms[last]
        last += 2
    if not signs:
        found = digits_at(tokens, at)
        return None if found and read_digits(found[0]) is not None else (at + 1, "reference")
    kind = _run_kind([tokens.forms[i] for i in range(at, last, 2)], signs, _counts(tokens, last))
    return (last, kind) if kind else None


def _run_kind(parts: list[str], signs: str, counts: bool) -> str | None:
    """What several numbers with signs between them are; None for a range of counts."""
    years = [part for part in parts if _YEAR.fullmatch(part)]
    if ":" in signs:
        return "clock"
    if len(parts) > 2 or "+" in signs:
        return "date" if signs == "//" or (years and signs == "--") else "reference"
    if years:
        return "year" if len(years) == 2 else "date"
    return "reference" if signs == "/" else _pair_kind(parts, counts)


def _pair_kind(parts: list[str], counts: bool) -> str | None:
    low, high = map(read_digits, parts)
    if low is not None and high is not None and low < high and counts:
        return None
    return "score" if max(map(len, parts)) < 3 else "reference"

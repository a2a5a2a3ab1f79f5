"""Dates that name their day, month or year: 12 مارس 2013, 5/1/2013, 12 شوال 1436, عام 2011."""

import re

from extractors.rules.calendar import Stretch, back, hijri_year_in, in_month, in_year, likely_year, on_day
from extractors.rules.date_page import COMMAS, Found, Page

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TWINS = 3  # days by which the two calendars may disagree about one day
_LAST_HIJRI = 1500
_FIRST_HIJRI = 1300


def absolute(page: Page, at: int) -> Found | None:
    """The absolute date that starts at token `at`."""
    found = _numeric(page, at) or _day_and_month(page, at)
    return _twin(page, found) if found else month_or_year(page, at)


def _twin(page: Page, found: Found) -> Found:
    """The same day in the other calendar, which may follow: 12 شوال 1436 الموافق 28 يوليو 2015."""
    here = found.last + page.sign(found.last, "/-(" + COMMAS)
    equals = page.word(here, "equals")
    if equals is None and here == found.last:
        return found
    other = absolute(page, equals.last + page.sign(equals.last, ":") if equals else here)
    if other is None or other.precision != "day" or abs((other.stretch.start - found.stretch.start).days) > _TWINS:
        return found
    other.last += here > found.last and page.sign(other.last, ")")
    return other


# ---------------------------------------------------------------- 5/1/2013


def _numeric(page: Page, at: int) -> Found | None:
    if at >= len(page.tokens) or page.tokens.kinds[at] != "n":
        return None
    dotted = _DOTTED.fullmatch(page.tokens.forms[at])
    if dotted:
        return _of_parts(page, at + 1, [int(part) for part in dotted.groups()])
    for sign in "/-":
        parts = [page.digits(at)]
        last = at + 1
        while len(parts) < 3 and page.sign(last, sign) and page.digits(last + 1) is not None:
            parts.append(page.digits(last + 1))
            last += 2
        if len(parts) == 3 or (len(parts) == 2 and sign == "/" and page.cued(at, "date")):
            return _of_parts(page, last, [part for part in parts if part is not None])
    return None


def _of_parts(page: Page, last: int, parts: list[int]) -> Found | None:
    """Day first, unless the first is a year; month and day change places where only that makes a date."""
    if len(parts) > 2 and parts[0] > 31:
        parts.reverse()
    day, month, *rest = parts
    if month > 12:
        day, month = month, day
    year = _full_year(rest[0]) if rest else None
    if not 1 <= month <= 12 or (rest and year is None):
        return None
    last = page.skip(last, "hijri", "gregorian")
    return _days(page, last, [day], month, year, hijri=year is not None and _is_hijri(year))


def _full_year(number: int) -> int | None:
    if number < 100:
        return 2000 + number if number < 60 else 1900 + number
    return number if _FIRST_HIJRI <= number <= 2100 else None


def _is_hijri(year: int) -> bool:
    return _FIRST_HIJRI <= year < _LAST_HIJRI


# ---------------------------------------------------------------- 12 مارس 2013


def _day_and_month(page: Page, at: int) -> Found | None:
    days, here = _day_list(page, at)
    if not days:
        return None
    if len(days) > 1 and page.sign(here, "/"):
        found = _of_digits(page, here + 1, days)
        if found is not None:
            return found
    here = page.skip(here, "from")
    unit = page.word(here, "unit")
    if unit is not None and unit.value == "month":
        here = unit.last
    month = page.word(page.skip(here, "from"), "month")
    if month is not None and not month.means & {"conj", "the"}:
        return _month_with_days(page, month.last, days, month.value, hijri=bool(month.entry.get("hijri")))
    return _of_this_month(page, here, days, named=unit is not None)


def _of_digits(page: Page, at: int, days: list[int]) -> Found | None:
    """Month and year in digits after several days: 8 إلى 29 / 11 / 1433."""
    month, year = page.digits(at), page.digits(at + 2)
    if month is None or year is None or not page.sign(at + 1, "/") or not 1 <= month <= 12 or not _full_year(year):
        return None
    return _days(page, page.skip(at + 3, "hijri", "gregorian"), days, month, year, hijri=_is_hijri(year))


def _day_list(page: Page, at: int) -> tuple[list[int], int]:
    """Days joined by "and", "to" or a dash, and the token after them."""
    days: list[int] = []
    here = at
    while True:
        said = page.number(here)
        if said is None or said.vague or not 1 <= said.value <= 31 or said.value != int(said.value):
            return (days, here - 1) if days else ([], at)
        days.append(int(said.value))
        here = said.last
        if not (page.joint(here) or page.sign(here, "-" + COMMAS) or page.word(here, "to")):
            return days, here
        if page.sign(here, "-") and (month := page.word(here + 1, "month")):
            # 3-صفر is a score
            return (days, here + 1) if not month.entry.get("ambiguous") or page.sign(month.last, "-") else ([], at)
        here += 1


def _month_with_days(page: Page, last: int, days: list[int], month: int, *, hijri: bool) -> Found | None:
    last = _second_name(page, last, month)
    year, last, told = year_after(page, last)
    if year is not None:
        year = hijri_year_in(year, month) if hijri and not _is_hijri(year) else year
        return _days(page, last, days, month, year, hijri=hijri)
    return _days(page, last, days, month, None, hijri=hijri, told=told)


def _second_name(page: Page, last: int, month: int) -> int:
    """Skip the month's name in another system: سبتمبر/أيلول, سبتمبر (أيلول), سبتمبر أيلول."""
    signed = page.sign(last, "/(-")
    word = page.word(last + signed, "month")
    if word is None or word.value != month or word.means:
        return last
    return word.last + (signed and page.sign(word.last, ")"))


def year_after(page: Page, last: int) -> tuple[int | None, int, str | None]:
    """The year after a month, the token after it, and "past", "current" or "coming" where a word says it."""
    told = page.word(last, "past", "current", "coming")
    if told is not None:
        return None, told.last, told.role
    here = last + page.sign(last, "/-(" + COMMAS)
    here = page.skip(here, "from")
    unit = page.word(here, "unit")
    if unit is not None and unit.value == "year":
        told = page.word(unit.last, "past", "current", "coming")
        if told is not None and page.published is not None:
            shift = {"past": -1, "current": 0, "coming": 1}[told.role]
            return page.published.year + shift, told.last, None
        here = unit.last
    elif unit is not None:
        return None, last, None
    year = page.digits(here)
    if year is None or not (_FIRST_HIJRI <= year <= 2100):
        return None, last, None
    return year, page.skip(here + 1, "hijri", "gregorian"), None


def _days(
    page: Page, last: int, days: list[int], month: int, year: int | None, *, hijri: bool, told: str | None = None
) -> Found | None:
    yearless = year is None
    if year is None and page.published is not None:
        year = likely_year(page.published, month, min(days), hijri=hijri, told=told)
    if year is None:
        return None
    start, end = (on_day(year, month, day, hijri=hijri) for day in (days[0], days[-1]))
    if start is None or end is None:
        return None
    return Found(last, Stretch(min(start, end), max(start, end)), "day", "absolute", yearless=yearless)


def _of_this_month(page: Page, here: int, days: list[int], *, named: bool) -> Found | None:
    """12 الجاري, 12 من الشهر الجاري, 12 من الشهر الماضي."""
    told = page.word(here, "current", "past", "coming")
    if told is None or page.published is None or (not named and told.role != "current"):
        return None
    shift = {"current": 0, "past": 1, "coming": -1}[told.role]
    month = back(page.published.replace(day=1), "month", shift)
    return _days(page, told.last, days, month.month, month.year, hijri=False)


# ---------------------------------------------------------------- مارس 2013, عام 2011


def month_or_year(page: Page, at: int) -> Found | None:
    """A month or a year alone."""
    word = page.words.get(at)
    if word is None:
        return _bare_year(page, at)
    if word.role == "month":
        return _month(page, at)
    if word.role == "unit" and word.value == "month" and (inner := page.word(word.last, "month")):
        return _month(page, word.last) if inner.before == "" else None
    if (word.role == "unit" and word.value == "year") or word.role in ("years", "season"):
        return _year(page, word.last)
    return None


def _month(page: Page, at: int) -> Found | None:
    word = page.words[at]
    hijri = bool(word.entry.get("hijri"))
    last = _second_name(page, word.last, word.value)
    year, last, told = year_after(page, last)
    sure = year is not None or told is not None or last > word.last
    if not sure and (word.entry.get("sure") or (word.entry.get("ambiguous") and not page.cued(at, "month"))):
        return None
    yearless = year is None
    if year is not None and hijri and not _is_hijri(year):
        year = hijri_year_in(year, word.value)
    if year is None and page.published is not None:
        year = likely_year(page.published, word.value, 1, hijri=hijri, told=told)
    stretch = in_month(year, word.value, hijri=hijri) if year is not None else None
    if stretch and year and told == "past" and page.published and stretch.end >= page.published:
        stretch = in_month(year - 1, word.value, hijri=hijri)
    return Found(last, stretch, "month", "absolute", yearless=yearless) if stretch else None


def _year(page: Page, at: int) -> Found | None:
    """The year or years after the word "year"."""
    first = page.digits(at)
    said = page.number(at) if first is None else None
    last = at + 1
    if first is None and said is not None and said.value == int(said.value):
        first, last = int(said.value), said.last
    if first is None or not _FIRST_HIJRI <= first <= 2100:
        return None
    second, last = _second_year(page, last)
    last = page.skip(last, "hijri", "gregorian")
    low, high = in_year(first, hijri=_is_hijri(first)), in_year(second or first, hijri=_is_hijri(second or first))
    return Found(last, Stretch(low.start, max(low.end, high.end)), "year", "absolute") if low and high else None


def _second_year(page: Page, last: int) -> tuple[int | None, int]:
    if page.joint(last) or page.sign(last, "-/") or page.word(last, "to"):
        year = page.digits(last + 1)
        if year is not None and _FIRST_HIJRI <= year <= 2100:
            return year, last + 2
    return None, last


def _bare_year(page: Page, at: int) -> Found | None:
    year = page.digits(at)
    if year is None or not 1900 <= year <= 2100 or not page.cued(at, "year"):
        return None
    if page.word(at + 1, "unit"):
        return None
    return _year(page, at)

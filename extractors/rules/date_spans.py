"""Spans and steps of time told from the day of publication: two days ago, last week, the past 24 hours."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from extractors.rules.calendar import Precision, Step, Stretch, back, month_of, part_of, week_of, year_of
from extractors.rules.date_absolute import absolute, month_or_year
from extractors.rules.date_page import Found, Page
from extractors.rules.date_relative import day
from extractors.rules.wordtable import Word

_UNCOUNTED = {"hour": 24, "day": 7, "week": 4, "month": 3, "year": 5, "decade": 3}  # what a bare plural reaches back
_PRECISION: Mapping[Step, Precision] = {
    "hour": "day",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "decade": "year",
}
_HOURS_OF_DAY = 24
_FEW_DAYS, _DAYS_OF_WEEK, _DAYS_OF_MONTH = 3, 7, 31
_SMALL_YEAR = 1300


# ---------------------------------------------------------------- two days ago, since 2011


def ago(page: Page, at: int) -> Found | None:
    """A time before now: قبل يومين, منذ نحو 3 أسابيع, منذ 2011, منذ يوم الجمعة."""
    opener = page.words[at]
    here = page.skip(opener.last, "about")
    since = opener.value == "since"
    counted = _counted(page, here)
    if counted is not None and page.published is not None:
        last, unit, count = counted
        now = page.skip(last, "now")
        if now == last and page.word(last, "from") and not since:
            return None  # before something else
        return _steps_back(page, now, unit, count, since=since)
    if not since:
        return None
    found = day(page, here) or absolute(page, here)
    if found is not None:
        found.since = True
    return found


def _counted(page: Page, at: int) -> tuple[int, Step, float | None] | None:
    """A count of units: the token after it, the unit, the count; None for a plural without a number."""
    several = page.word(at, "several")
    unit = page.words.get(several.last if several else at)
    if unit is not None and unit.role == "unit" and "the" not in unit.means:
        if page.word(unit.last, "month") or (page.digits(unit.last) or 0) > _SMALL_YEAR:
            return None  # شهر مارس, عام 2011
        count = None if several or unit.entry.get("plural") else unit.entry.get("count", 1)
        return _and_a_half(page, unit.last), unit.value, count
    said = page.number(at)
    if said is None or said.ordinal or said.vague:
        return None
    unit = page.word(said.last, "unit", "day")
    if unit is None:
        return None
    return _and_a_half(page, unit.last), unit.value or "day", said.value


def _and_a_half(page: Page, last: int) -> int:
    return page.skip(last, "half")


def _steps_back(page: Page, last: int, unit: Step, count: float | None, *, since: bool) -> Found | None:
    assert page.published is not None
    if count is None:
        return _some_back(page, last, unit, since=since)
    start = back(page.published, unit, count)
    precision = _PRECISION[unit]
    stretch = Stretch(start, start)
    if unit == "week":
        stretch = Stretch(start - timedelta(days=3), min(start + timedelta(days=3), page.published))
    elif unit == "month":
        stretch = month_of(start.year, start.month)
    elif precision == "year":
        stretch = year_of(start.year)
    found = Found(last, stretch, precision, "relative", since=since)
    found.history = precision == "year"
    return found


def _some_back(page: Page, last: int, unit: Step, *, since: bool) -> Found | None:
    """Some hours, days, weeks ago."""
    assert page.published is not None
    today = page.published
    if unit == "hour":
        return Found(last, Stretch(today, today), "day", "relative", since=since)
    if unit == "day":
        return Found(last, Stretch(back(today, "day", 7), back(today, "day", 1)), "week", "relative", since=since)
    if unit == "week":
        return Found(last, Stretch(back(today, "week", 4), back(today, "week", 1)), "month", "relative", since=since)
    start = back(today, unit, 10)
    return Found(last, Stretch(start, back(today, unit, 1)), "year", "relative", since=since, history=True)


# ---------------------------------------------------------------- last week, this month, the past 24 hours


def span(page: Page, at: int) -> Found | None:
    """A span of time before, around or after now: الأسبوع الماضي, هذا الشهر, الساعات الـ24 الماضية."""
    found = _span(page, at)
    if found is not None and page.published is not None and found.stretch.start <= page.published < found.stretch.end:
        found.stretch = Stretch(found.stretch.start, page.published)  # what is not over ends today
    return found


def _span(page: Page, at: int) -> Found | None:
    if page.published is None:
        return None
    word = page.words[at]
    if word.role == "this":
        unit = page.word(word.last, "unit")
        if unit is None or "the" not in unit.means or unit.entry.get("plural"):
            return None
        return _calendar_span(page, unit.last, unit.value, 0)
    if "the" not in word.means:
        return None
    return _told_span(page, word)


def _told_span(page: Page, word: Word) -> Found | None:
    here, count = word.last, word.entry.get("count")
    said = None if count else page.number(_past_article(page, here))
    if said is not None and not said.vague and not said.ordinal:
        here, count = said.last, said.value
    here = page.skip(page.skip(here, "unit"), "few")
    told = page.word(here, "past", "coming", "current")
    if told is None:
        return None
    if word.entry.get("plural") or count:
        return rolling(page, told.last, word.value, count, told.role)
    shift = {"past": -(told.value or 1), "coming": 1, "current": 0}[told.role]
    return _calendar_span(page, told.last, word.value, shift)


def _past_article(page: Page, at: int) -> int:
    """Step over the article that stands apart before digits: الـ 24."""
    return (
        at + 1 if page.digits(at) is None and page.digits(at + 1) is not None and page.tokens.kinds[at] == "w" else at
    )


def _calendar_span(page: Page, last: int, unit: Step, shift: int) -> Found | None:
    """The week, month or year that lies `shift` units from now."""
    assert page.published is not None
    today = page.published
    if unit == "week":
        found = Found(last, week_of(today + timedelta(days=7 * shift)), "week", "relative")
    elif unit == "month":
        day_in = back(today.replace(day=1), "month", -shift)
        found = Found(last, month_of(day_in.year, day_in.month), "month", "relative")
    elif unit == "year":
        found = Found(last, year_of(today.year + shift), "year", "relative", history=shift < 0)
    elif unit == "hour":
        found = Found(last, Stretch(today, today), "day", "relative")
    else:
        return None
    found.future = shift > 0
    return found


def rolling(page: Page, last: int, unit: Step, count: float | None, told: str) -> Found:
    """The past or coming so many units, counted from today."""
    assert page.published is not None
    today, size = page.published, count or _UNCOUNTED[unit]
    if told == "coming":
        end = max(back(today, unit, -size), today + timedelta(days=1))
        return Found(last, Stretch(today + timedelta(days=1), end), _known(today, end), "relative", future=True)
    days = -(-int(size) // _HOURS_OF_DAY) if unit == "hour" else 0
    start = back(today, "day", days) if unit == "hour" else back(today, unit, size)
    history = (today - start).days > _DAYS_OF_MONTH
    return Found(last, Stretch(start, today), _known(start, today), "relative", history=history)


def _known(start: date, end: date) -> Precision:
    """How exactly a day is known that lies somewhere in the stretch."""
    days = (end - start).days
    if days <= _FEW_DAYS:
        return "day"
    return "week" if days <= _DAYS_OF_WEEK else "month" if days <= _DAYS_OF_MONTH else "year"


def last_hours(page: Page, at: int) -> Found | None:
    """آخر 24 ساعة, خلال 48 ساعة: so many hours or days up to now, from a word that says it."""
    word = page.words[at]
    said = page.number(_past_article(page, word.last))
    if said is None or said.vague or said.ordinal or page.published is None:
        return None
    unit = page.word(said.last, "unit")
    if unit is None:
        return None
    told = page.word(unit.last, "past")
    if told is None and (unit.value != "hour" or said.value % _HOURS_OF_DAY):
        return None
    return rolling(page, told.last if told else unit.last, unit.value, said.value, "past")


def edge(page: Page, at: int) -> Found | None:
    """The begin, middle or end of a span, month or year: مطلع الشهر الجاري, أواخر يناير."""
    word = page.words[at]
    here = word.last
    unit = page.word(here, "unit")
    found = (_span(page, here) if page.word(here, "unit", "this") else None) or month_or_year(page, here)
    if found is None and unit is not None and "the" in unit.means and word.value == "begin" and page.published:
        found = _calendar_span(page, unit.last, unit.value, 0)
    if found is None or found.precision == "day":
        return None
    stretch = part_of(found.stretch, word.value)
    if word.value == "first":
        return replace(found, stretch=stretch, precision="day") if found.precision == "month" else None
    precision = {"year": "month", "month": "week"}.get(found.precision, found.precision)
    return replace(found, stretch=stretch, precision=cast("Precision", precision))

"""Tokens and the day of publication -> the dates told in them, as days with the precision in which they are known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, cast

from extractors.arabic.tokens import Tokens
from extractors.rules.calendar import Precision, Stretch
from extractors.rules.date_absolute import absolute, month_or_year
from extractors.rules.date_page import Found, Page
from extractors.rules.date_relative import day
from extractors.rules.date_spans import ago, edge, last_hours, rolling, span
from extractors.rules.number_words import WORDS

Anchor = Literal["relative", "weekday", "absolute"]
_RECENT = timedelta(days=30)  # what ended earlier is history
_DAY_LIST = 7  # tokens that the days before a month may take
_YEARS = range(1900, 2200)  # of publication; from a day at the end of time nothing can be counted


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in tokens first..last (last excluded), both days included.

    weekday: the day of the week that is named, 0 for Monday. history: it ended more than 30 days before publication,
    or is told as long past or remembered. future: it begins after publication, or is told as to come.
    since: the beginning of what has gone on from then (منذ).
    """

    first: int
    last: int
    start: date
    end: date
    precision: Precision
    weekday: int | None
    anchor: Anchor
    history: bool = False
    future: bool = False
    since: bool = False


def find_dates(tokens: Tokens, published: date | None) -> list[DateMention]:
    """All dates in order, none overlapping; without a publication day only those that tell their year."""
    known = published is not None and published.year in _YEARS
    page = Page(tokens, published if known else None)
    found: list[DateMention] = []
    done = 0
    for at in _starts(page):
        if at < done:
            continue
        word = page.words.get(at)
        if word is not None and word.role == "none":
            done = word.last
            continue
        read = _read(page, at, done)
        if read is None:
            continue
        done = read.last
        if not _is_name(page, at, read):
            found.append(_mention(page, at, read))
    return found


def _starts(page: Page) -> list[int]:
    """The tokens at which a date may start: words of dates, digits, and number words before a month."""
    forms, kinds = page.tokens.forms, page.tokens.kinds
    starts = {*page.words, *(at for at, kind in enumerate(kinds) if kind == "n" and page.dated(at))}
    for at, word in page.words.items():
        if word.role == "month":
            window = range(max(0, at - _DAY_LIST), at)
            starts.update(i for i in window if kinds[i] == "n" or forms[i] in WORDS.firsts)
    return sorted(starts)


def _read(page: Page, at: int, done: int) -> Found | None:
    """The date that starts at token `at`, or before it with the word that opens a range."""
    opener = page.opener(at)
    if opener is not None and opener[0] >= done:
        found = _between(page, at, opener[1])
        if found is not None:
            return replace(found, first=opener[0])
    word = page.words.get(at)
    return absolute(page, at) if word is None else _READERS[word.role](page, at)


def _year_or_span(page: Page, at: int) -> Found | None:
    return span(page, at) or month_or_year(page, at) or _counted_past(page, at)


def _counted_past(page: Page, at: int) -> Found | None:
    """24 ساعة الماضية, with its number before the unit."""
    told = page.word(page.words[at].last, "past")
    if told is None or page.published is None:
        return None
    for first in range(at - 3, at):
        said = page.number(first) if first >= 0 else None
        if said is not None and said.last == at and not said.vague and not said.ordinal:
            return replace(rolling(page, told.last, page.words[at].value, said.value, "past"), first=first)
    return None


def _between(page: Page, at: int, opener: str) -> Found | None:
    """من السبت إلى الاثنين, بين السبت والأحد: what follows the word that opens it."""
    low = _single(page, at)
    if low is None:
        return None
    if low.stretch.start < low.stretch.end and low.precision == "day":
        return low  # 3 إلى 5 مارس has its end in it
    here = low.last
    joined = page.word(here, "to") if opener == "from" else None
    here = joined.last if joined else here + page.joint(here)
    if joined is None and (opener == "from" or not _joined(page, here)):
        return None
    return _both(low, _single(page, here))


def _joined(page: Page, at: int) -> bool:
    """Whether the word at the token is joined to what stands before it."""
    word = page.words.get(at)
    return page.joint(at - 1) or (word is not None and "conj" in word.means)


def _single(page: Page, at: int) -> Found | None:
    word = page.words.get(at)
    return absolute(page, at) if word is None or word.role in ("month", "unit", "years") else day(page, at)


def _both(low: Found, high: Found | None) -> Found | None:
    """One stretch from two dates; a year given for the second holds for the first."""
    if high is None:
        return None
    start, end = low.stretch.start, high.stretch.end
    if low.yearless and not high.yearless:
        start = start.replace(year=end.year)
    if start > end and low.anchor == "weekday":
        start -= timedelta(days=7)
    if start > end:
        return None
    return replace(low, last=high.last, stretch=Stretch(start, end))


def _days(page: Page, at: int) -> Found | None:
    """يومي السبت والأحد, يومي 14 و15 مارس."""
    here = page.words[at].last
    low = _single(page, here)
    if low is None or page.word(here, "month"):
        return None
    here = low.last + page.joint(low.last)
    return (_both(low, _single(page, here)) if _joined(page, here) else None) or low


def _night(page: Page, at: int) -> Found | None:
    """ليل السبت الأحد: the night from one weekday to the next."""
    low = day(page, at)
    if low is None or low.weekday is None:
        return low
    here = low.last + page.sign(low.last, "-/")
    high = page.word(here, "weekday")
    if high is None or high.value != (low.weekday + 1) % 7 or high.before:
        return low
    return replace(low, last=high.last, stretch=Stretch(low.stretch.start, low.stretch.start + timedelta(days=1)))


_READERS: Mapping[str, Callable[[Page, int], Found | None]] = {
    "relative": day,
    "weekday": day,
    "part": _night,
    "day": day,
    "days": _days,
    "ago": ago,
    "unit": _year_or_span,
    "this": span,
    "edge": edge,
    "last": last_hours,
    "month": month_or_year,
    "years": month_or_year,
    "season": month_or_year,
}


def _is_name(page: Page, at: int, found: Found) -> bool:
    """Whether the date is the name of something (a revolution, a street), or the day of a birth."""
    return found.anchor == "absolute" and ((found.yearless and page.cued(at, "name")) or page.cued(at, "born"))


def _mention(page: Page, at: int, found: Found) -> DateMention:
    first = at if found.first is None else found.first
    start, end = found.stretch
    published = page.published
    old = published is not None and end < published - _RECENT
    ahead = published is not None and start > published
    return DateMention(
        first,
        found.last,
        start,
        end,
        found.precision,
        found.weekday,
        cast("Anchor", found.anchor),
        found.history or old or page.remembered(first),
        found.future or ahead,
        found.since,
    )

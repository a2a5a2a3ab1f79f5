"""Days, weeks and months as arithmetic: what a calendar says, with no word of any language."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hijridate import Gregorian, Hijri

Precision = Literal["day", "week", "month", "year"]
Step = Literal["hour", "day", "week", "month", "year", "decade"]
_AHEAD = timedelta(days=92)  # a day without a year may lie so far ahead …
_BEHIND = timedelta(days=270)  # … when the last such day lies further back than this
_DAYS_IN: dict[Step, float] = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_FARTHEST_DAYS = 365 * 800
_NEAR = 3  # days by which a weekday's name may correct "today" or "yesterday"


class Stretch(NamedTuple):
    """First and last day."""

    start: date
    end: date


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; the 28th for a 29th of February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def back(day: date, step: Step, count: float) -> date:
    """The day `count` steps earlier (later where it is negative), within a few hundred years."""
    farthest = _FARTHEST_DAYS / _DAYS_IN[step]
    count = max(-farthest, min(farthest, count))
    if step == "hour":
        return day - timedelta(days=int((count + 12) // 24))
    if step in ("day", "week"):
        return day - timedelta(days=int(count * (7 if step == "week" else 1)))
    if step == "month":
        return months_before(day, int(count))
    return years_before(day, int(count * (10 if step == "decade" else 1)))


def last_weekday(day: date, weekday: int) -> date:
    """The last such weekday on or before the day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def corrected(day: date, weekday: int) -> date:
    """The weekday nearest to the day; at most three days off."""
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= _NEAR else ahead - 7)


def week_of(day: date) -> Stretch:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Stretch(monday, monday + timedelta(days=6))


def month_of(year: int, month: int) -> Stretch:
    """First to last of the month."""
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_of(year: int) -> Stretch:
    """New Year to the last of December."""
    return Stretch(date(year, 1, 1), date(year, 12, 31))


def part_of(stretch: Stretch, part: str) -> Stretch:
    """The first day, or the begin, middle or end of a stretch: a third of it; of a week the first or last two days."""
    days = (stretch.end - stretch.start).days + 1
    size = timedelta(days=max(2, days // 3) - 1)
    if part == "first":
        return Stretch(stretch.start, stretch.start)
    if part == "begin":
        return Stretch(stretch.start, stretch.start + size)
    if part == "end":
        return Stretch(stretch.end - size, stretch.end)
    middle = stretch.start + (stretch.end - stretch.start - size) / 2
    return Stretch(middle, middle + size)


def on_day(year: int, month: int, day: int, *, hijri: bool = False) -> date | None:
    """The day of either calendar, or None where there is no such day."""
    try:
        if not hijri:
            return date(year, month, day)
        converted = Hijri(year, month, day).to_gregorian()
        return date(converted.year, converted.month, converted.day)
    except (ValueError, OverflowError):
        return None


def in_month(year: int, month: int, *, hijri: bool = False) -> Stretch | None:
    """The month of either calendar, or None where there is none."""
    if not hijri:
        return month_of(year, month) if 1 <= year <= 9999 and 1 <= month <= 12 else None
    first = on_day(year, month, 1, hijri=True)
    following = on_day(year + month // 12, month % 12 + 1, 1, hijri=True)
    return Stretch(first, following - timedelta(days=1)) if first and following else None


def in_year(year: int, *, hijri: bool = False) -> Stretch | None:
    """The year of either calendar, or None where there is none."""
    if not hijri:
        return year_of(year) if 1 <= year <= 9999 else None
    first, last = in_month(year, 1, hijri=True), in_month(year, 12, hijri=True)
    return Stretch(first.start, last.end) if first and last else None


def hijri_year(day: date) -> int:
    """The Hijri year in which the day lies; reckoned where the tables end."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return round((day.year - 622) * 33 / 32)


def hijri_year_in(year: int, month: int) -> int | None:
    """The Hijri year whose month begins in the given year of our calendar: رمضان 2015."""
    first = on_day(year, 1, 1)
    years = [] if first is None else [hijri_year(first), hijri_year(first) + 1]
    days = [(candidate, on_day(candidate, month, 1, hijri=True)) for candidate in years]
    return next((candidate for candidate, day in days if day is not None and day.year == year), None)


def likely_year(published: date, month: int, day: int, *, hijri: bool = False, told: str | None = None) -> int | None:
    """The year that is meant where none is given: of the last such day, or of the next where told or far nearer.

    `told` is "past" or "coming" where the text says so.
    """
    this = hijri_year(published) if hijri else published.year
    days = {year: on_day(year, month, day, hijri=hijri) for year in (this - 1, this, this + 1)}
    past = [year for year, found in days.items() if found and found <= published]
    ahead = [year for year, found in days.items() if found and found > published]
    if told == "coming" or not past:
        return ahead[0] if ahead else None
    if ahead and told != "past":
        before, after = days[past[-1]], days[ahead[0]]
        assert before is not None
        assert after is not None
        if published - before > _BEHIND and after - published <= _AHEAD:
            return ahead[0]
    return past[-1]

"""One day told from the day of publication, and made more exact by what follows: today, last Friday, أمس الأحد."""

from datetime import timedelta

from extractors.rules.calendar import corrected, last_weekday, next_weekday
from extractors.rules.date_absolute import absolute
from extractors.rules.date_page import COMMAS, Found, Page, one_day

_OPENS = "(-/\"'" + COMMAS
_PAIRED = "(\"'"
_CLOSES = ")\"'"


# ---------------------------------------------------------------- today, Friday, and what they are made more exact by


def day(page: Page, at: int) -> Found | None:
    """One day, told by any of its names: فجر اليوم, يوم الجمعة الماضي, مساء الأحد 5 يناير."""
    word = page.words.get(at)
    if word is None:
        return None
    if word.role in ("part", "day"):
        return _led(page, page.skip(word.last, "from"))
    if word.role == "relative":
        found = _relative(page, at)
    elif word.role == "weekday":
        found = _weekday(page, at)
    else:
        return None
    if found is not None:
        found.last = page.after_day(found.last)
    return found


def _led(page: Page, at: int) -> Found | None:
    """What may follow "day" or a part of the day: any day, or a date."""
    return day(page, at) or (None if page.word(at, "month", "unit", "season") else absolute(page, at))


def _relative(page: Page, at: int) -> Found | None:
    word = page.words[at]
    exact = _exact_after(page, word.last)
    if exact is not None:
        return exact
    if page.published is None or page.counted(word.last):
        return None
    told = page.published + timedelta(days=word.value)
    here, closes = _bracket(page, word.last)
    name = page.word(here, "weekday")
    if name is None or name.means & {"conj"}:
        return one_day(word.last, told, "relative")
    last = name.last + (closes and page.sign(name.last, _CLOSES))
    last += last > name.last and page.sign(last, _CLOSES)
    exact = _exact_after(page, last)
    if exact is not None:
        exact.weekday = name.value
        return exact
    return one_day(last, corrected(told, name.value), "relative", name.value)


def _bracket(page: Page, at: int) -> tuple[int, bool]:
    """Step over a comma, bracket or quote before a name that makes the day exact; whether one has to close."""
    here = at
    while page.sign(here, _OPENS) and here - at < 2:
        here += 1
    return here, here > at and page.tokens.forms[here - 1] in _PAIRED


def _exact_after(page: Page, at: int) -> Found | None:
    """A date that repeats the day: الأحد 5 يناير, الأحد (5 يناير), الأحد الموافق 5/1/2013."""
    here, closes = _bracket(page, at)
    equals = page.word(here, "equals")
    if equals is not None:
        here = equals.last
        here += page.sign(here, ":")
    if (
        here >= len(page.tokens)
        or page.word(here, "month", "unit", "season", "years")
        or (equals is None and page.tokens.kinds[here] == "w")
    ):
        return None
    found = absolute(page, here)
    if found is None or found.precision != "day":
        return None
    found.last += closes and page.sign(found.last, ")")
    return found


def _weekday(page: Page, at: int) -> Found | None:
    name = page.words[at]
    exact = _exact_after(page, name.last)
    if exact is not None:
        exact.weekday = name.value
        return exact
    if page.published is None:
        return None
    told = page.word(name.last, "past", "coming", "current")
    last = told.last if told else name.last
    exact = _exact_after(page, last) if told else None
    if exact is not None:
        exact.weekday = name.value
        return exact
    if told is not None and told.role == "coming":
        return one_day(last, next_weekday(page.published, name.value), "weekday", name.value)
    found = last_weekday(page.published, name.value)
    if told is not None and told.role == "past":
        latest = page.published - timedelta(days=1)
        found = last_weekday(latest, name.value) - timedelta(days=7 * (told.value - 1))
    twin = page.word(last, "relative")
    if twin is not None and twin.value <= 0:
        last = twin.last
    return one_day(last, found, "weekday", name.value)

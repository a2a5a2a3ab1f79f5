"""Dates as publishers write them -> moments in UTC; what cannot be read is None, never a guess.

Reads ISO 8601, RFC 822, slashed and dotted dates, Arabic dates with the month names of all Arab calendars, and both
digit sets. A time without zone is the publisher's own; a date without time is the day's first minute there.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.reading.wordlists import wordlist
from extractors.records import Publisher

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news page is older; epochs and zeros are
FUTURE_SLACK = timedelta(hours=12)  # local times labelled as UTC run hours ahead, not days

_NOON, _DAWN, _DAY, _MONTHS = 12, 5, 24, 12
_LONGEST = 120  # characters; a date line is shorter
_DIGITS = {
    ord(char): str(value % 10)
    for start in (0x660, 0x6F0)
    for value, char in enumerate(map(chr, range(start, start + 10)))
}
_LEVELLED = {0x622: 0x627, 0x623: 0x627, 0x625: 0x627, 0x649: 0x64A, 0x640: None} | dict.fromkeys(range(0x64B, 0x653))
_SPACES = {ord(char): " " for char in "\u060c\u061b,;|\u00a0\u2013\u2014"} | dict.fromkeys(
    (0x200E, 0x200F, 0x202A, 0x202B, 0x202C)
)

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:(?:t|\s+)(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*((?:19|20)\d\d)(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?![\d:])\s*([^\W\d_][^\W\d_.]*(?:\.[^\W\d_]\.?)?)?"
)
_OFFSET = re.compile(r"(?:(?<=\s)|(?<=\d)|(?<=gmt)|(?<=utc))([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_YEAR_AT_END = re.compile(r"([a-z]{3} \d{1,2}) (\d{2}:\d{2}(?::\d{2})?(?: \S{1,6})?) (\d{4})$")  # C's and Java's form
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
_WORD = re.compile(r"[^\W\d_][^\W\d_.]*(?:\.[^\W\d_])*")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as written somewhere: aware UTC, whether a time of day and a zone stood there, and its calendar day."""

    at: datetime
    has_time: bool
    has_zone: bool
    day: date  # as written, in the zone it was written in


def publisher_zone(publisher: Publisher) -> tzinfo:
    """The publisher's time zone: its own, its country's, or UTC where neither is known, which keeps the written day."""
    name = publisher.timezone or wordlist("dates")["countries"].get(publisher.country or "")
    return _zone(name) if name else UTC


def parse_published(text: str | None, publisher: Publisher, now: datetime) -> datetime | None:
    """The moment a date line names, in aware UTC; None for what is unreadable, before 1990 or in the future."""
    stamp = parse_stamp(text, publisher, now)
    return stamp.at if stamp else None


def parse_stamp(text: str | None, publisher: Publisher, now: datetime) -> Stamp | None:
    """As parse_published, with what is known of its precision."""
    if not text:
        return None
    line = " ".join(text[: _LONGEST * 2].translate(_DIGITS).translate(_SPACES).lower().split())
    if not line or len(line) > _LONGEST:
        return None
    try:
        stamp = _epoch(line) or _iso(line, publisher) or _written(line.translate(_LEVELLED), publisher)
    except (ValueError, OverflowError):  # the 31st of June, the year 0, an offset of days
        return None
    if stamp is None or not EARLIEST <= stamp.at <= now + FUTURE_SLACK:
        return None
    return stamp


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _stamp(naive: datetime, zone: tzinfo | None, publisher: Publisher, *, has_time: bool) -> Stamp:
    at = naive.replace(tzinfo=zone or publisher_zone(publisher)).astimezone(UTC)
    return Stamp(at, has_time, zone is not None, naive.date())


def _epoch(line: str) -> Stamp | None:
    match = _EPOCH.fullmatch(line)
    if match is None:
        return None
    at = datetime.fromtimestamp(int(match[1]), UTC)
    return Stamp(at, has_time=True, has_zone=True, day=at.date())


def _iso(line: str, publisher: Publisher) -> Stamp | None:
    match = _ISO.fullmatch(line)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    if hour > _DAY:
        return None
    naive = datetime(year, month, day, hour % 24, minute, min(second, 59))  # noqa: DTZ001 - the zone follows
    zone = _numeric_zone(match[7]) if match[7] else None
    return _stamp(naive, zone, publisher, has_time=match[4] is not None)


def _numeric_zone(text: str) -> tzinfo:
    if text in {"z", "utc", "gmt"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _written(line: str, publisher: Publisher) -> Stamp | None:
    """A date in words or with slashes, with a clock time where one stands beside it."""
    found = _day_of(_YEAR_AT_END.sub(r"\1 \3 \2", line))
    if found is None:
        return None
    day, rest = found
    clock = _clock(rest)
    if clock is None:
        return _stamp(datetime(day.year, day.month, day.day), None, publisher, has_time=False)  # noqa: DTZ001
    hour, minute, second, tail = clock
    naive = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001
    known, zone = _named_zone(tail, publisher)
    return _stamp(naive, zone, publisher, has_time=True) if known else None


def _day_of(line: str) -> tuple[date, str] | None:
    """The date in the line and the line without it."""
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_YEAR_LAST, (3, 2, 1))):
        match = pattern.search(line)
        if match:
            year, month, day = (int(match[group]) for group in order)
            if month > _MONTHS >= day:  # 8/24/2026
                month, day = day, month
            return date(year, month, day), _without(line, match)
    for pattern in _month_patterns():
        match = pattern.search(line)
        if match:
            return date(_full_year(match["year"]), _months()[match["month"]], int(match["day"])), _without(line, match)
    return None


def _without(line: str, match: re.Match[str]) -> str:
    """What stands around the date, less the mark of the era behind its year."""
    behind = line[match.end() :].lstrip()
    for mark in _era_marks():
        if re.match(rf"{mark}(?!\w)", behind):
            behind = behind[len(mark) :]
            break
    return f"{line[: match.start()]} {behind}"


def _full_year(text: str) -> int:
    """Two digits are of this century (RFC 2822); no Arabic feed is older."""
    return int(text) + (2000 if len(text) == len("26") else 0)


def _clock(rest: str) -> tuple[int, int, int, str] | None:
    """Hour, minute, second and what stands behind the time (its zone). ValueError for the 25th hour."""
    for mark, phrase in _half_day_phrases():
        rest = rest.replace(phrase, mark)
    match = _CLOCK.search(rest)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > _DAY:
        raise ValueError(f"hour {hour}")
    half = _half_day(match[4] or "")
    if half is None:
        return hour % 24, minute, min(second, 59), rest[: match.start()] + " " + rest[match.end(3 if match[3] else 2) :]
    if 1 <= hour <= _NOON:  # "13:05 م" is written too
        hour = hour % _NOON + (_NOON if half == "pm" or (half == "night" and _DAWN < hour < _NOON) else 0)
    return hour % 24, minute, min(second, 59), rest[match.end() :]


def _half_day(word: str) -> str | None:
    """One of am, pm and night (evening before midnight, morning after it); None for another word."""
    words = wordlist("dates")["half_day"]
    return next((half for half, names in words.items() if word in _level_all(tuple(names))), None)


def _named_zone(tail: str, publisher: Publisher) -> tuple[bool, tzinfo | None]:
    """Whether the zone can be known, and which it is; None for the publisher's own."""
    offset = _OFFSET.search(tail)
    if offset:
        return True, _numeric_zone(f"{offset[1]}{offset[2].zfill(2)}{offset[3] or '00'}")
    words = _WORD.findall(tail)
    for word in words:
        if word in _zone_names():
            return True, _zone_by_name(word, publisher)
    return not any(word.isascii() and len(word) in (3, 4) and word not in _calendar_words() for word in words), None


def _zone_by_name(word: str, publisher: Publisher) -> tzinfo:
    data = wordlist("dates")
    if word in data["arabia"]["names"]:
        at_home = publisher.country is None or publisher.country in data["countries"]
        return timezone(timedelta(minutes=data["arabia"]["minutes" if at_home else "elsewhere_minutes"]))
    value = _zone_names()[word]
    return _zone(value) if isinstance(value, str) else timezone(timedelta(minutes=value))


@lru_cache(maxsize=256)  # an element's line is its parents' line too
def date_line(text: str, publisher: Publisher, now: datetime) -> tuple[Stamp, int, bool] | None:
    """The date of a short line, how many words say something else, and whether it is called the time of a change."""
    stamp = parse_stamp(text, publisher, now)
    if stamp is None:
        return None
    words = re.findall(r"[^\W\d_]+", text.lower().translate(_LEVELLED))
    changed = any(word in _line_words("changed") for word in words)
    return stamp, sum(word not in _date_words() for word in words), changed


# ---------------------------------------------------------------- words, levelled once


@cache
def _level_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower().translate(_LEVELLED) for word in words)


@cache
def _months() -> dict[str, int]:
    table = wordlist("dates")["months"]
    return {name: int(number) for number, names in table.items() for name in _level_all(tuple(names))}


@cache
def _zone_names() -> dict[str, int | str]:
    data = wordlist("dates")
    named = {name.lower().translate(_LEVELLED): value for name, value in data["zones"].items()}
    return named | dict.fromkeys(data["arabia"]["names"], 0)


@cache
def _line_words(kind: str) -> frozenset[str]:
    words = _level_all(tuple(wordlist("dates")["line"][kind]))
    weekdays = wordlist("dates")["weekdays"]
    return words | _level_all((*weekdays["arabic"], *weekdays["latin"])) if kind == "words" else words


@cache
def _date_words() -> frozenset[str]:
    """All words of a line that says when and nothing else."""
    return frozenset({*_line_words("words"), *_line_words("changed"), *_months(), *_zone_names(), *_half_day_words()})


@cache
def _half_day_words() -> frozenset[str]:
    halves = _level_all(tuple(word for names in wordlist("dates")["half_day"].values() for word in names))
    return halves | frozenset(part for name in (*_months(), *_zone_names()) for part in name.split())


@cache
def _half_day_phrases() -> list[tuple[str, str]]:
    table = wordlist("dates")["half_day_phrases"]
    return [(mark, phrase) for mark, phrases in table.items() for phrase in _level_all(tuple(phrases))]


@cache
def _era_marks() -> list[str]:
    return sorted(_level_all(tuple(wordlist("dates")["era"]["marks"])), key=len, reverse=True)


@cache
def _calendar_words() -> frozenset[str]:
    """Words of Latin letters that may stand in a date and are no zone: the weekdays."""
    names = {day.lower() for day in wordlist("dates")["weekdays"]["latin"]}
    return frozenset(names | {name[:3] for name in names})


@cache
def _month_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Day month year, then month day year; a month may bear a second name beside a slash or in brackets."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?:(?:{names})\s*[/(-]\s*)?(?P<month>{names})\)?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"[\s/.-]+(?P<year>(?:19|20)\d\d|\d\d(?![\d:]))(?!\d)"
    return re.compile(rf"(?<!\d){day}[\s/.-]*{month}{year}"), re.compile(rf"(?<!\w){month}\s*{day}{year}")

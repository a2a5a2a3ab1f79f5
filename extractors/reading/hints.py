"""What a feed asks of those who poll it: ttl, sy:updatePeriod, skipHours and skipDays, read from its text."""

import re

_FIRST_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_TTL = re.compile(r"<ttl>\s*(\d{1,6})", re.IGNORECASE)
_PERIOD = re.compile(r"<(?:\w+:)?updatePeriod>\s*(\w+)", re.IGNORECASE)
_FREQUENCY = re.compile(r"<(?:\w+:)?updateFrequency>\s*(\d{1,4})", re.IGNORECASE)
_HOURS = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(r"<skipDays>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(r"<day>\s*(\w+)\s*<", re.IGNORECASE)
_SECONDS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_WEEK = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))


def polling_hints(text: str) -> tuple[int | None, frozenset[int], frozenset[str]]:
    """Seconds between polls (the longer of ttl and sy:update), GMT hours and English weekdays to leave out."""
    first = _FIRST_ITEM.search(text)
    head, tail = (text[: first.start()], text[-5000:]) if first else (text[:50_000], "")
    hours = _HOURS.search(head) or _HOURS.search(tail)
    days = _DAYS.search(head) or _DAYS.search(tail)
    return (
        _interval(head),
        frozenset(hour % 24 for found in _HOUR.findall(hours[1]) if (hour := int(found)) <= 24)
        if hours
        else frozenset(),
        frozenset(day for found in _DAY.findall(days[1]) if (day := found.capitalize()) in _WEEK)
        if days
        else frozenset(),
    )


def _interval(head: str) -> int | None:
    ttl = _TTL.search(head)
    period = _PERIOD.search(head)
    asked = [int(ttl[1]) * 60] if ttl else []
    if period and period[1].lower() in _SECONDS:
        frequency = _FREQUENCY.search(head)
        asked.append(_SECONDS[period[1].lower()] // max(int(frequency[1]) if frequency else 1, 1))
    longest = max(asked, default=0)
    return longest or None

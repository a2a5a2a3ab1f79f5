"""The moments that page, feed, address and visible text claim -> the one to trust."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from extractors.reading.published import EARLIEST, Stamp, parse_stamp, publisher_zone
from extractors.records import Entry, Publisher

PublishedFrom = Literal["page", "feed", "url", "text"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What is said of the time of publication: by the page's marks, the feed, a visible date line and the address.

    In this order they are trusted, unless a claim is contradicted by a better one.
    """

    page: Stamp | None = None
    feed: Stamp | None = None
    text: Stamp | None = None
    url_day: date | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The moments chosen, aware UTC, and where that of publication was found."""

    published_at: datetime | None
    published_from: PublishedFrom | None
    modified_at: datetime | None


_IN_PATH = (
    re.compile(r"/((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)"),
    re.compile(r"[/_-]((?:19|20)\d\d)-(\d{2})-(\d{2})(?!\d)"),
    re.compile(r"[/_-](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"),
    re.compile(r"/((?:19|20)\d\d)/[a-z_-]+/(\d{1,2})/(\d{1,2})/"),
)
_SAME_DAY = timedelta(hours=36)  # within it two claims differ by zones and hours, not by days
_ZONES_APART = timedelta(hours=14)
_SAME_MINUTE = timedelta(minutes=2)


def day_in_url(url: str, now: datetime) -> date | None:
    """The day that an address names (2026/9/24, 2026-09-24, 20260924, 2026/section/9/24), if it can be one of news."""
    for pattern in _IN_PATH:
        match = pattern.search(url)
        if match:
            try:
                day = date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
            if EARLIEST.date() <= day <= (now + timedelta(days=1)).date():
                return day
    return None


def feed_stamp(entry: Entry | None, publisher: Publisher, now: datetime) -> Stamp | None:
    """The feed's moment, with its precision read again from what the feed wrote."""
    if entry is None or entry.published_at is None:
        return None
    written = parse_stamp(entry.published_text, publisher, now)
    if written and written.at == entry.published_at:
        return written
    at = entry.published_at.astimezone(UTC)
    return Stamp(at, has_time=True, has_zone=True, day=at.astimezone(publisher_zone(publisher)).date())


def choose_times(claims: Claims, modified: Stamp | None, modified_text: Stamp | None, publisher: Publisher) -> Times:
    """The moments to keep. `modified` is the page's mark of a change, `modified_text` a visible line's."""
    chosen, source = _choose(claims, publisher)
    if claims.page and source != "page":
        modified = None  # made by the same hand as the mark that was not trusted
    change = modified or modified_text
    is_later = change is not None and chosen is not None and change.at >= chosen
    return Times(chosen, source, change.at if change and is_later else None)


def _choose(claims: Claims, publisher: Publisher) -> tuple[datetime, PublishedFrom] | tuple[None, None]:
    page, feed, text, url_day = claims.page, claims.feed, claims.text, claims.url_day
    if page and _is_template_date(page, feed, url_day):
        page = None
    if page and feed:
        return (feed.at, "feed") if _feed_beats_page(page, feed, url_day, publisher) else (page.at, "page")
    if page:
        return (text.at, "text") if text and _mislabelled(page, text, publisher) else (page.at, "page")
    if feed and not (text and text.has_time and not feed.has_time and text.day == feed.day):
        return feed.at, "feed"
    if text and not (url_day and abs(text.day - url_day) > timedelta(days=1)):
        return text.at, "text"
    if url_day:
        midnight = datetime(url_day.year, url_day.month, url_day.day, tzinfo=publisher_zone(publisher))
        return midnight.astimezone(UTC), "url"
    return None, None


def _is_template_date(page: Stamp, feed: Stamp | None, url_day: date | None) -> bool:
    """A first of January that feed or address contradict: what sites print that know only the year."""
    others = [day for day in (feed.day if feed else None, url_day) if day]
    return (
        (page.day.month, page.day.day) == (1, 1)
        and bool(others)
        and all(abs(page.day - day) > timedelta(days=1) for day in others)
    )


def _feed_beats_page(page: Stamp, feed: Stamp, url_day: date | None, publisher: Publisher) -> bool:
    apart = abs(page.at - feed.at)
    if apart > _SAME_DAY:
        if url_day:
            return abs(feed.day - url_day) < abs(page.day - url_day)
        return feed.has_time and not page.has_time
    if feed.has_time != page.has_time:
        return feed.has_time
    if feed.has_zone and not page.has_zone:
        return apart <= _ZONES_APART
    return _mislabelled(page, feed, publisher)


def _mislabelled(page: Stamp, other: Stamp, publisher: Publisher) -> bool:
    """Whether the page labels the publisher's wall clock as UTC: the other claim's local time, digit for digit."""
    offset = other.at.astimezone(publisher_zone(publisher)).utcoffset() or timedelta()
    return bool(offset) and other.has_time and abs(page.at - other.at - offset) < _SAME_MINUTE

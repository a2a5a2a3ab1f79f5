"""What a feed lists, in whatever format -> Entries and Skipped: each item ends as one or the other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from extractors.reading.boilerplate import without_feed_tail
from extractors.reading.published import parse_stamp
from extractors.reading.text import one_line, plain
from extractors.reading.urls import canonical_url
from extractors.records import Entry, Publisher, Skipped

MAX_ENTRIES = 50_000  # a sitemap's own limit; feeds stay far below
MAX_TITLE, MAX_SUMMARY, MAX_GUID, MAX_NAME, MAX_TAG, MAX_TAGS = 1_000, 4_000, 2_000, 300, 200, 50

_ALIKE = 5  # entries of one and the same second, from which that second is the feed's and not theirs


class SkipReason(StrEnum):
    """Why a listed entry is not used."""

    NO_LINK = "no link"
    BAD_LINK = "bad link"  # no http(s) address of a sound host
    DUPLICATE = "duplicate"  # its address stands earlier in the same list
    OVERFLOW = "overflow"  # behind the MAX_ENTRIES-th
    MALFORMED = "malformed"  # not an object (JSON feeds)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as its format gave it, nothing cleaned yet. `links` in the order of preference."""

    links: tuple[str, ...]
    guid: str | None = None
    title: str | None = None
    summary: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    published: str | None = None


def settle(
    items: Sequence[Listed | None], *, base: str, publisher: Publisher, now: datetime
) -> tuple[tuple[Entry, ...], tuple[Skipped, ...]]:
    """Entries and Skipped, together as many as items. `base` is what relative links are resolved against."""
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for position, item in enumerate(items):
        url = _address(item, base) if item else None
        reason = _objection(item, url, seen, len(entries))
        if reason or item is None or url is None:
            skipped.append(
                Skipped(
                    position,
                    reason or SkipReason.MALFORMED,
                    one_line(item.links[0], MAX_TAG) if item and item.links else None,
                )
            )
            continue
        seen.add(url)
        entries.append(_entry(item, url, publisher, now))
    return tuple(_without_false_dates(_without_reused_guids(entries))), tuple(skipped)


def _address(item: Listed, base: str) -> str | None:
    return next((url for link in item.links if (url := canonical_url(link, base))), None)


def _objection(item: Listed | None, url: str | None, seen: set[str], taken: int) -> SkipReason | None:
    if item is None:
        return SkipReason.MALFORMED
    if url is None:
        return SkipReason.BAD_LINK if any(link.strip() for link in item.links) else SkipReason.NO_LINK
    if url in seen:
        return SkipReason.DUPLICATE
    return SkipReason.OVERFLOW if taken >= MAX_ENTRIES else None


def _entry(item: Listed, url: str, publisher: Publisher, now: datetime) -> Entry:
    stamp = parse_stamp(item.published, publisher, now)
    return Entry(
        guid=one_line(item.guid, MAX_GUID),
        url=url,
        title=plain(item.title, MAX_TITLE),
        summary=without_feed_tail(plain(item.summary, MAX_SUMMARY)),
        author=plain(item.author, MAX_NAME),
        tags=clean_tags(item.tags),
        published_at=stamp.at if stamp else None,
        published_text=one_line(item.published, MAX_NAME),
    )


def clean_tags(tags: Iterable[str | None]) -> tuple[str, ...]:
    """Tags as plain text, each once, in their order."""
    cleaned = dict.fromkeys(tag for raw in tags if (tag := plain(raw, MAX_TAG)))
    return tuple(cleaned)[:MAX_TAGS]


def _without_reused_guids(entries: list[Entry]) -> list[Entry]:
    """A guid that several addresses bear identifies none of them."""
    uses = Counter(entry.guid for entry in entries if entry.guid)
    return [replace(entry, guid=None) if entry.guid and uses[entry.guid] > 1 else entry for entry in entries]


def _without_false_dates(entries: list[Entry]) -> list[Entry]:
    """Entries that all bear the same second bear the time of the feed's making, not their own."""
    moments = {entry.published_at for entry in entries}
    moment = next(iter(moments)) if len(moments) == 1 else None
    if moment is None or len(entries) < _ALIKE or (moment.minute == 0 and moment.second == 0):
        return entries
    return [replace(entry, published_at=None) for entry in entries]

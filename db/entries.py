"""A feed's listing -> entries and pages to fetch, every listed entry accounted for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from db.bulk import copy_rows
from db.identity import Identity, KnownEntries, KnownEntry, stored_guid
from db.schema import MAX_URL_BYTES
from db.tables import EntryRow
from db.text import storable
from extractors.reading.urls import host_of
from extractors.records import Entry, Skipped

URL_TOO_LONG = "url too long"
LISTED_TWICE = "duplicate"


@dataclass(frozen=True, slots=True)
class PollCounts:
    """How every listed entry is accounted for: listed = new + known + skipped."""

    listed: int = 0
    new: int = 0
    known: int = 0
    skipped: int = 0
    pages_new: int = 0
    guids_changed: int = 0
    guids_reused: int = 0
    window_missed: bool = False  # it lists nothing that earlier polls saw


@dataclass(slots=True)
class Tally:
    """The counts while they are taken; `skipped` by reason."""

    listed: int
    skipped: Counter[str] = field(default_factory=Counter)
    seen: Counter[Identity] = field(default_factory=Counter)
    pages_new: int = 0

    @classmethod
    def of(cls, entries: Sequence[Entry], skipped: Sequence[Skipped]) -> "Tally":
        """What a listing holds before its entries are looked at."""
        reasons = Counter(storable(one.reason) for one in skipped)
        return cls(listed=len(entries) + len(skipped), skipped=reasons)

    def counts(self, *, had_entries: bool) -> PollCounts:
        """The counts as they stand; `had_entries` where earlier polls of the feed listed any."""
        new = self.seen[Identity.NEW] + self.seen[Identity.REUSED_GUID]
        known = self.seen.total() - new
        skipped = self.skipped.total()
        return PollCounts(
            listed=self.listed,
            new=new,
            known=known,
            skipped=skipped,
            pages_new=self.pages_new,
            guids_changed=self.seen[Identity.CHANGED_GUID],
            guids_reused=self.seen[Identity.REUSED_GUID],
            window_missed=had_entries and new > 0 and known == 0,
        )


def _usable(entries: Sequence[Entry], tally: Tally) -> list[Entry]:
    usable: dict[str, Entry] = {}
    for entry in entries:
        if len(entry.url.encode(errors="replace")) > MAX_URL_BYTES:
            tally.skipped[URL_TOO_LONG] += 1
        elif entry.url in usable:
            tally.skipped[LISTED_TWICE] += 1
        else:
            usable[entry.url] = entry
    return list(usable.values())


def store_entries(connection: Connection, feed_id: int, entries: Sequence[Entry], tally: Tally, now: datetime) -> None:
    """Store what is new, touch what is known, and take the counts."""
    usable = _usable(entries, tally)
    known = KnownEntries(_known_entries(connection, feed_id, usable))
    new: list[Entry] = []
    seen_again: list[tuple[int, Entry]] = []
    for entry in usable:
        identity, stored = known.identify(entry)
        tally.seen[identity] += 1
        if stored is None:
            new.append(entry)
        else:
            seen_again.append((stored.id, entry))
    if seen_again:
        _touch(connection, seen_again, now)
    if new:
        pages, tally.pages_new = _store_pages(connection, feed_id, new, now)
        rows = [_entry_row(feed_id, pages[storable(entry.url)], entry, now) for entry in new]
        copy_rows(connection, EntryRow, rows)


_KNOWN = text("""
SELECT entries.id, pages.url AS page_url, entries.guid, entries.title, entries.published_at,
    pages.fetch_id IS NOT NULL AS fetched
FROM entries JOIN pages ON pages.id = entries.page_id
WHERE entries.feed_id = :feed AND entries.id IN (
    SELECT e.id FROM pages AS p JOIN entries AS e ON e.page_id = p.id AND e.feed_id = :feed WHERE p.url = ANY(:urls)
    UNION
    SELECT id FROM entries WHERE feed_id = :feed AND guid = ANY(:guids)
)
""")


def _known_entries(connection: Connection, feed_id: int, entries: Sequence[Entry]) -> list[KnownEntry]:
    urls = [storable(entry.url) for entry in entries]
    guids = list({guid for entry in entries if (guid := stored_guid(entry.guid))})
    rows = connection.execute(_KNOWN, {"feed": feed_id, "urls": urls, "guids": guids})
    return [KnownEntry(*row) for row in rows]


_TOUCH = text("""
UPDATE entries SET last_seen_at = :now, url = seen.url,
    guid = coalesce(seen.guid, entries.guid), title = coalesce(seen.title, entries.title)
FROM unnest(CAST(:ids AS bigint[]), CAST(:urls AS text[]), CAST(:guids AS text[]), CAST(:titles AS text[]))
    AS seen (id, url, guid, title)
WHERE entries.id = seen.id
""")


def _touch(connection: Connection, seen: Sequence[tuple[int, Entry]], now: datetime) -> None:
    values = {
        "ids": [stored for stored, _ in seen],
        "urls": [storable(entry.url) for _, entry in seen],
        "guids": [stored_guid(entry.guid) for _, entry in seen],
        "titles": [storable(entry.title) if entry.title else None for _, entry in seen],
    }
    connection.execute(_TOUCH, values | {"now": now})


_NEW_PAGES = text("""
INSERT INTO pages (url, host, feed_id, first_seen_at, due_at)
SELECT url, host, :feed, :now, :now FROM unnest(CAST(:urls AS text[]), CAST(:hosts AS text[])) AS listed (url, host)
ON CONFLICT (url) DO NOTHING
RETURNING url, id
""")
_PAGES = text("SELECT url, id FROM pages WHERE url = ANY(:urls)")


def _store_pages(
    connection: Connection, feed_id: int, entries: Sequence[Entry], now: datetime
) -> tuple[dict[str, int], int]:
    """The ids of the entries' pages by address, and how many of them are new."""
    urls = sorted(storable(entry.url) for entry in entries)  # in one order, so that workers never wait in a circle
    values = {"feed": feed_id, "now": now, "urls": urls, "hosts": [host_of(url) for url in urls]}
    pages = {row.url: row.id for row in connection.execute(_NEW_PAGES, values)}
    created = len(pages)
    others = [url for url in urls if url not in pages]
    if others:
        pages |= {row.url: row.id for row in connection.execute(_PAGES, {"urls": others})}
    return pages, created


def _entry_row(feed_id: int, page_id: int, entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "feed_id": feed_id,
        "page_id": page_id,
        "guid": stored_guid(entry.guid),
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "author": entry.author,
        "tags": entry.tags,
        "published_at": entry.published_at,
        "published_text": entry.published_text,
        "first_seen_at": now,
        "last_seen_at": now,
    }

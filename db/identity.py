"""Is a listed entry one that the feed has listed before? Decided from what is stored; nothing is read or written here.

The canonical address decides. A guid alone never makes two articles one: feeds reuse guids, and change them. Only a
guid that comes again with the same title and the same time tells of an article that moved to another address.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from db.text import storable
from extractors.records import Entry

MAX_GUID_BYTES = 1000


class Identity(Enum):
    """What a listed entry is to the feed's earlier entries."""

    NEW = "new"
    REUSED_GUID = "new, under the guid of another article"
    KNOWN = "known"
    CHANGED_GUID = "known, under another guid"
    MOVED = "known, at another address"


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A stored entry of the same feed, as far as identity needs it."""

    id: int
    page_url: str
    guid: str | None
    title: str | None
    published_at: datetime | None
    fetched: bool  # has a body of its page been stored?


class KnownEntries:
    """The stored entries of one feed that a new listing may mean."""

    def __init__(self, entries: Iterable[KnownEntry]) -> None:
        """Index them by address and by guid."""
        self._by_url: Mapping[str, KnownEntry]
        by_guid = defaultdict(list)
        by_url = {}
        for entry in entries:
            by_url[entry.page_url] = entry
            if entry.guid:
                by_guid[entry.guid].append(entry)
        self._by_url, self._by_guid = by_url, by_guid

    def identify(self, entry: Entry) -> tuple[Identity, KnownEntry | None]:
        """What the entry is, and which stored one it is if it is known."""
        guid = stored_guid(entry.guid)
        known = self._by_url.get(entry.url)
        if known:
            return (Identity.CHANGED_GUID if guid and known.guid and guid != known.guid else Identity.KNOWN), known
        namesakes = self._by_guid.get(guid, []) if guid else []
        moved = next((other for other in namesakes if _same_article(other, entry)), None)
        if moved:
            return Identity.MOVED, moved
        return (Identity.REUSED_GUID if namesakes else Identity.NEW), None


def _same_article(known: KnownEntry, entry: Entry) -> bool:
    """Title and time agree, both are there, and its page has been fetched: else its new address is worth a fetch."""
    if entry.title is None or entry.published_at is None or not known.fetched:
        return False
    return known.title == storable(entry.title) and known.published_at == entry.published_at


def stored_guid(guid: str | None) -> str | None:
    """The guid as it is stored: a digest in place of one that no index entry could hold."""
    if not guid:
        return None
    cleaned = storable(guid)
    raw = cleaned.encode()
    return cleaned if len(raw) <= MAX_GUID_BYTES else f"sha256:{sha256(raw).hexdigest()}"

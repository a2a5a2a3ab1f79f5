"""Older articles into the database: pages out of archives, and the pages that sitemaps and lists of feeds lead to.

archive -> pages, in batches by source -> rows that are owed reading, which any cycle then reads
sitemaps, lists of feeds -> rows -> feeds for a cycle to poll
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, Engine

from db.archive import ArchivedPage, home_feed, take_in
from db.feeds import FeedSpec, add_feeds, feed_ids, set_state
from db.leases import release_leases
from extractors.records import Publisher

BATCH = 64  # pages in one transaction
DONE_WITH = "its pages were taken in once: resume it to have it polled"


@dataclass(slots=True)
class Intake:
    """What came of an archive, in numbers of its records."""

    stored: int = 0
    known: int = 0  # fetched before, or twice in the archive
    unusable: int = 0


def take_archive(
    engine: Engine, pages: Iterable[ArchivedPage | None], *, owner: str, clock: Callable[[], datetime]
) -> Intake:
    """Store an archive's pages. It may be interrupted and run again: what is stored is known then."""
    intake = Intake()
    try:
        for batch in _batches(pages):
            usable = [page for page in batch if page is not None]
            intake.unusable += len(batch) - len(usable)
            with engine.begin() as connection:
                stored = _take_batch(connection, usable, owner, clock())
            intake.stored += stored
            intake.known += len(usable) - stored
    finally:
        with engine.begin() as connection:
            release_leases(connection, owner=owner)
    return intake


def list_feeds(engine: Engine, specs: Sequence[FeedSpec], *, now: datetime) -> tuple[list[int], set[str]]:
    """List the feeds that are not listed yet -> the ids of all, and the addresses of those that are new."""
    with engine.begin() as connection:
        added = add_feeds(connection, specs, now=now)
        return list(feed_ids(connection, [spec.url for spec in specs]).values()), set(added)


def set_aside(engine: Engine, urls: Iterable[str], *, now: datetime) -> None:
    """Leave sources that were polled once for what they are: no feeds to be polled on."""
    with engine.begin() as connection:
        for url in urls:
            set_state(connection, url, "paused", now=now, reason=DONE_WITH)


def _take_batch(connection: Connection, pages: Sequence[ArchivedPage], owner: str, now: datetime) -> int:
    sources: dict[tuple[str, Publisher], list[ArchivedPage]] = defaultdict(list)
    for page in pages:
        sources[page.host, page.publisher].append(page)
    homes = {source: home_feed(connection, *source, now=now) for source in sources}
    return sum(take_in(connection, homes[source], theirs, owner=owner, now=now) for source, theirs in sources.items())


def _batches(pages: Iterable[ArchivedPage | None]) -> Iterator[list[ArchivedPage | None]]:
    waiting = iter(pages)
    while batch := list(islice(waiting, BATCH)):
        yield batch

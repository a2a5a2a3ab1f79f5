"""What a cycle did, counted while it runs and told when it ends."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.codings import CodingCounts
from db.entries import PollCounts
from db.fetches import FetchResult
from db.polling import ClaimedFeed, PollResult
from db.progress import Failure
from db.readings import ReadingCounts
from extractors.records import Unreadable
from flows.steps.derive import Derived

Ending = Literal["done", "out of time", "database lost"]


@dataclass(frozen=True, slots=True)
class FailedFeed:
    """A feed whose poll failed: which, why, and how often in a row by now."""

    feed_id: int
    url: str
    publisher: str | None
    reason: str
    detail: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class CycleReport:
    """A cycle in numbers, each mapping from outcome (or reason) to how many.

    feeds: read unchanged failed, put off · entries: listed new known skipped ·
    pages: stored unchanged failed, put off ·
    articles: new revised same unreadable failed · codings: new changed same failed reports

    What is put off was not asked for, since its host wants a pause. Among `failed_feeds` it is told where a person
    named the feed.
    """

    started_at: datetime
    finished_at: datetime | None  # None while it runs
    ended: Ending | None
    feeds_claimed: int
    feeds: Mapping[str, int]
    failed_feeds: tuple[FailedFeed, ...]
    missed_windows: tuple[str, ...]  # addresses of feeds that listed nothing known: some articles may have been missed
    entries: Mapping[str, int]
    pages_claimed: int
    pages: Mapping[str, int]
    page_failures: Mapping[str, int]
    articles: Mapping[str, int]
    unreadable: Mapping[str, int]
    codings: Mapping[str, int]
    lost_leases: int  # results that were dropped because another worker had taken over
    note: str | None = None  # of the ending, where it was no good one

    @property
    def feeds_polled(self) -> int:
        """Polls that ended, whatever came of them."""
        return sum(count for outcome, count in self.feeds.items() if outcome != "put off")

    @property
    def worked(self) -> bool:
        """False where there were feeds to poll and not one could be."""
        if self.ended == "database lost":
            return False
        return self.feeds["failed"] < self.feeds_polled if self.feeds_polled else not self.failed_feeds


Progress = Callable[[CycleReport], None]


def no_progress(report: CycleReport) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Tally:
    """The counts of a running cycle; one thread writes."""

    started_at: datetime
    feeds_claimed: int = 0
    pages_claimed: int = 0
    pages_left_over: int = 0
    lost_leases: int = 0
    feeds: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    page_failures: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    codings: Counter[str] = field(default_factory=Counter)
    failed_feeds: list[FailedFeed] = field(default_factory=list)
    missed_windows: list[str] = field(default_factory=list)

    def polled(self, feed: ClaimedFeed, result: PollResult, counts: PollCounts, *, by_name: bool) -> None:
        """Count a poll; `by_name` where a person named the feed."""
        self.feeds[result.outcome] += 1
        for name in ("listed", "new", "known", "skipped"):
            self.entries[name] += getattr(counts, name)
        if counts.window_missed:
            self.missed_windows.append(feed.url)
        if result.outcome == "failed" or (by_name and result.outcome == "put off"):
            reason, failures = result.reason or "failed", feed.consecutive_failures + (result.outcome == "failed")
            self.failed_feeds.append(FailedFeed(feed.id, feed.url, feed.publisher.name, reason, result.error, failures))

    def fetched(self, results: Iterable[FetchResult], stored: Mapping[int, int]) -> None:
        """Count fetches; `stored` are the pages of which a new body was kept."""
        for result in results:
            outcome = result.outcome
            if outcome == "stored" and result.page_id not in stored:
                outcome = "unchanged"
            self.pages[outcome] += 1
            if outcome == "failed":
                self.page_failures[result.reason or "failed"] += 1

    def derived(self, readings: ReadingCounts, codings: CodingCounts) -> None:
        """Count readings and the codings of their articles."""
        for name in ("new", "revised", "same", "unreadable", "failed"):
            self.articles[name] += getattr(readings, name)
        self.coded(codings)

    def not_read(self, batch: Iterable[Derived]) -> None:
        """Count why pages gave no article."""
        self.unreadable.update(one.reading.reason for one in batch if isinstance(one.reading, Unreadable | Failure))

    @property
    def pages_in_hand(self) -> int:
        """Pages that were claimed and have not come to their end yet."""
        ended = self.pages["unchanged"] + self.pages["failed"] + self.pages["put off"] + self.articles.total()
        return self.pages_claimed + self.pages_left_over - ended

    def coded(self, counts: CodingCounts) -> None:
        """Count codings."""
        for name in ("new", "changed", "same", "failed", "reports"):
            self.codings[name] += getattr(counts, name)

    def report(self, finished_at: datetime | None, ended: Ending | None, note: str | None = None) -> CycleReport:
        """The counts as they stand."""
        return CycleReport(
            started_at=self.started_at,
            finished_at=finished_at,
            ended=ended,
            feeds_claimed=self.feeds_claimed,
            feeds=Counter(self.feeds),
            failed_feeds=tuple(self.failed_feeds),
            missed_windows=tuple(self.missed_windows),
            entries=Counter(self.entries),
            pages_claimed=self.pages_claimed,
            pages=Counter(self.pages),
            page_failures=Counter(self.page_failures),
            articles=Counter(self.articles),
            unreadable=Counter(self.unreadable),
            codings=Counter(self.codings),
            lost_leases=self.lost_leases,
            note=note,
        )


def merged(reports: Iterable[CycleReport]) -> CycleReport:
    """The report of several parts of one cycle as one; the worst ending is its ending. At least one is needed."""
    parts = list(reports)
    worst = max(parts, key=lambda part: ("done", "out of time", "database lost").index(part.ended or "done"))
    ends = [part.finished_at for part in parts if part.finished_at]
    return CycleReport(
        started_at=min(part.started_at for part in parts),
        finished_at=max(ends) if ends else None,
        ended=worst.ended,
        feeds_claimed=sum(part.feeds_claimed for part in parts),
        feeds=_sum(part.feeds for part in parts),
        failed_feeds=tuple(failed for part in parts for failed in part.failed_feeds),
        missed_windows=tuple(url for part in parts for url in part.missed_windows),
        entries=_sum(part.entries for part in parts),
        pages_claimed=sum(part.pages_claimed for part in parts),
        pages=_sum(part.pages for part in parts),
        page_failures=_sum(part.page_failures for part in parts),
        articles=_sum(part.articles for part in parts),
        unreadable=_sum(part.unreadable for part in parts),
        codings=_sum(part.codings for part in parts),
        lost_leases=sum(part.lost_leases for part in parts),
        note=worst.note,
    )


def _sum(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total

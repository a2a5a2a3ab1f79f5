"""A cycle's report in words: the rows that the command line prints and that a run leaves in the Prefect UI."""

from collections import Counter
from collections.abc import Iterator, Mapping

from flows.steps.report import CycleReport

Row = tuple[str, int]
ENOUGH_PAGES = 5  # with fewer, it may be the pages


def summary(report: CycleReport) -> list[Row]:
    """What the cycle did, thing by thing, with failures by reason; what did not occur is left out."""
    return [row for row in _rows(report) if row[1]] or [("feeds polled", 0)]


def headline(report: CycleReport) -> str:
    """The cycle in one line."""
    if not report.feeds_claimed and not report.pages_claimed:
        return "nothing was due" if report.ended == "done" else f"ended early: {report.ended}"
    articles = report.articles.get("new", 0) + report.articles.get("revised", 0)
    said = (
        f"{report.feeds_polled} feeds polled, {report.feeds.get('failed', 0)} of them failed; "
        f"{articles} articles, {report.codings.get('reports', 0)} incidents new"
    )
    return said if report.ended == "done" else f"{said}; ended early: {report.ended}"


def alarm(report: CycleReport) -> str | None:
    """Why a run that polled well is none: the sources published, and not one article came of it. None where it is."""
    tried = report.pages.get("stored", 0) + report.pages.get("failed", 0)
    read = sum(report.articles.get(outcome, 0) for outcome in ("new", "revised", "same"))
    if tried < ENOUGH_PAGES or read:
        return None
    reasons = Counter(report.page_failures) + Counter(report.unreadable)
    most = ", ".join(f"{reason} ({count})" for reason, count in reasons.most_common(3))
    return f"{tried} pages were fetched and not one gave an article: {most or 'none could be read'}"


def _rows(report: CycleReport) -> Iterator[Row]:
    yield "feeds polled", report.feeds_polled
    yield "feeds unchanged", report.feeds.get("unchanged", 0)
    yield "feeds failed", report.feeds.get("failed", 0)
    yield from _by_reason("feeds failed", _feed_failures(report))
    yield "feeds put off: their host wants a pause", report.feeds.get("put off", 0)
    yield "feeds that listed nothing known: some articles may have been missed", len(report.missed_windows)
    yield "entries listed", report.entries.get("listed", 0)
    yield "entries new", report.entries.get("new", 0)
    yield "entries skipped", report.entries.get("skipped", 0)
    yield "pages fetched", report.pages.get("stored", 0)
    yield "pages unchanged", report.pages.get("unchanged", 0)
    yield "pages failed", report.pages.get("failed", 0)
    yield from _by_reason("pages failed", report.page_failures)
    yield "pages put off: their host wants a pause", report.pages.get("put off", 0)
    yield "articles new", report.articles.get("new", 0)
    yield "articles revised", report.articles.get("revised", 0)
    yield "pages without an article", report.articles.get("unreadable", 0)
    yield from _by_reason("pages without an article", report.unreadable)
    yield "articles that could not be read", report.articles.get("failed", 0)
    yield "articles that could not be coded", report.codings.get("failed", 0)
    yield "incidents new", report.codings.get("reports", 0)
    yield "results dropped, as another worker had taken over", report.lost_leases


def _by_reason(what: str, reasons: Mapping[str, int]) -> Iterator[Row]:
    for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        yield f"{what}: {reason}", count


def _feed_failures(report: CycleReport) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for failed in report.failed_feeds:
        counts[failed.reason] = counts.get(failed.reason, 0) + 1
    return counts

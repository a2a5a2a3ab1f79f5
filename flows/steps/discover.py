"""An address that a person typed -> the sources behind it: itself, the feeds that its page links to, or sitemaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from protego import Protego

from extractors.reading.discover import discover_feeds
from extractors.reading.feed import read_feed
from extractors.reading.urls import canonical_url
from extractors.records import FeedDocument, Publisher, Unreadable
from flows.steps.sitemaps import newest_parts
from flows.web import Web, WebFailure, WebRequest, WebResponse

NOBODY = Publisher()
PROBED = 10  # feeds that a page links to; sites with more have one for each section
SITEMAPS_PROBED = 4
NEWS_SITEMAP = 1000  # entries, by the format's own rule; longer ones are archives
FRESH = timedelta(days=7)
USUAL = ("/feed/", "/rss.xml", "/rss")  # where feeds lie that no page links to


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that proved to be a source: what it is, how much it lists, and how new the newest is."""

    url: str
    kind: str
    title: str | None
    entries: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies behind an address: sources, the best first; and addresses that were tried in vain, with why."""

    sources: tuple[Candidate, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    failure: WebFailure | None = None  # the address itself did not answer


async def find_sources(web: Web, url: str, *, now: datetime) -> Discovery:
    """Ask an address, and where it is a page, what it leads to. Nothing is raised: failures are told."""
    answer = await web.get(WebRequest(url, unconditional=True))
    if isinstance(answer, WebFailure):
        return Discovery(failure=answer)
    itself = _read(answer, now)
    if isinstance(itself, FeedDocument):
        return Discovery((_candidate(url, itself),))
    refused = [(url, itself.reason)]
    links = discover_feeds(answer.body, url=answer.final_url, content_type=answer.headers.get("content-type"))
    for addresses, limit in (
        ([link.url for link in links[:PROBED]], None),
        (await _sitemaps(web, answer.final_url), NEWS_SITEMAP),
        ([urljoin(answer.final_url, path) for path in USUAL], None),
    ):
        found, vain = await _probe(web, addresses, now, limit)
        refused += vain
        if found:
            return Discovery(tuple(_best_first(found, now)), tuple(refused))
    return Discovery((), tuple(refused))


def _read(answer: WebResponse, now: datetime) -> FeedDocument | Unreadable:
    kind = answer.headers.get("content-type")
    return read_feed(answer.body, url=answer.final_url, content_type=kind, publisher=NOBODY, now=now)


def _candidate(url: str, document: FeedDocument) -> Candidate:
    newest = max((entry.published_at for entry in document.entries if entry.published_at), default=None)
    return Candidate(url, document.kind, document.title, len(document.entries), newest)


async def _sitemaps(web: Web, home: str) -> list[str]:
    """The sitemaps that the site's robots.txt names, those for news first."""
    answer = await web.get(WebRequest(urljoin(home, "/robots.txt"), accept="page", unconditional=True))
    if isinstance(answer, WebFailure):
        return []
    named = Protego.parse(answer.body.decode("utf-8", "replace")).sitemaps
    found = dict.fromkeys(url for name in named if (url := canonical_url(name, home)))
    return newest_parts(found, SITEMAPS_PROBED)


async def _probe(
    web: Web, addresses: Iterable[str], now: datetime, limit: int | None
) -> tuple[list[Candidate], list[tuple[str, str]]]:
    """Those of the addresses that are sources of at most `limit` entries, in their order; and the others, with why."""
    found: list[Candidate] = []
    refused: list[tuple[str, str]] = []
    for url in addresses:
        candidate = await _tried(web, url, now)
        if isinstance(candidate, str):
            refused.append((url, candidate))
        elif not candidate.entries or (limit is not None and candidate.entries > limit):
            refused.append((url, f"{candidate.kind} of {candidate.entries} entries"))
        else:
            found.append(candidate)
    return found, refused


async def _tried(web: Web, url: str, now: datetime) -> Candidate | str:
    answer = await web.get(WebRequest(url, unconditional=True))
    if isinstance(answer, WebFailure):
        return answer.reason
    document = _read(answer, now)
    if isinstance(document, Unreadable):
        return document.reason
    own = _candidate(url, document)
    if not document.sitemaps:
        return own
    parts = [await _part(web, part, now) for part in newest_parts(document.sitemaps, 1)]
    known = [part for part in parts if isinstance(part, Candidate)]
    newest = max((part.newest for part in known if part.newest), default=None)
    return Candidate(url, own.kind, own.title, sum(part.entries for part in known), newest)


async def _part(web: Web, url: str, now: datetime) -> Candidate | None:
    answer = await web.get(WebRequest(url, unconditional=True))
    document = _read(answer, now) if isinstance(answer, WebResponse) else None
    return _candidate(url, document) if isinstance(document, FeedDocument) else None


def _best_first(found: Sequence[Candidate], now: datetime) -> list[Candidate]:
    """Living ones before silent ones; else as the page orders them, which names its main feed first."""
    return sorted(found, key=lambda one: one.newest is None or now - one.newest > FRESH)

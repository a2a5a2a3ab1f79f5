"""The records that pass from step to step, in the order of their flow: the map of the system.

feed bytes -> FeedDocument with its Entries -> page bytes -> Article -> NewsText -> Coding with its Reports
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# ---------------------------------------------------------------- reading: bytes to text


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a feed: the context in which its dates and places are read."""

    name: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    timezone: str | None = None  # IANA name


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes became text: what they were labelled as, what they were read as, and whether bad bytes were mended."""

    declared: str | None
    used: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed announces it. `published_at` is aware UTC, or None where it could not be read."""

    guid: str | None
    url: str
    title: str | None = None
    summary: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_text: str | None = None  # as the feed wrote it


@dataclass(frozen=True, slots=True)
class Skipped:
    """A listed entry that cannot be used, and why (a closed list of reasons: see extractors/reading/feed.py)."""

    position: int
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as read: len(entries) + len(skipped) is what it lists."""

    kind: Literal["rss", "atom", "rdf", "sitemap", "sitemap-index", "json"]
    title: str | None
    link: str | None
    language: str | None
    encoding: Encoding
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()
    ttl_seconds: int | None = None  # the publisher's own polling hint (ttl, sy:updatePeriod)
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()
    sitemaps: tuple[str, ...] = ()  # of a sitemap index


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that gave no feed or no article: an outcome with its reason, never an exception."""

    reason: str
    detail: str | None = None
    encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article. `published_at` is aware UTC; `published_from` names where it was found."""

    url: str
    title: str | None
    body: str
    encoding: Encoding
    language: str | None  # ISO 639-1, judged by the letters of the body
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    published_at: datetime | None = None
    published_from: Literal["page", "feed", "url", "text"] | None = None
    modified_at: datetime | None = None


# ---------------------------------------------------------------- coding: text to incident reports


@dataclass(frozen=True, slots=True)
class NewsText:
    """What the extractors read: nothing else decides what they say."""

    title: str
    body: str
    published: date | None  # the publication day in the publisher's time zone; None where unknown
    country: str | None = None  # of the publisher, ISO 3166-1 alpha-2
    publisher: str | None = None


FigureKind = Literal[
    "killed",
    "injured",
    "detained",
    "abducted",
    "missing",
    "displaced",
    "participants",
    "vehicles",
    "buildings",
    "homes",
    "businesses",
    "aircraft",
    "vessels",
    "weapons",
]
Qualifier = Literal[
    "exact",
    "about",
    "more than",
    "at least",
    "at most",
    "range",
    "some",
    "dozens",
    "hundreds",
    "thousands",
    "tens of thousands",
    "hundreds of thousands",
    "millions",
]
FigureRole = Literal["total", "part", "sum", "none"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that the article gives. Offsets are into the body, or into the title where `field` says so."""

    kind: FigureKind
    min: int | None
    max: int | None
    qualifier: Qualifier
    quote: str
    start: int
    end: int
    group: str | None = None  # whom it counts, as written
    role: FigureRole = "total"  # total, part of another figure (a subset), sum of two kinds, "none" for a denial
    attributed_to: str | None = None
    field: Literal["body", "title"] = "body"


@dataclass(frozen=True, slots=True)
class Total:
    """What an incident's figures of one kind come to: the pair of its row. A joint sum of two kinds is none."""

    kind: FigureKind
    min: int | None
    max: int | None


ActorCategory = Literal[
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/other forces",
    "Criminals",
]
Claim = Literal["claimed", "accused", "denied", "unknown"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A side of an incident, by the name as written."""

    side: Literal[1, 2]
    name: str
    category: ActorCategory | None
    start: int
    end: int
    claim: Claim | None = None  # how the article knows that this side did it
    field: Literal["body", "title"] = "body"


Reality = Literal[
    "happened",
    "planned",
    "threatened",
    "denied",
    "hypothetical",
    "historical",
    "commemorated",
    "condemned only",
    "legal",
    "statistic",
    "figurative",
]
TimePrecision = Literal["day", "week", "month", "assumed"]
GeoPrecision = Literal["exact", "city", "admin", "country"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where an incident happened; a country alone has no coordinates."""

    country: str
    place: str  # as written
    geo_precision: GeoPrecision
    place_en: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One incident as one article tells it. body[evidence_start:evidence_end] is the passage it rests on."""

    domain: str
    event_type: str
    sub_event_type: str
    date_start: date
    date_end: date
    time_precision: TimePrecision
    location: Location
    confidence: float
    evidence_start: int
    evidence_end: int
    attributed_to: str | None = None
    totals: tuple[Total, ...] = ()  # at most one for each of PAIRED_FIGURES: the row's pairs
    figures: tuple[Figure, ...] = ()  # every count that the article gives, parts and denials too
    actors: tuple[Actor, ...] = ()
    rules: tuple[str, ...] = ()  # ids of the lexicon entries and rules that made it
    signs: tuple[tuple[str, float], ...] = ()  # what its confidence is made of


@dataclass(frozen=True, slots=True)
class Mention:
    """A telling of an event that made no report of its own: what it speaks of, how real it is, and why it was left."""

    sub_event_type: str | None
    reality: Reality
    reason: str
    start: int
    end: int
    quote: str
    field: Literal["body", "title"] = "body"


@dataclass(frozen=True, slots=True)
class Coding:
    """All that the extractors say of one article. No report is an outcome too, with its reason."""

    reports: tuple[Report, ...]
    mentions: tuple[Mention, ...] = ()
    reason: str | None = None  # why there is no report
    trace: tuple[str, ...] = field(default=())  # filled for `rasid explain` alone


# The counts that the view `incident_reports` carries as pairs, in its order.
PAIRED_FIGURES: tuple[FigureKind, ...] = (
    "killed",
    "injured",
    "detained",
    "abducted",
    "missing",
    "displaced",
    "participants",
)

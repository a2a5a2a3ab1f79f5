"""Rows and records for the tests of the database: a minimal one of each kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from db.codings import CodingCounts, CodingResult, record_codings
from db.feeds import FeedSpec, add_feeds
from db.fetches import FetchResult, record_fetches
from db.pages import claim_pages
from db.polling import NextPoll, PollCounts, PollResult, claim_feeds, record_poll
from db.readings import ReadingResult, record_readings
from db.replay import articles_to_code
from extractors.records import (
    Actor,
    Article,
    Coding,
    Encoding,
    Entry,
    Figure,
    Location,
    Mention,
    Publisher,
    Report,
    Total,
)

OWNER = "worker-1"
FEED = "https://news.example/rss"
BODY = "شهدت المدينة اليوم مظاهرة أصيب فيها 95 شخصا، وفق وزارة الداخلية. وتضررت 37 مركبة."
UTF8 = Encoding("utf-8", "utf-8")
HOUR = timedelta(hours=1)


def entry(number: int = 1, host: str = "news.example", **changed: Any) -> Entry:
    values = {"guid": f"guid-{number}", "url": f"https://{host}/story/{number}", "title": f"عنوان {number}"}
    return Entry(**(values | changed))


def plan_at(at: datetime, **changed: Any) -> Any:
    return lambda _counts: NextPoll(at=at, interval_seconds=600, **changed)


def add_feed(connection: Connection, now: datetime, url: str = FEED) -> int:
    spec = FeedSpec(url, publisher="صحيفة", country="KZ", timezone="Asia/Almaty")
    return add_feeds(connection, [spec], now=now)[url]


def poll(
    connection: Connection, now: datetime, entries: Sequence[Entry], feed_id: int | None = None, **changed: Any
) -> PollCounts:
    feed_id = feed_id or add_feed(connection, now)
    assert claim_feeds(connection, owner=OWNER, now=now, limit=10, only=[feed_id])
    values = {"outcome": "read", "entries": entries, "bytes": 100, "encoding": UTF8, "http_status": 200, "kind": "rss"}
    result = PollResult(feed_id=feed_id, owner=OWNER, started_at=now, **(values | changed))
    return record_poll(connection, result, plan=plan_at(now + HOUR), now=now)


def fetched(page_id: int, now: datetime, body: bytes = b"<html>", **changed: Any) -> FetchResult:
    values = {"outcome": "stored", "http_status": 200, "headers": {"Content-Type": "text/html"}, "body": body}
    return FetchResult(page_id=page_id, fetched_at=now, **(values | changed))


def fetch(connection: Connection, now: datetime, **changed: Any) -> dict[int, int]:
    """Claim what is due and fetch it."""
    claimed = claim_pages(connection, owner=OWNER, now=now, limit=100)
    return record_fetches(connection, [fetched(page.id, now, **changed) for page in claimed], owner=OWNER, now=now)


def article(body: str = BODY, **changed: Any) -> Article:
    values = {"url": "https://news.example/story/1", "title": "مظاهرة في المدينة", "encoding": UTF8, "language": "ar"}
    return Article(body=body, **(values | changed))


def read(
    connection: Connection,
    now: datetime,
    fetches: dict[int, int],
    outcome: Any = None,
    owner: str | None = OWNER,
    **changed: Any,
) -> Any:
    publisher = Publisher("صحيفة", "KZ", "Asia/Almaty")
    outcome = outcome or article(published_at=now)
    results = [ReadingResult(page, fetch_id, publisher, outcome, **changed) for page, fetch_id in fetches.items()]
    return record_readings(connection, results, owner=owner, reader_version="r1", now=now)


def report(body: str = BODY, **changed: Any) -> Report:
    start = body.index("مظاهرة")
    count = body.index("95")
    values: dict[str, Any] = {
        "domain": "political",
        "event_type": "Riots",
        "sub_event_type": "Violent demonstration",
        "date_start": date(2026, 3, 1),
        "date_end": date(2026, 3, 1),
        "time_precision": "day",
        "location": Location("KZ", "ألماتي", "city", "Almaty", "Almaty", 43.25, 76.95),
        "confidence": 0.8,
        "evidence_start": start,
        "evidence_end": count + 2,
        "totals": (Total("injured", 95, 95),),
        "figures": (Figure("injured", 95, 95, "exact", "95", count, count + 2),),
        "actors": (Actor(1, "متظاهرون", "Rioters", start, start + 6, "unknown"),),
        "rules": ("demo.1",),
    }
    return Report(**(values | changed))


def coding(*reports: Report, **changed: Any) -> Coding:
    mention = Mention("Arrests", "planned", "it is only planned", 0, 5, "شهدت")
    return Coding(reports or (report(),), (mention,), **changed)


def code(
    connection: Connection,
    now: datetime,
    outcome: Any = None,
    version: str = "x1",
    owner: str | None = OWNER,
    **changed: Any,
) -> CodingCounts:
    """Code all current articles alike."""
    pages = connection.execute(text("SELECT id FROM pages")).scalars().all()
    results = [
        CodingResult(one.article_id, one.page_id, one.text, outcome or coding(), **changed)
        for one in articles_to_code(connection, pages)
    ]
    return record_codings(connection, results, owner=owner, extractor_version=version, now=now)


def through(connection: Connection, now: datetime, count: int = 1) -> None:
    """One feed with some articles, all the way to reports."""
    poll(connection, now, [entry(number) for number in range(1, count + 1)])
    read(connection, now, fetch(connection, now))
    code(connection, now)


def scalar(connection: Connection, query: str) -> Any:
    return connection.execute(text(query)).scalar()


def snapshot(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    names = ("feeds", "polls", "entries", "pages", "fetches", "articles", "readings", "extractions", "reports")
    names += ("figures", "actors", "mentions")
    return {
        name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2"))] for name in names
    }

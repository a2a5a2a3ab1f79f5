"""Short articles with their reports, and their way into the database one by one: texts of our own."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from db.codings import CodingResult, record_codings
from db.feeds import FeedSpec, add_feeds, feed_ids
from db.fetches import record_fetches
from db.linking.run import LinkCounts, link_due, regroup_after, relink_after
from db.pages import claim_pages
from db.polling import PollResult, claim_feeds, record_poll
from db.readings import ReadingResult, record_readings
from db.replay import articles_to_code
from extractors.records import Article, Coding, Entry, Location, Publisher, Report, Total
from tests.db.rows import OWNER, UTF8, fetched, plan_at

FEED = "https://papers.example/rss"
DAY = date(2026, 2, 27)
HARBOUR = Location("LB", "مرفأ صيدا", "exact", "Sidon Port", "South", 33.567, 35.371)
TOWN = Location("LB", "صيدا", "city", "Sidon", "South", 33.563, 35.369)
FAR = Location("LB", "حلبا", "city", "Halba", "Akkar", 34.543, 36.079)


@dataclass(frozen=True, slots=True)
class Story:
    """One article: its key, what it says, and what the extractors say of it."""

    key: str
    title: str
    body: str
    reports: tuple[Report, ...]
    published: datetime = datetime(2026, 2, 27, 12, tzinfo=UTC)


def told(body: str, passage: str, *, killed: int | None = None, **changed: Any) -> Report:
    """A report that rests on a passage of the body."""
    start = body.index(passage)
    values: dict[str, Any] = {
        "domain": "hazard",
        "event_type": "Accident",
        "sub_event_type": "Explosion",
        "date_start": DAY,
        "date_end": DAY,
        "time_precision": "day",
        "location": TOWN,
        "confidence": 0.8,
        "evidence_start": start,
        "evidence_end": start + len(passage),
        "totals": (Total("killed", killed, killed),) if killed is not None else (),
    }
    return Report(**(values | changed))


def story(key: str, title: str, body: str, *, hour: int = 12, killed: int | None = None, **changed: Any) -> Story:
    """An article of one report, which rests on its first sentence."""
    passage = body.split(".", maxsplit=1)[0]
    return Story(
        key, title, body, (told(body, passage, killed=killed, **changed),), datetime(2026, 2, 27, hour, tzinfo=UTC)
    )


FIRST = "هز انفجار عنيف مستودع الوقود قرب مرفأ صيدا ظهر الجمعة وأدى إلى مقتل ثلاثة عمال. وهرعت فرق الإطفاء إلى المكان."
SECOND = "ارتفعت حصيلة انفجار مستودع الوقود قرب مرفأ صيدا إلى ستة قتلى من العمال. وقال الصليب الأحمر إن البحث مستمر."
THIRD = "عدلت وزارة الصحة حصيلة انفجار مستودع الوقود في مرفأ صيدا إلى خمسة قتلى من العمال. وكانت أعلنت رقما أعلى."
OTHER = "اندلع حريق كبير في معمل للأخشاب ببلدة حلبا مساء الجمعة وأصيب عامل بحروق. وسيطر الدفاع المدني على النيران."


def explosion() -> list[Story]:
    """Three tolls of one incident, and another incident of the day."""
    return [
        story("a", "انفجار مستودع وقود في صيدا", FIRST, hour=12, killed=3, location=HARBOUR),
        story("b", "ستة قتلى في انفجار صيدا", SECOND, hour=14, killed=6),
        story("c", "الصحة: خمسة قتلى في انفجار صيدا", THIRD, hour=20, killed=5, location=HARBOUR),
        story("d", "حريق في معمل أخشاب", OTHER, hour=18, sub_event_type="Fire", location=FAR),
    ]


def many() -> list[Story]:
    """The four, a printing of one of them, and reports that are more or less like them."""
    blast, six, _, fire = stories = explosion()
    later = "شيعت صيدا عمال مستودع الوقود الثلاثة الذين قضوا في انفجار المرفأ يوم الجمعة. وأقفلت المحال أبوابها."
    next_day = "وقع انفجار ثان في مستودع للوقود قرب مرفأ صيدا صباح السبت من دون إصابات. وأخلي الحي المجاور."
    long = FIRST + " وأفاد شهود بأن أعمدة الدخان ارتفعت فوق المدينة وأن زجاج المنازل تحطم في أحياء بعيدة." * 2
    twice = f"{FIRST} {OTHER}"
    return [
        *stories,
        replace(
            blast,
            key="e",
            title="انفجار في صيدا",
            body=long,
            reports=(told(long, FIRST.split(".", maxsplit=1)[0], killed=3),),
        ),
        replace(
            blast, key="f", title="صيدا: ثلاثة قتلى", body=long, reports=(told(long, FIRST.split(".", maxsplit=1)[0]),)
        ),
        story("g", "تشييع ضحايا المستودع", later, hour=22, killed=3, time_precision="assumed"),
        story("h", "انفجار جديد", next_day, hour=23, date_start=DAY + timedelta(1), date_end=DAY + timedelta(1)),
        replace(
            fire,
            key="i",
            title="انفجار صيدا وحريق حلبا",
            body=twice,
            reports=(
                told(twice, FIRST.split(".", maxsplit=1)[0], killed=4),
                told(twice, OTHER.split(".", maxsplit=1)[0], sub_event_type="Fire", location=FAR),
            ),
        ),
        replace(
            six, key="j", title="قتلى في صيدا", reports=(told(SECOND, SECOND.split(".", maxsplit=1)[0], location=FAR),)
        ),
    ]


def publish(connection: Connection, stories: Sequence[Story], now: datetime) -> None:
    """All the way from the feed to reports; a key that is known already is a revised article."""
    add_feeds(connection, [FeedSpec(FEED, publisher="صحيفة", country="LB", timezone="Asia/Beirut")], now=now)
    feed = feed_ids(connection, [FEED])[FEED]
    assert claim_feeds(connection, owner=OWNER, now=now, limit=1, only=[feed])
    entries = [Entry(guid=one.key, url=f"https://papers.example/{one.key}", title=one.title) for one in stories]
    result = PollResult(feed, OWNER, now, "read", entries=entries, bytes=9, encoding=UTF8, http_status=200, kind="rss")
    record_poll(connection, result, plan=plan_at(now), now=now)
    by_url = {entry.url: one for entry, one in zip(entries, stories, strict=True)}
    connection.execute(
        text("UPDATE pages SET due_at = :now, stage = 'fetch' WHERE url = ANY(:urls)"),
        {"now": now, "urls": list(by_url)},
    )
    claimed = {page.id: by_url[page.url] for page in claim_pages(connection, owner=OWNER, now=now, limit=99)}
    bodies = [fetched(page, now, body=one.body.encode()) for page, one in claimed.items()]
    fetches = record_fetches(connection, bodies, owner=OWNER, now=now)
    publisher = Publisher("صحيفة", "LB", "Asia/Beirut")
    readings = [ReadingResult(page, fetches[page], publisher, _article(claimed[page])) for page in fetches]
    record_readings(connection, readings, owner=OWNER, reader_version="r", now=now)
    code(connection, {page: claimed[page] for page in fetches}, now)


def _article(one: Story) -> Article:
    return Article(f"https://papers.example/{one.key}", one.title, one.body, UTF8, "ar", published_at=one.published)


def code(connection: Connection, pages: dict[int, Story], now: datetime) -> None:
    """Record what the extractors say of these pages' articles."""
    results = [
        CodingResult(found.article_id, found.page_id, found.text, Coding(pages[found.page_id].reports))
        for found in articles_to_code(connection, list(pages))
    ]
    record_codings(connection, results, owner=None, extractor_version="x", now=now)


def link(connection: Connection, now: datetime, limit: int = 200) -> LinkCounts:
    """Link what is owed."""
    total = LinkCounts()
    while (counts := link_due(connection, now=now, limit=limit)).pages:
        total += counts
    return total


def rebuild(connection: Connection, now: datetime) -> LinkCounts:
    """Link everything anew, some pages and reports at a time."""
    total, last = LinkCounts(), 0
    for step in itertools.cycle((relink_after,)):
        last, counts = step(connection, last, limit=3)
        total += counts
        if not last:
            break
    while True:
        last, counts = regroup_after(connection, last, now=now, limit=3)
        total += counts
        if not last:
            return total


def partition(connection: Connection) -> set[frozenset[str]]:
    """The incidents, each as the articles (and their report's position) that tell of it."""
    rows = connection.execute(
        text("""
        SELECT member.incident_id, page.url || '#' || report.position AS name FROM incident_members AS member
        JOIN reports AS report ON report.id = member.report_id JOIN articles AS article ON article.id = report.article_id
        JOIN pages AS page ON page.id = article.page_id
        """)
    )
    groups: dict[int, set[str]] = {}
    for row in rows:
        groups.setdefault(row.incident_id, set()).add(row.name.removeprefix("https://papers.example/"))
    return {frozenset(group) for group in groups.values()}


def table(connection: Connection, source: str = "incidents") -> list[tuple[Any, ...]]:
    """The analysts' rows without the numbers that depend on the order of arrival."""
    rows = connection.execute(text(f"SELECT * FROM {source}")).mappings()
    numbers = {"incident_id", "report_id", "article_id", "recorded_at", "superseded_at"}
    return sorted((tuple(value for name, value in row.items() if name not in numbers) for row in rows), key=repr)

"""A minimal feed, page and answer of each kind, and a coder that codes nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from db.pages import ClaimedPage
from db.polling import ClaimedFeed
from extractors.records import Coding, Entry, NewsText, Publisher
from flows.web import Reason, WebFailure, WebRequest, WebResponse

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def feed(**changed: Any) -> ClaimedFeed:
    """A feed that was polled half an hour ago and went well."""
    values: dict[str, Any] = {
        "id": 1,
        "url": "https://alwaha.example/feed",
        "host": "alwaha.example",
        "kind": "rss",
        "title": None,
        "publisher": Publisher("صحيفة الواحة", "EG", "Africa/Cairo"),
        "state": "active",
        "etag": None,
        "last_modified": None,
        "body_sha256": None,
        "interval_seconds": 1800,
        "consecutive_failures": 0,
        "added_at": NOW - 100 * DAY,
        "last_poll_at": NOW - HOUR / 2,
        "last_success_at": NOW - HOUR / 2,
        "last_body_at": NOW - HOUR / 2,
        "last_new_at": NOW - HOUR / 2,
        "redirect_url": None,
        "redirect_since": None,
    }
    return ClaimedFeed(**(values | changed))


def page(**changed: Any) -> ClaimedPage:
    """A page that was listed just now and never fetched."""
    values: dict[str, Any] = {
        "id": 1,
        "url": "https://alwaha.example/a/1",
        "host": "alwaha.example",
        "stage": "fetch",
        "attempts": 0,
        "fetch_id": None,
        "body_sha256": None,
        "etag": None,
        "last_modified": None,
        "first_seen_at": NOW,
        "first_fetched_at": None,
        "rechecks": 0,
        "feed_id": 1,
        "publisher": Publisher("صحيفة الواحة", "EG", "Africa/Cairo"),
        "entry": Entry(guid="1", url="https://alwaha.example/a/1", published_at=NOW - HOUR),
    }
    return ClaimedPage(**(values | changed))


def response(body: bytes = b"", **changed: Any) -> WebResponse:
    """A good answer."""
    values: dict[str, Any] = {
        "url": "https://alwaha.example/feed",
        "final_url": "https://alwaha.example/feed",
        "status": 200,
        "headers": {"content-type": "application/rss+xml; charset=utf-8"},
        "body": body,
        "truncated": False,
        "not_modified": False,
        "redirects": (),
        "elapsed": 0.1,
    }
    return WebResponse(**(values | changed))


def failure(reason: Reason = Reason.HTTP_5XX, **changed: Any) -> WebFailure:
    """A bad answer."""
    return WebFailure(**({"url": "https://alwaha.example/feed", "reason": reason, "detail": "status 503"} | changed))


def rss(*numbers: int, base: str = "https://alwaha.example", head: str = "") -> bytes:
    """A feed that lists articles by number."""
    items = "".join(
        f"<item><title>خبر رقم {n}</title><link>{base}/a/{n}</link><guid>{n}</guid>"
        f"<pubDate>Sun, 01 Mar 2026 10:00:00 +0200</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>الواحة</title>{head}{items}</channel></rss>'.encode()


SENTENCE = "اجتمع أهالي الواحة أمس في الساحة الكبرى وتحدثوا عن موسم التمور وعن أسعار المياه في القرى المجاورة. "


def article_page(number: int) -> bytes:
    """An article's page, long enough to be read as one."""
    text = "".join(f"<p>الفقرة {n} من الخبر {number}: {SENTENCE * 2}</p>" for n in range(3))
    return (
        f'<html lang="ar"><head><meta charset="utf-8"><title>خبر رقم {number}</title></head>'
        f"<body><article><h1>خبر رقم {number}</h1>{text}</article></body></html>"
    ).encode()


class FakeWeb:
    """A web of fixed answers by address; whatever else is asked for is not there. `asked` keeps the requests."""

    def __init__(self, **_: object) -> None:
        self.answers: dict[str, WebResponse | WebFailure] = {}
        self.asked: list[WebRequest] = []

    async def get(self, request: WebRequest) -> WebResponse | WebFailure:
        """The fixed answer."""
        self.asked.append(request)
        return self.answers.get(request.url) or failure(Reason.HTTP_404, url=request.url)


def no_incident(text: NewsText) -> Coding:
    """A coder that finds nothing."""
    return Coding((), (), f"tells nothing in {len(text.body)} characters")

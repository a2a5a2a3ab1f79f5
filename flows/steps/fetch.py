"""One page: ask for it, and say what came and when to look again. Recording goes by batches, see cycle.py."""

from collections.abc import Mapping
from datetime import datetime

from db.fetches import FetchResult
from db.pages import ClaimedPage
from flows.steps.decide import recheck_page, retry_page
from flows.web import Reason, Web, WebFailure, WebRequest, WebResponse

FORGOTTEN_HEADERS = frozenset({"set-cookie", "set-cookie2"})  # a visitor's marks: no part of the page
MAX_HEADER = 2000


def page_request(page: ClaimedPage) -> WebRequest:
    """The request for a page: conditional where a body of it is stored already."""
    return WebRequest(page.url, page.etag, page.last_modified, accept="page", unconditional=page.fetch_id is None)


async def fetch(web: Web, page: ClaimedPage) -> WebResponse | WebFailure:
    """What the page's address answers now."""
    return await web.get(page_request(page))


def result_of(page: ClaimedPage, answer: WebResponse | WebFailure, *, now: datetime) -> FetchResult:
    """The fetch as rows know it, `now` being when the answer was complete."""
    if isinstance(answer, WebFailure):
        return _failed(page, answer, now)
    return FetchResult(
        page_id=page.id,
        fetched_at=now,
        outcome="unchanged" if answer.not_modified else "stored",
        http_status=answer.status,
        final_url=answer.final_url if answer.final_url != page.url else None,
        headers=kept_headers(answer.headers),
        body=None if answer.not_modified else answer.body,
        truncated=answer.truncated,
        elapsed=answer.elapsed,
        etag=None if answer.truncated else answer.headers.get("etag") or (page.etag if answer.not_modified else None),
        last_modified=None
        if answer.truncated
        else answer.headers.get("last-modified") or (page.last_modified if answer.not_modified else None),
        recheck_at=recheck_page(page, now=now),
    )


def _failed(page: ClaimedPage, failure: WebFailure, now: datetime) -> FetchResult:
    following = retry_page(page, failure.reason, retry_after=failure.retry_after, now=now)
    return FetchResult(
        page_id=page.id,
        fetched_at=now,
        outcome="put off" if failure.reason == Reason.HOST_WAIT else "failed",
        reason=failure.reason,
        error=failure.detail or None,
        http_status=failure.status,
        elapsed=failure.elapsed,
        retry_at=following.at,
        gone=following.gone,
    )


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that are stored with a page, each cut to a sane length."""
    return {name: value[:MAX_HEADER] for name, value in headers.items() if name not in FORGOTTEN_HEADERS}

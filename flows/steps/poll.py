"""One feed: ask, read, record. Each poll ends in one outcome that is stored in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from db.entries import PollCounts
from db.polling import ClaimedFeed, NextPoll, PollResult, Wishes, record_poll
from extractors.reading.feed import read_feed
from extractors.records import FeedDocument, Unreadable
from flows.steps.decide import after_failure, after_read, wants_whole_body
from flows.steps.read import READER_ERROR
from flows.steps.sitemaps import newest_parts
from flows.web import Reason, Web, WebFailure, WebRequest, WebResponse

SITEMAPS_FOLLOWED = 3  # of a sitemap index: the newest articles stand in few of its parts
TRUNCATED = "truncated"  # the reason of a poll that was read as far as its body came
MAX_AGE = "max-age="


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed's address answered, with the parts of the sitemap index that it may be."""

    feed: ClaimedFeed
    started_at: datetime
    response: WebResponse | WebFailure
    document: FeedDocument | Unreadable | None = None  # None: nothing new to read
    parts: tuple[WebResponse, ...] = ()


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll as it was recorded."""

    feed: ClaimedFeed
    result: PollResult
    counts: PollCounts


def feed_request(feed: ClaimedFeed, *, now: datetime, chance: float) -> WebRequest:
    """The request that a poll makes: conditional, but now and then for the whole body. `chance` as in decide."""
    whole = wants_whole_body(feed, now, chance)
    return WebRequest(feed.url, feed.etag, feed.last_modified, accept="feed", unconditional=whole)


async def ask(web: Web, feed: ClaimedFeed, *, now: datetime, chance: float) -> Answer:
    """What the feed's address answers now. Nothing is raised: a failure is an answer."""
    response = await web.get(feed_request(feed, now=now, chance=chance))
    return Answer(feed, now, response)


def read_answer(answer: Answer, *, now: datetime) -> Answer:
    """The answer with its body read, unless it failed or brought the body that the last poll brought."""
    response = answer.response
    if isinstance(response, WebFailure) or is_unchanged(answer.feed, response):
        return answer
    return replace(answer, document=_read(answer.feed, response, now))


def is_unchanged(feed: ClaimedFeed, response: WebResponse) -> bool:
    """Whether a feed answers that nothing changed, or sends the same bytes again."""
    if response.not_modified:
        return True
    # An index stays the same while its parts change.
    return feed.kind != "sitemap-index" and not response.truncated and feed.body_sha256 == _digest(response)


def _digest(response: WebResponse) -> str:
    return sha256(response.body).hexdigest()


def _read(feed: ClaimedFeed, response: WebResponse, now: datetime) -> FeedDocument | Unreadable:
    try:
        return read_feed(
            response.body,
            url=response.final_url,
            content_type=response.headers.get("content-type"),
            publisher=feed.publisher,
            now=now,
        )
    except Exception as error:  # noqa: BLE001 - an error of the reader is the outcome of this feed, not of the cycle
        return Unreadable(READER_ERROR, f"{type(error).__name__}: {error}")


async def follow_index(web: Web, answer: Answer) -> Answer:
    """The answer with the parts of its sitemap index fetched; any other answer as it is.

    An index of which no part can be had is a failure, as its parts are.
    """
    document = answer.document
    if not isinstance(document, FeedDocument) or document.kind != "sitemap-index":
        return answer
    chosen = newest_parts(document.sitemaps, SITEMAPS_FOLLOWED)
    asked = [await web.get(WebRequest(url, accept="feed", unconditional=True)) for url in chosen]
    parts = tuple(part for part in asked if isinstance(part, WebResponse))
    if not parts and asked and isinstance(asked[0], WebFailure):
        return replace(answer, response=replace(asked[0], detail=f"all parts: {asked[0].detail}"), document=None)
    return replace(answer, parts=parts)


def with_parts(answer: Answer, *, now: datetime) -> Answer:
    """The answer with the entries of its index's parts in its document."""
    if not answer.parts or not isinstance(answer.document, FeedDocument):
        return answer
    read = [_read(answer.feed, part, now) for part in answer.parts]
    documents = [answer.document, *(part for part in read if isinstance(part, FeedDocument))]
    return replace(
        answer,
        document=replace(
            answer.document,
            entries=tuple(entry for document in documents for entry in document.entries),
            skipped=tuple(skipped for document in documents for skipped in document.skipped),
        ),
    )


def result_of(answer: Answer, *, owner: str) -> PollResult:
    """The poll's outcome as rows know it."""
    response = answer.response
    if isinstance(response, WebFailure):
        return PollResult(
            feed_id=answer.feed.id,
            owner=owner,
            started_at=answer.started_at,
            outcome="put off" if response.reason == Reason.HOST_WAIT else "failed",
            reason=response.reason,
            error=response.detail or None,
            http_status=response.status,
        )
    return _answered(answer, response, owner)


def _answered(answer: Answer, response: WebResponse, owner: str) -> PollResult:
    feed, document = answer.feed, answer.document
    unreadable = isinstance(document, Unreadable)
    result = PollResult(
        feed_id=feed.id,
        owner=owner,
        started_at=answer.started_at,
        outcome="failed" if unreadable else "unchanged" if document is None else "read",
        http_status=response.status,
        bytes=None if response.not_modified else len(response.body),
        final_url=response.final_url if response.final_url != feed.url else None,
        # Validators of a body that is cut or unreadable would hide what is missing behind the next 304.
        etag=None if response.truncated else response.headers.get("etag") or _kept(response, feed.etag),
        last_modified=None
        if response.truncated
        else response.headers.get("last-modified") or _kept(response, feed.last_modified),
        body_sha256=None if response.truncated or response.not_modified else _digest(response),
        wishes=wishes_of(answer),
    )
    if isinstance(document, Unreadable):
        return replace(result, reason=document.reason, error=document.detail, encoding=document.encoding)
    if document is None:
        return result
    return replace(
        result,
        reason=TRUNCATED if response.truncated else None,
        kind=document.kind,
        title=document.title,
        encoding=document.encoding,
        entries=document.entries,
        skipped=document.skipped,
    )


def _kept(response: WebResponse, value: str | None) -> str | None:
    """What was known stays known where a 304 does not repeat it."""
    return value if response.not_modified else None


def wishes_of(answer: Answer) -> Wishes:
    """What the publisher asks of those who poll, in the feed and in the headers: as known, where neither speaks now."""
    known, response, document = answer.feed.wishes, answer.response, answer.document
    if isinstance(response, WebFailure):
        return known
    max_age = _max_age(response.headers.get("cache-control", ""))
    if max_age is None and response.not_modified:
        max_age = known.max_age
    if isinstance(document, FeedDocument):
        return Wishes(document.ttl_seconds, max_age, document.skip_hours, document.skip_days)
    return replace(known, max_age=max_age)


def _max_age(cache_control: str) -> int | None:
    for part in cache_control.lower().split(","):
        value = part.strip().removeprefix(MAX_AGE)
        if value != part.strip() and value.isascii() and value.isdigit():
            return int(value[:9])
    return None


def record(connection: Connection, answer: Answer, *, owner: str, now: datetime, chance: float) -> Polled:
    """Store the poll's outcome and the next poll, in the caller's transaction, which is to hold nothing else.

    Raises LeaseLost when another worker has taken the feed meanwhile: then nothing is stored.
    """
    result = result_of(answer, owner=owner)
    response = answer.response
    retry_after = response.retry_after if isinstance(response, WebFailure) else None

    def plan(counts: PollCounts) -> NextPoll:
        if result.outcome == "failed" or isinstance(response, WebFailure):
            reason = result.reason or Reason.INTERNAL
            return after_failure(answer.feed, reason, retry_after=retry_after, now=now, chance=chance)
        return after_read(answer.feed, counts, wishes_of(answer), response, now=now, chance=chance)

    return Polled(answer.feed, result, record_poll(connection, result, plan=plan, now=now))

"""A poll from the request to its one recorded outcome."""

import asyncio
from hashlib import sha256

import pytest
from sqlalchemy import Connection, text

from db.feeds import FeedSpec, add_feeds
from db.leases import LeaseLost
from db.polling import ClaimedFeed, claim_feeds
from extractors.records import FeedDocument, Unreadable
from flows.steps import poll
from flows.web import Reason, WebFailure, WebResponse
from tests.flows.steps.factories import NOW, FakeWeb, failure, feed, response, rss

ADDRESS = "https://alwaha.example/feed"


def answer(given: WebResponse | WebFailure, of_feed: ClaimedFeed | None = None) -> poll.Answer:
    """What a poll makes of an answer before it is recorded."""
    web = FakeWeb()
    web.answers[ADDRESS] = given
    asked = asyncio.run(poll.ask(web, of_feed or feed(), now=NOW, chance=0.5))  # type: ignore[arg-type]
    return poll.read_answer(asked, now=NOW)


def test_requests_are_conditional_and_sometimes_not() -> None:
    """What is known of the last answer goes along, unless the whole body is wanted."""
    known = feed(etag='"a"', last_modified="yesterday")
    assert poll.feed_request(known, now=NOW, chance=0.5).etag == '"a"'
    assert not poll.feed_request(known, now=NOW, chance=0.5).unconditional
    assert poll.feed_request(known, now=NOW, chance=0.0).unconditional


def test_a_feed_that_is_read() -> None:
    """Entries, kind, title and validators of a readable body become the outcome."""
    result = poll.result_of(answer(response(rss(1, 2), headers={"etag": '"b"'})), owner="me")
    assert (result.outcome, result.kind, len(result.entries), result.etag) == ("read", "rss", 2, '"b"')
    assert result.body_sha256 == sha256(rss(1, 2)).hexdigest()


def test_not_modified_keeps_what_is_known() -> None:
    """304 is no news, and validators that it does not repeat stay."""
    known = feed(etag='"a"', last_modified="then")
    result = poll.result_of(answer(response(status=304, not_modified=True, headers={}), known), owner="me")
    assert (result.outcome, result.etag, result.last_modified, result.bytes) == ("unchanged", '"a"', "then", None)


def test_the_same_bytes_are_not_read_again() -> None:
    """A server without conditional answers that sends the same body is unchanged, its new validators kept."""
    known = feed(body_sha256=sha256(rss(1)).hexdigest())
    result = poll.result_of(answer(response(rss(1), headers={"etag": '"new"'}), known), owner="me")
    assert (result.outcome, result.etag, result.bytes) == ("unchanged", '"new"', len(rss(1)))


@pytest.mark.parametrize(
    ("body", "reason"),
    [(b"", "empty"), (b"<html><body>hello</body></html>", "html instead of a feed"), (b"\x00\x01", "empty")],
)
def test_bodies_that_are_no_feed(body: bytes, reason: str) -> None:
    """A good answer that holds no feed is a failed poll with the reader's reason."""
    found = answer(response(body))
    assert isinstance(found.document, Unreadable)
    result = poll.result_of(found, owner="me")
    assert result.outcome == "failed"
    assert result.reason == found.document.reason
    assert result.reason in {reason, "not a feed"}


def test_a_cut_body_leaves_no_validators() -> None:
    """What is missing from a cut body must not hide behind the next 304."""
    result = poll.result_of(answer(response(rss(1, 2), truncated=True, headers={"etag": '"x"'})), owner="me")
    assert (result.outcome, result.etag, result.body_sha256) == ("read", None, None)


def test_an_error_of_the_reader_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the reader fails this poll alone."""

    def broken(*_: object, **__: object) -> FeedDocument:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(poll, "read_feed", broken)
    result = poll.result_of(answer(response(rss(1))), owner="me")
    assert (result.outcome, result.reason, result.error) == ("failed", "reader error", "RuntimeError: unforeseen")


def test_the_longest_wish_counts() -> None:
    """Hints come from the feed and from the headers, whichever is longer."""
    body = rss(1, head="<ttl>30</ttl><skipHours><hour>3</hour></skipHours>")
    hints = poll.wishes_of(answer(response(body, headers={"cache-control": "public, max-age=600"})))
    assert (hints.ttl, hints.max_age, hints.skip_hours) == (1800, 600, frozenset({3}))
    assert poll.wishes_of(answer(response(rss(1), headers={"cache-control": "max-age=900, x"}))).max_age == 900
    assert poll.wishes_of(answer(response(rss(1), headers={"cache-control": "max-age=soon"}))).max_age is None


def sitemap(*numbers: int) -> bytes:
    urls = "".join(f"<url><loc>https://alwaha.example/a/{n}</loc></url>" for n in numbers)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def test_a_sitemap_index_is_followed() -> None:
    """The parts of an index are fetched, those for news first, and their entries are the poll's."""
    parts = ["pages-1", "pages-2", "pages-3", "pages-4", "news"]
    children = "".join(f"<sitemap><loc>https://alwaha.example/{part}.xml</loc></sitemap>" for part in parts)
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'
    web = FakeWeb()
    web.answers = {ADDRESS: response(index.encode(), headers={"content-type": "application/xml"})}
    web.answers |= {
        f"https://alwaha.example/{part}.xml": response(sitemap(n), url=f"https://alwaha.example/{part}.xml")
        for n, part in enumerate(parts)
    }

    async def run() -> poll.Answer:
        asked = poll.read_answer(await poll.ask(web, feed(), now=NOW, chance=0.5), now=NOW)  # type: ignore[arg-type]
        return poll.with_parts(await poll.follow_index(web, asked), now=NOW)  # type: ignore[arg-type]

    result = poll.result_of(asyncio.run(run()), owner="me")
    assert result.kind == "sitemap-index"
    assert {entry.url[-1] for entry in result.entries} == {"0", "3", "4"}
    assert [request.url for request in web.asked][1] == "https://alwaha.example/news.xml"


def claimed(connection: Connection) -> ClaimedFeed:
    add_feeds(connection, [FeedSpec(ADDRESS)], now=NOW)
    return claim_feeds(connection, owner="me", now=NOW, limit=1)[0]


def test_a_poll_is_recorded_whole(connection: Connection) -> None:
    """Entries, audit row and next poll stand there together, and every listed entry is accounted for."""
    mine = claimed(connection)
    first = poll.record(connection, answer(response(rss(1, 2, 2)), mine), owner="me", now=NOW, chance=0.5)
    assert (first.counts.listed, first.counts.new, first.counts.skipped) == (3, 2, 1)
    row = connection.execute(text("SELECT next_poll_at > last_poll_at AS later, last_outcome FROM feeds")).one()
    assert row == (True, "read")
    assert connection.execute(text("SELECT count(*) FROM pages WHERE stage = 'fetch'")).scalar() == 2


def test_a_failed_poll_is_recorded_with_its_wait(connection: Connection) -> None:
    """A host's wish is the feed's next poll."""
    mine = claimed(connection)
    bad = failure(Reason.HTTP_429, status=429, retry_after=7200.0)
    poll.record(connection, answer(bad, mine), owner="me", now=NOW, chance=0.0)
    wait, reason = connection.execute(text("SELECT next_poll_at - last_poll_at, last_reason FROM feeds")).one()
    assert (wait.total_seconds(), reason) == (7200, "http-429")


def test_a_poll_of_one_who_lost_the_feed_is_dropped(connection: Connection) -> None:
    """What another worker has taken over is that worker's to record."""
    mine = claimed(connection)
    with pytest.raises(LeaseLost):
        poll.record(connection, answer(response(rss(1)), mine), owner="another", now=NOW, chance=0.5)

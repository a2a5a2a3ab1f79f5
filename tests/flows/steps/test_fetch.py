"""A fetch from the request to the outcome that rows know."""

import asyncio

from flows.steps.fetch import fetch, result_of
from flows.web import Reason
from tests.flows.steps.factories import HOUR, NOW, FakeWeb, failure, page, response

ADDRESS = "https://alwaha.example/a/1"


def test_a_first_fetch_is_unconditional() -> None:
    """A page of which nothing is stored is asked for whole, whatever validators are left."""
    web = FakeWeb()
    asyncio.run(fetch(web, page(etag='"old"')))  # type: ignore[arg-type]
    assert web.asked[0].unconditional
    assert web.asked[0].accept == "page"


def test_a_recheck_is_conditional() -> None:
    """A page that is stored is asked for changes."""
    web = FakeWeb()
    asyncio.run(fetch(web, page(etag='"old"', fetch_id=3)))  # type: ignore[arg-type]
    assert (web.asked[0].unconditional, web.asked[0].etag) == (False, '"old"')


def test_a_good_answer_is_stored() -> None:
    """Body, headers and validators are kept, a visitor's cookies are not, and a recheck is due."""
    headers = {"content-type": "text/html", "etag": '"e"', "set-cookie": "id=1", "x-long": "a" * 9000}
    result = result_of(page(), response(b"<html>", url=ADDRESS, final_url=ADDRESS, headers=headers), now=NOW)
    assert (result.outcome, result.body, result.etag, result.final_url) == ("stored", b"<html>", '"e"', None)
    assert result.recheck_at == NOW + HOUR
    assert result.headers is not None
    assert "set-cookie" not in result.headers
    assert len(result.headers["x-long"]) == 2000


def test_not_modified_is_unchanged() -> None:
    """304 keeps the validators and stores no body."""
    unchanged = response(status=304, not_modified=True, headers={})
    result = result_of(page(etag='"e"', fetch_id=3, first_fetched_at=NOW - HOUR), unchanged, now=NOW)
    assert (result.outcome, result.body, result.etag) == ("unchanged", None, '"e"')


def test_a_cut_body_says_so() -> None:
    """A body that was cut is stored as such, without validators."""
    result = result_of(page(), response(b"<html>", truncated=True, headers={"etag": '"e"'}), now=NOW)
    assert (result.outcome, result.truncated, result.etag) == ("stored", True, None)


def test_a_bad_answer_is_a_failure_with_a_next_try() -> None:
    """Reason, status and next try are told."""
    result = result_of(page(), failure(Reason.HTTP_5XX, status=503, retry_after=7200.0), now=NOW)
    assert (result.outcome, result.reason, result.http_status) == ("failed", "http-5xx", 503)
    assert result.retry_at == NOW + 2 * HOUR

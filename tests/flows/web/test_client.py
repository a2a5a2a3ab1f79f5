"""What the client asks, how it reads what is sound though odd, and what it costs."""

import asyncio
import gzip
import time
from collections.abc import Iterator

import httpcore
import pytest
import zstandard

from flows.web import Reason, Redirect, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from tests.flows.web.fault_server import PAGE, RSS, FaultServer, reply, xml

QUICK = WebPolicy(
    allow_private_hosts=True,
    host_delay=0,
    host_connections=16,
    connect_timeout=1.0,
    read_timeout=0.6,
    total_timeout=1.5,
    max_bytes=2**20,
    respect_robots=False,
)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def ask(*requests: WebRequest, policy: WebPolicy = QUICK) -> list[WebResponse | WebFailure]:
    """The outcomes of requests made one after the other by one client."""

    async def run() -> list[WebResponse | WebFailure]:
        async with Web(policy) as web:
            return [await web.get(request) for request in requests]

    return asyncio.run(run())


def answer(url: str, policy: WebPolicy = QUICK) -> WebResponse:
    """The response to one request that is expected to go well."""
    found = ask(WebRequest(url), policy=policy)[0]
    assert isinstance(found, WebResponse), found
    return found


SOUND = {
    "/ok": RSS,
    "/page": PAGE,
    "/empty": b"",
    "/gzip": RSS,
    "/gzip-members": RSS,
    "/gzip-lie": RSS,
    "/deflate": RSS,
    "/deflate-raw": RSS,
    "/html-as-rss": PAGE,
    "/to-login": PAGE,
    "/to-arabic": PAGE,
    "/slow-ok": RSS,
    "/closes": RSS,
}


@pytest.mark.parametrize(("path", "body"), SOUND.items())
def test_oddities_that_are_no_fault(server: FaultServer, path: str, body: bytes) -> None:
    """What can be read is read whole, whatever its coding and its label."""
    found = answer(server.url(path))
    assert found.body == body
    assert not found.truncated


def test_zstd_is_read(server: FaultServer) -> None:
    """A zstandard body is decompressed."""
    server.answers["/zstd"] = xml(zstandard.compress(RSS), "Content-Encoding: zstd")
    assert answer(server.url("/zstd")).body == RSS


def test_zstd_bomb_is_refused(server: FaultServer) -> None:
    """A zstandard bomb ends like a gzip bomb."""
    server.answers["/zstd"] = xml(zstandard.compress(bytes(2**28)), "Content-Encoding: zstd")
    found = ask(WebRequest(server.url("/zstd")))[0]
    assert isinstance(found, WebFailure)
    assert found.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("path", ["/huge", "/endless"])
def test_a_long_body_is_kept_cut(server: FaultServer, path: str) -> None:
    """A body over the cap is kept up to the cap, and says so."""
    found = answer(server.url(path))
    assert len(found.body) == QUICK.max_bytes
    assert found.truncated


def test_half_a_gzip_stream_is_marked(server: FaultServer) -> None:
    """A compressed body that ends early is kept, and marked as cut."""
    found = answer(server.url("/gzip-half"))
    assert found.truncated
    assert RSS.startswith(found.body[: len(RSS)])


def test_redirects_are_followed_and_told(server: FaultServer) -> None:
    """Every hop is recorded, and the address that moved for good is the end of the permanent hops."""
    found = answer(server.url("/chain"))
    assert found.redirects == (
        Redirect(301, server.url("/chain2")),
        Redirect(308, server.url("/chain3")),
        Redirect(302, server.url("/ok")),
    )
    assert found.moved_to == server.url("/chain3")
    assert found.final_url == server.url("/ok")


def test_too_many_redirects_stop_at_the_cap(server: FaultServer) -> None:
    """A loop is left after the permitted hops."""
    ask(WebRequest(server.url("/loop")))
    assert server.times("/loop") == QUICK.max_redirects + 1


def test_conditional_requests(server: FaultServer) -> None:
    """Validators are sent, 304 is an answer without a body, and an unconditional request sends none."""
    url = server.url("/conditional")
    date = "Thu, 24 Sep 2026 10:00:00 GMT"
    first, by_tag, by_date, forced = ask(
        WebRequest(url),
        WebRequest(url, etag='"v1"'),
        WebRequest(url, last_modified=date),
        WebRequest(url, etag='"v1"', unconditional=True),
    )
    assert isinstance(first, WebResponse)
    assert (first.headers["etag"], first.headers["last-modified"]) == ('"v1"', date)
    for unchanged in (by_tag, by_date):
        assert isinstance(unchanged, WebResponse)
        assert unchanged.not_modified
        assert unchanged.body == b""
    assert isinstance(forced, WebResponse)
    assert forced.body == RSS
    assert server.asked[-1].headers["cache-control"] == "no-cache"


def test_a_forged_validator_is_not_sent(server: FaultServer) -> None:
    """A stored validator with a line break in it can add no header of its own."""
    ask(WebRequest(server.url("/ok"), etag='"a"\r\nX-Evil: 1', last_modified="x" * 5000))
    assert "x-evil" not in server.asked[-1].headers
    assert "if-none-match" not in server.asked[-1].headers
    assert "if-modified-since" not in server.asked[-1].headers


def test_who_asks_is_said(server: FaultServer) -> None:
    """Every request names the product and a contact, and no user name of the address goes out."""
    ask(WebRequest(server.url("/ok").replace("127.0.0.1", "user:secret@127.0.0.1")))
    headers = server.asked[-1].headers
    assert headers["user-agent"] == f"Rasid/0.1 (+{QUICK.contact})"
    assert "authorization" not in headers


def test_connections_are_kept(server: FaultServer) -> None:
    """Requests one after the other share a connection; the one that the server closed is replaced unseen."""
    found = ask(*[WebRequest(server.url(path)) for path in ("/ok", "/404", "/closes", "/ok", "/ok")])
    assert [isinstance(f, WebResponse) for f in found] == [True, False, True, True, True]
    assert server.open_most <= 2


def test_fine_feeds_do_not_wait_for_hanging_ones(server: FaultServer) -> None:
    """50 answers that hang do not hold up 50 that come at once, even on one host."""
    policy = WebPolicy(
        allow_private_hosts=True, host_delay=0, host_connections=16, respect_robots=False, read_timeout=8
    )
    done: list[float] = []

    async def fine(web: Web, start: float) -> None:
        found = await web.get(WebRequest(server.url("/ok")))
        assert isinstance(found, WebResponse)
        done.append(time.monotonic() - start)

    async def run() -> None:
        async with Web(policy) as web, asyncio.TaskGroup() as group:
            hanging = [group.create_task(web.get(WebRequest(server.url("/hang")))) for _ in range(50)]
            start = time.monotonic()
            await asyncio.gather(*[fine(web, start) for _ in range(50)])
            for task in hanging:
                task.cancel()

    asyncio.run(run())
    assert max(done) < 7.5


def test_cancelling_leaves_nothing_open(server: FaultServer) -> None:
    """A cancelled request closes its connection and gives its place back."""
    policy = WebPolicy(allow_private_hosts=True, host_delay=0, host_connections=1, respect_robots=False)

    async def run() -> WebResponse | WebFailure:
        async with Web(policy) as web:
            task = asyncio.create_task(web.get(WebRequest(server.url("/hang"))))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await asyncio.wait_for(web.get(WebRequest(server.url("/ok"))), 2)

    assert isinstance(asyncio.run(run()), WebResponse)


def test_an_unforeseen_error_is_an_outcome() -> None:
    """A fault of the client itself is told as such, and does not escape."""

    async def run() -> WebResponse | WebFailure:
        async def resolve(_: str, __: int) -> list[str]:
            raise RuntimeError("unforeseen")

        async with Web(QUICK, resolve=resolve) as web:
            return await web.get(WebRequest("http://example.org/"))

    found = asyncio.run(run())
    assert isinstance(found, WebFailure)
    assert found.reason is Reason.INTERNAL


def test_cost_of_a_request(server: FaultServer) -> None:
    """A request costs the client a few milliseconds of processor time at most, its share of the server's included."""
    body = gzip.compress(PAGE * 300)
    server.answers["/cost"] = reply("200 OK", body, "Content-Type: text/html", "Content-Encoding: gzip")

    async def run(count: int) -> float:
        async with Web(QUICK) as web:
            await web.get(WebRequest(server.url("/cost")))
            start = time.thread_time()
            await asyncio.gather(*[web.get(WebRequest(server.url("/cost"))) for _ in range(count)])
            return (time.thread_time() - start) / count

    assert asyncio.run(run(300)) < 0.004


def test_httpcore_names_its_errors_as_expected() -> None:
    """The protocol errors that reasons are read from still say what they said."""
    assert issubclass(httpcore.ReadError, httpcore.NetworkError)
    assert not issubclass(httpcore.ConnectTimeout, httpcore.NetworkError)

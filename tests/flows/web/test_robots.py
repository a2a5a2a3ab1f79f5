"""robots.txt is obeyed, with its delay, and asked for once."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from flows.web import Reason, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from tests.flows.web.fault_server import FaultServer, gzip_bomb, html, moved, reply, xml

POLICY = WebPolicy(
    allow_private_hosts=True, host_delay=0, connect_timeout=0.5, read_timeout=0.5, total_timeout=1, max_bytes=2**20
)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def asked(server: FaultServer, robots: bytes, *paths: str) -> list[Reason | None]:
    """The reasons (None: all went well) of requests to a server with this robots.txt."""
    server.answers["/robots.txt"] = robots

    async def run() -> list[Reason | None]:
        async with Web(POLICY) as web:
            found = await asyncio.gather(*[web.get(WebRequest(server.url(path))) for path in paths])
            return [f.reason if isinstance(f, WebFailure) else None for f in found]

    return asyncio.run(run())


def text(body: str) -> bytes:
    return reply("200 OK", body.encode(), "Content-Type: text/plain")


def test_disallowed_paths_are_left_alone(server: FaultServer) -> None:
    """What is disallowed for all or for this robot is not asked for; the rest is."""
    rules = text("User-agent: *\nDisallow: /\n\nUser-agent: rasid\nDisallow: /private\nAllow: /private/feed\n")
    server.answers |= {"/private/x": xml(), "/private/feed": xml()}
    assert asked(server, rules, "/ok", "/private/x", "/private/feed") == [None, Reason.ROBOTS, None]
    assert server.times("/private/x") == 0


def test_asked_once_however_many_wait(server: FaultServer) -> None:
    """The file is fetched once per origin."""
    asked(server, text("User-agent: *\nAllow: /"), *["/ok"] * 20)
    assert server.times("/robots.txt") == 1


@pytest.mark.parametrize(
    "robots",
    [
        reply("404 Not Found"),
        reply("403 Forbidden"),
        reply("410 Gone"),
        reply("418 Teapot"),
        reply("200 OK"),
        html(),
        text("\x00\xff nonsense \ud7ff"),
        moved("301 Moved Permanently", "/robots.txt"),
        reply("200 OK", gzip_bomb(2**28), "Content-Encoding: gzip"),
    ],
)
def test_no_usable_file_allows(server: FaultServer, robots: bytes) -> None:
    """A file that is not there, or says nothing, allows all."""
    assert asked(server, robots, "/ok") == [None]


@pytest.mark.parametrize("robots", [reply("500 Broken"), reply("503 Busy"), reply("429 Slow down")])
def test_a_broken_server_forbids(server: FaultServer, robots: bytes) -> None:
    """A server that cannot give its file forbids all for a while, and is not asked again and again."""
    assert set(asked(server, robots, *["/ok"] * 5)) <= {Reason.ROBOTS_UNAVAILABLE, Reason.HOST_WAIT}
    assert server.times("/ok") == 0
    assert server.times("/robots.txt") == 1


def test_a_dead_host_is_told_as_dead() -> None:
    """Where nobody listens, the reason is that, and not the missing file."""
    with FaultServer() as server:
        port = server.port

    async def run() -> WebResponse | WebFailure:
        async with Web(POLICY) as web:
            return await web.get(WebRequest(f"http://127.0.0.1:{port}/feed"))

    found = asyncio.run(run())
    assert isinstance(found, WebFailure)
    assert found.reason is Reason.REFUSED


def test_crawl_delay_is_kept(server: FaultServer) -> None:
    """The longer of the host's own delay and ours holds."""
    start = time.monotonic()
    assert asked(server, text("User-agent: *\nCrawl-delay: 0.4"), "/ok", "/page", "/gzip") == [None] * 3
    assert time.monotonic() - start > 0.75


def test_a_redirect_meets_the_rules_of_its_target(server: FaultServer) -> None:
    """A hop to a disallowed path is not taken."""
    server.answers["/hop"] = moved("302 Found", "/secret")
    assert asked(server, text("User-agent: *\nDisallow: /secret"), "/hop") == [Reason.ROBOTS]
    assert server.times("/secret") == 0

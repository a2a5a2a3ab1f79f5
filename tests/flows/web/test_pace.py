"""One pace per host: delay, connections, and the pauses that a host asks for."""

import asyncio
import itertools
import time
from collections.abc import Iterator

import pytest

from flows.web import Reason, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from flows.web.errors import WebError
from flows.web.pace import PATIENCE, HostPace
from tests.flows.web.fault_server import FaultServer, reply


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def polite(**changes: object) -> WebPolicy:
    return WebPolicy(**{"allow_private_hosts": True, "respect_robots": False, "host_delay": 0, **changes})  # type: ignore[arg-type]


def gather(policy: WebPolicy, *urls: str) -> list[WebResponse | WebFailure]:
    async def run() -> list[WebResponse | WebFailure]:
        async with Web(policy) as web:
            return await asyncio.gather(*[web.get(WebRequest(url)) for url in urls])

    return asyncio.run(run())


def test_requests_of_one_host_are_spaced(server: FaultServer) -> None:
    """However many ask at once, a host is asked no faster than its delay."""
    gather(polite(host_delay=0.15, host_connections=8), *[server.url(f"/ok?{n}") for n in range(5)])
    times = sorted(asked.at for asked in server.asked)
    # A busy machine may notice one request late and the next one in time: the whole is as long as it has to be.
    assert times[-1] - times[0] > 4 * 0.15 - 0.1
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(times))


def test_hosts_do_not_wait_for_each_other() -> None:
    """Two hosts are asked side by side."""
    with FaultServer() as one, FaultServer() as other:
        start = time.monotonic()
        gather(polite(host_delay=1.0), *[s.url("/ok") for s in (one, other) for _ in range(2)])
        assert time.monotonic() - start < 1.9


def test_connections_are_bounded(server: FaultServer) -> None:
    """A host has no more connections open than it is allowed."""
    gather(polite(host_connections=3), *[server.url("/slow-ok") for _ in range(9)])
    assert server.open_most <= 3
    assert server.times("/slow-ok") == 9


def test_no_delay_is_fast(server: FaultServer) -> None:
    """Without a delay, hundreds of requests to one host are a matter of a second or two."""
    start = time.monotonic()
    found = gather(polite(host_connections=16), *[server.url(f"/ok?{n}") for n in range(400)])
    assert all(isinstance(f, WebResponse) for f in found)
    assert time.monotonic() - start < 20  # a delay would make minutes of it


@pytest.mark.parametrize(
    ("path", "seconds"), [("/429", 60), ("/429-seconds", 120), ("/429-date", 300), ("/503-seconds", 90)]
)
def test_a_pause_is_for_the_whole_host(server: FaultServer, path: str, seconds: float) -> None:
    """Retry-After in either form keeps every request away from the host, and tells how long."""

    async def run() -> tuple[WebResponse | WebFailure, ...]:
        async with Web(polite()) as web:
            return await web.get(WebRequest(server.url(path))), await web.get(WebRequest(server.url("/ok")))

    refused, waiting = asyncio.run(run())
    assert isinstance(refused, WebFailure)
    assert refused.retry_after == seconds
    assert isinstance(waiting, WebFailure)
    assert waiting.reason is Reason.HOST_WAIT
    assert waiting.retry_after == pytest.approx(seconds, abs=2)
    assert server.times("/ok") == 0


def test_a_short_pause_is_waited_for(server: FaultServer) -> None:
    """A pause of a second is stood, not reported."""
    server.answers["/busy"] = reply("503 Service Unavailable", b"", "Retry-After: 1")

    async def run() -> WebResponse | WebFailure:
        async with Web(polite()) as web:
            await web.get(WebRequest(server.url("/busy")))
            return await web.get(WebRequest(server.url("/ok")))

    start = time.monotonic()
    assert isinstance(asyncio.run(run()), WebResponse)
    assert time.monotonic() - start > 0.9


def test_a_longer_pause_is_not_shortened() -> None:
    """The longest pause that a host asked for holds."""

    async def run() -> float | None:
        pace = HostPace(0, 1)
        pace.pause(600)
        pace.pause(PATIENCE / 10)
        with pytest.raises(WebError) as told:
            async with pace.turn():
                pass
        return told.value.retry_after

    assert asyncio.run(run()) == pytest.approx(600, abs=2)


def test_places_come_back_after_lending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that wait long lend their places, and when all are done there are as many places as before."""
    monkeypatch.setattr("flows.web.pace.OVERDUE", 0.05)

    async def slow(pace: HostPace) -> None:
        async with pace.turn():
            await asyncio.sleep(0.6)

    async def run() -> tuple[float, int, int]:
        pace = HostPace(0, 1)
        start = time.monotonic()
        await asyncio.gather(*[slow(pace) for _ in range(4)])
        return time.monotonic() - start, pace._places._value, pace._lent

    taken, places, lent = asyncio.run(run())
    assert taken < 1.8
    assert (places, lent) == (1, 0)

"""The check between a name's answer and the dial."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable

import httpcore
import pytest

from flows.web import Reason, Web, WebFailure, WebPolicy, WebRequest, WebResponse
from flows.web.dial import GuardedBackend
from flows.web.errors import WebError
from tests.flows.web.fault_server import FaultServer, moved

PUBLIC_ONLY = WebPolicy(
    host_delay=0, connect_timeout=0.5, read_timeout=0.5, total_timeout=1.0, respect_robots=False, host_connections=16
)


def fixed(*addresses: str) -> Callable[[str, int], Awaitable[list[str]]]:
    """A name lookup that always answers the same."""

    async def resolve(_: str, __: int) -> list[str]:
        return list(addresses)

    return resolve


def ask(
    url: str, policy: WebPolicy = PUBLIC_ONLY, resolve: Callable[[str, int], Awaitable[list[str]]] | None = None
) -> WebResponse | WebFailure:
    async def run() -> WebResponse | WebFailure:
        async with Web(policy, resolve=resolve) as web:
            return await web.get(WebRequest(url))

    return asyncio.run(run())


def failed(found: WebResponse | WebFailure) -> Reason:
    assert isinstance(found, WebFailure), found
    return found.reason


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0", "localhost", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "169.254.169.254", "10.0.0.1", "[fe80::1]",
    ],
)  # fmt: skip
def test_private_addresses_in_any_notation_are_refused(host: str) -> None:
    """A literal address is judged by where it leads, however it is written, and nothing is dialled."""
    with FaultServer() as server:
        assert failed(ask(f"http://{host}:{server.port}/ok")) in {Reason.FORBIDDEN_ADDRESS, Reason.BAD_URL}
        assert server.open_most == 0


@pytest.mark.parametrize("answers", [("10.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("2606:4700::1", "::ffff:10.0.0.1")])
def test_every_answer_of_a_name_is_judged(answers: tuple[str, ...]) -> None:
    """One private address among a name's answers refuses the name."""
    assert failed(ask("http://news.example/", resolve=fixed(*answers))) is Reason.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("path", ["/to-private", "/to-metadata"])
def test_every_hop_is_judged(path: str) -> None:
    """A redirect to a private address is refused where it is followed."""
    with FaultServer() as server:
        # The server itself stands in for a public site: only the first name is allowed to lead to loopback.
        async def run() -> WebResponse | WebFailure:
            async with Web(PUBLIC_ONLY, resolve=fixed("127.0.0.1")) as web:
                guard = web._connections._backend
                allowed = guard._allowed  # type: ignore[attr-defined]

                async def loopback_for_site(host: str, port: int) -> list[str]:
                    return ["127.0.0.1"] if host == "site.example" else await allowed(host, port)

                guard._allowed = loopback_for_site  # type: ignore[attr-defined]
                return await web.get(WebRequest(f"http://site.example:{server.port}{path}"))

        assert failed(asyncio.run(run())) is Reason.FORBIDDEN_ADDRESS
        assert server.times(path) == 1


class NoNetwork(httpcore.AsyncMockBackend):
    """A network that only notes what is dialled."""

    def __init__(self) -> None:
        super().__init__([])
        self.dialled: list[str] = []

    async def connect_tcp(self, host: str, *args: object, **more: object) -> httpcore.AsyncNetworkStream:
        """Note the address and pretend to be connected."""
        self.dialled.append(host)
        return await super().connect_tcp(host, *args, **more)  # type: ignore[arg-type]


def test_a_name_that_changes_its_answer() -> None:
    """What is dialled is the address that was judged; a second, private answer is not."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])

    async def resolve(_: str, __: int) -> list[str]:
        return next(answers)

    async def run() -> list[str]:
        guard = GuardedBackend(resolve, allow_private=False)
        guard._network = network = NoNetwork()  # type: ignore[assignment]
        await guard.connect_tcp("rebind.example", 80)
        with pytest.raises(WebError, match="forbidden-address"):
            await guard.connect_tcp("rebind.example", 80)
        return network.dialled

    assert asyncio.run(run()) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "Name or service not known"), OSError("SERVFAIL"), UnicodeError("label")]
)
def test_a_name_without_answer_is_dns(error: Exception) -> None:
    """A lookup that fails, for whatever cause, is a matter of DNS."""

    async def resolve(_: str, __: int) -> list[str]:
        raise error

    assert failed(ask("http://gone.example/", resolve=resolve)) is Reason.DNS


def test_a_slow_lookup_ends_in_time() -> None:
    """A name server that does not answer costs no more than the time for connecting."""

    async def resolve(_: str, __: int) -> list[str]:
        await asyncio.sleep(30)
        return []

    start = time.monotonic()
    assert failed(ask("http://slow.example/", resolve=resolve)) is Reason.TIMEOUT_CONNECT
    assert time.monotonic() - start < 2


def test_the_second_address_is_tried() -> None:
    """An address where nobody listens does not hide the one where somebody does."""
    private = WebPolicy(allow_private_hosts=True, host_delay=0, respect_robots=False)
    with FaultServer() as server:
        found = ask(f"http://two.example:{server.port}/ok", private, fixed("::1", "127.0.0.2", "127.0.0.1"))
        assert isinstance(found, WebResponse), found


def test_private_hosts_can_be_allowed() -> None:
    """The operator can open the way to private addresses."""
    with FaultServer() as server:
        server.answers["/hop"] = moved("302 Found", "/ok")
        found = ask(server.url("/hop"), WebPolicy(allow_private_hosts=True, host_delay=0, respect_robots=False))
    assert isinstance(found, WebResponse)

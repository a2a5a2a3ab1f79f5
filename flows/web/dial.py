"""Opening connections: the one place where names become addresses, and where private ones are refused.

The check stands between the name's answer and the dial, so a name that answers differently the second time, a literal
in an odd notation and the target of a redirect all meet it.
"""

import asyncio
import errno
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain as flatten
from itertools import zip_longest

import httpcore

from flows.web.addresses import is_public
from flows.web.errors import WebError, chain
from flows.web.messages import Reason

Resolve = Callable[[str, int], Awaitable[list[str]]]
MAX_DIALLED = 4
LOOKUPS_AT_ONCE = 64


class SystemResolver:
    """The system's name lookup, in threads of its own so that slow answers hold up nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="dns")

    async def __call__(self, host: str, port: int) -> list[str]:
        """Every address of a host, in the system's order of preference; OSError where there is none."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _addresses, host, port)
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Take no more lookups; those under way are left to end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int) -> list[str]:
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's way to the network, with the address check in it."""

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address of `host` that answers; WebError for each way to fail."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._allowed(host, port)
                return await self._first(addresses, port, timeout, local_address, socket_options)
        except TimeoutError:
            raise WebError(Reason.TIMEOUT_CONNECT, f"{host}:{port}") from None

    async def _allowed(self, host: str, port: int) -> list[str]:
        """The addresses to try. One forbidden among them refuses all: a mixed answer is the mark of an attack."""
        addresses = await self._lookup(host, port)
        forbidden = [a for a in addresses if not self._allow_private and not is_public(a)]
        if forbidden:
            raise WebError(Reason.FORBIDDEN_ADDRESS, f"{host} is {forbidden[0]}")
        return _alternating(addresses)[:MAX_DIALLED]

    async def _lookup(self, host: str, port: int) -> list[str]:
        literal = host.strip("[]")
        try:
            return [str(ipaddress.ip_address(literal))]
        except ValueError:
            pass
        try:
            addresses = await self._resolve(literal, port)
        except (OSError, UnicodeError) as error:
            raise WebError(Reason.DNS, f"{host}: {error}") from error
        if not addresses:
            raise WebError(Reason.DNS, f"{host}: no address")
        return addresses

    async def _first(
        self,
        addresses: list[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        share = None if timeout is None else timeout / len(addresses)
        failure: Exception = OSError("no address")
        for address in addresses:
            try:
                stream = await self._network.connect_tcp(address, port, share, local_address, socket_options)
                return _Dialled(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise WebError(_dial_reason(failure), f"{addresses[0]} port {port}") from failure


class _Dialled(httpcore.AsyncNetworkStream):
    """A stream that is closed too when its handshake is cancelled, which httpcore leaves open."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.read = stream.read  # type: ignore[method-assign]  # no call more for each piece read
        self.write = stream.write  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """The same stream under TLS."""
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except asyncio.CancelledError:
            await self._stream.aclose()
            raise


def _alternating(addresses: list[str]) -> list[str]:
    """Both families in turn, in the order given, so that one that leads nowhere costs one attempt only."""
    six = [a for a in addresses if ":" in a]
    four = [a for a in addresses if ":" not in a]
    first, second = (six, four) if addresses[0] in six else (four, six)
    return [a for a in flatten.from_iterable(zip_longest(first, second)) if a is not None]


def _dial_reason(error: Exception) -> Reason:
    if isinstance(error, httpcore.ConnectTimeout):
        return Reason.TIMEOUT_CONNECT
    codes = {e.errno for e in chain(error) if isinstance(e, OSError)}
    return Reason.REFUSED if errno.ECONNREFUSED in codes else Reason.UNREACHABLE

"""Kept connections, by origin, and one request over one of them.

httpcore's connections without its pool: the pool looks at every connection on every request, which costs more than the
request itself, and the number of connections to a host is already bounded by its pace.
"""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import cast

import httpcore

from flows.policy import WebPolicy

KEPT_SECONDS = 20.0
MAX_KEPT = 128
STALE = (httpcore.NetworkError, httpcore.RemoteProtocolError, httpcore.ConnectionNotAvailable)

Origin = tuple[bytes, bytes, int | None]


class Answer:
    """A status with its headers, and a body that is still on its way."""

    def __init__(self, response: httpcore.Response) -> None:
        self.status = response.status
        self.headers = response.headers
        self.read_whole = False
        self._stream = response.stream

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes, still in its coding."""
        stream = cast("AsyncIterator[bytes]", self._stream).__aiter__()
        async with aclosing(stream):  # type: ignore[type-var]  # an async generator, typed wider
            async for piece in stream:
                yield piece
        self.read_whole = True


class Connections:
    """Idle connections by origin, the longest idle closed first when there are too many."""

    def __init__(self, policy: WebPolicy, backend: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext) -> None:
        self._backend = backend
        self._tls = tls
        self._idle: OrderedDict[httpcore.AsyncHTTPConnection, Origin] = OrderedDict()
        self._by_origin: dict[Origin, list[httpcore.AsyncHTTPConnection]] = {}
        self._open = asyncio.Semaphore(policy.connections)
        self._timeouts = {
            "connect": policy.connect_timeout,
            "read": policy.read_timeout,
            "write": policy.read_timeout,
        }

    @asynccontextmanager
    async def answer(self, url: httpcore.URL, headers: list[tuple[bytes, bytes]]) -> AsyncIterator[Answer]:
        """The answer to a GET, its body still to be read. A body that is left unread costs the connection."""
        request = httpcore.Request("GET", url, headers=headers, extensions={"timeout": self._timeouts})
        async with self._open:
            connection, response = await self._send(request)
            answer = Answer(response)
            try:
                yield answer
            finally:
                await response.aclose()
                await self._give_back(connection, _origin(url), answer)

    async def _send(self, request: httpcore.Request) -> tuple[httpcore.AsyncHTTPConnection, httpcore.Response]:
        kept = await self._take(_origin(request.url))
        if kept is not None:
            try:
                return kept, await _over(kept, request)
            except STALE:
                pass  # closed by the server while it was idle: a new one may do
        fresh = self._new(request.url.origin)
        return fresh, await _over(fresh, request)

    def _new(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin,
            ssl_context=self._tls,
            keepalive_expiry=KEPT_SECONDS,
            http2=True,
            network_backend=self._backend,
        )

    async def _take(self, origin: Origin) -> httpcore.AsyncHTTPConnection | None:
        idle = self._by_origin.get(origin, [])
        while idle:
            connection = idle.pop()
            self._idle.pop(connection)
            if connection.is_idle() and not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def _give_back(self, connection: httpcore.AsyncHTTPConnection, origin: Origin, answer: Answer) -> None:
        if not answer.read_whole or not connection.is_idle():
            await connection.aclose()
            return
        self._idle[connection] = origin
        self._by_origin.setdefault(origin, []).append(connection)
        while len(self._idle) > MAX_KEPT:
            await self._drop_oldest()

    async def _drop_oldest(self) -> None:
        connection, origin = self._idle.popitem(last=False)
        self._by_origin[origin].remove(connection)
        if not self._by_origin[origin]:
            del self._by_origin[origin]
        await connection.aclose()

    async def aclose(self) -> None:
        """Close all that is kept."""
        while self._idle:
            await self._drop_oldest()


async def _over(connection: httpcore.AsyncHTTPConnection, request: httpcore.Request) -> httpcore.Response:
    try:
        return await connection.handle_async_request(request)
    except BaseException:
        await connection.aclose()
        raise


def _origin(url: httpcore.URL) -> Origin:
    return url.scheme, url.host, url.port

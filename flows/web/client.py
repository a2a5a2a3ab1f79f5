"""The polite, safe client: one GET at a time through checks, pace, redirects and caps, ending in one named outcome."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

import httpx

from flows.policy import WebPolicy
from flows.web.body import Body, read_body
from flows.web.book import HostBook
from flows.web.challenge import is_challenge
from flows.web.connections import Answer, Connections
from flows.web.dial import GuardedBackend, Resolve, SystemResolver
from flows.web.errors import WebError, named
from flows.web.headers import as_text, request_headers, retry_after
from flows.web.messages import Reason, Redirect, WebFailure, WebRequest, WebResponse
from flows.web.pace import Paces
from flows.web.robots import Robots
from flows.web.target import Target, target_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
ERROR_BODY = 16 * 1024
PAUSE_UNSAID = 60.0  # after a 429 that names no time
BY_STATUS = {
    401: Reason.HTTP_401,
    403: Reason.HTTP_403,
    404: Reason.HTTP_404,
    410: Reason.HTTP_410,
    429: Reason.HTTP_429,
}


class Web:
    """An async context manager; `get` may be called by many tasks at once."""

    def __init__(
        self,
        policy: WebPolicy,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
        book: HostBook | None = None,
    ) -> None:
        """A client by `policy`; name lookup, trusted certificates and the wall clock can be given for tests.

        With a `book`, it keeps one pace for each host with all clients that have the same one.
        """
        self._policy = policy
        self._clock = clock
        self._resolver = SystemResolver()
        backend = GuardedBackend(resolve or self._resolver, allow_private=policy.allow_private_hosts)
        self._connections = Connections(policy, backend, tls or httpx.create_ssl_context())
        self._book = book
        self._paces = Paces(policy.host_delay, policy.host_connections, book)
        self._robots = Robots(lambda request: self._get(request, robots=False), policy.robots_name, book)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection; requests still under way end with an outcome of their own."""
        await self._robots.aclose()
        await self._connections.aclose()
        self._resolver.close()

    async def get(self, request: WebRequest) -> WebResponse | WebFailure:
        """The answer to one request, or why there is none. Raises nothing but CancelledError."""
        return await self._get(request, robots=self._policy.respect_robots)

    async def _get(self, request: WebRequest, *, robots: bool) -> WebResponse | WebFailure:
        errand = _Errand(self._policy.total_timeout)
        try:
            return await self._follow(request, errand, robots=robots)
        except Exception as error:  # noqa: BLE001 - whatever a server provokes is an outcome, not a crash
            failure = named(error)
            return WebFailure(
                url=request.url,
                reason=failure.reason,
                detail=failure.detail,
                status=failure.status,
                retry_after=failure.retry_after,
                elapsed=errand.spent,
            )

    async def _follow(self, request: WebRequest, errand: "_Errand", *, robots: bool) -> WebResponse:
        target = target_of(request.url)
        while True:
            found = await self._hop(target, request, errand, robots=robots)
            if isinstance(found, WebResponse):
                return found
            target = self._next(target, found, errand)

    def _next(self, target: Target, found: Redirect, errand: "_Errand") -> Target:
        following = target_of(found.url, base=target.url)
        errand.hops.append(Redirect(found.status, following.url))
        if len(errand.hops) > self._policy.max_redirects:
            raise WebError(Reason.TOO_MANY_REDIRECTS, following.url, status=found.status)
        return following

    async def _hop(
        self, target: Target, request: WebRequest, errand: "_Errand", *, robots: bool
    ) -> WebResponse | Redirect:
        pace = self._paces.of(target.host)
        if robots:
            pace.delay = max(self._policy.host_delay, await self._robots.check(target))
        async with pace.turn(), errand.timed():
            return await self._exchange(target, request, errand)

    async def _exchange(self, target: Target, request: WebRequest, errand: "_Errand") -> WebResponse | Redirect:
        async with self._connections.answer(target.core, request_headers(target, request, self._policy)) as answer:
            headers = as_text(answer.headers)
            if answer.status in REDIRECTS:
                await _small_body(answer, headers)
                return _redirect(answer.status, headers)
            if answer.status == NOT_MODIFIED or 200 <= answer.status < 300:
                return await self._success(target, request, errand, answer, headers)
            raise await self._refusal(target, answer, headers)

    async def _success(
        self, target: Target, request: WebRequest, errand: "_Errand", answer: Answer, headers: dict[str, str]
    ) -> WebResponse:
        unchanged = answer.status == NOT_MODIFIED
        if unchanged and (request.unconditional or not (request.etag or request.last_modified)):
            raise WebError(Reason.PROTOCOL, "304 to an unconditional request", status=answer.status)
        body = await read_body(answer.pieces(), headers.get("content-encoding", ""), self._policy.max_bytes)
        if is_challenge(headers, body.data):
            raise WebError(Reason.CHALLENGE, "in place of the page", status=answer.status)
        return WebResponse(
            url=request.url,
            final_url=target.url,
            status=answer.status,
            headers=headers,
            body=body.data,
            truncated=body.truncated,
            not_modified=unchanged,
            redirects=tuple(errand.hops),
            elapsed=errand.spent,
        )

    async def _refusal(self, target: Target, answer: Answer, headers: dict[str, str]) -> WebError:
        """What an answer of 3xx, 4xx or 5xx means; the host is given the pause that it asks for."""
        body = await _small_body(answer, headers)
        wait = retry_after(headers, self._clock())
        reason = _by_status(answer.status)
        if is_challenge(headers, body):
            reason = Reason.CHALLENGE
        elif reason is Reason.HTTP_429 and wait is None:
            wait = PAUSE_UNSAID
        if wait is not None:
            await self._pause(target.host, wait)
        return WebError(reason, f"status {answer.status}", status=answer.status, retry_after=wait)

    async def _pause(self, host: str, seconds: float) -> None:
        self._paces.of(host).pause(seconds)
        if self._book is not None and seconds > 0:
            await self._book.close(host, seconds)


class _Errand:
    """The time that one request may take over all its hops, and the hops so far. Waiting for turns is not counted."""

    def __init__(self, seconds: float) -> None:
        self.hops: list[Redirect] = []
        self._seconds = seconds
        self._spent = 0.0
        self._started: float | None = None

    @property
    def spent(self) -> float:
        """Seconds so far, those of the hop under way included."""
        return self._spent + (time.monotonic() - self._started if self._started else 0.0)

    @asynccontextmanager
    async def timed(self) -> AsyncIterator[None]:
        """Count the time spent inside, and end it with TimeoutError when the whole errand's time is over."""
        self._started = time.monotonic()
        try:
            async with asyncio.timeout(max(self._seconds - self._spent, 0.0)):
                yield
        finally:
            self._spent, self._started = self.spent, None


async def _small_body(answer: Answer, headers: dict[str, str]) -> bytes:
    """The first bytes of a body that only says what is wrong; empty where it cannot be read."""
    try:
        body: Body = await read_body(answer.pieces(), headers.get("content-encoding", ""), ERROR_BODY)
    except WebError:
        return b""
    return body.data


def _redirect(status: int, headers: dict[str, str]) -> Redirect:
    location = headers.get("location", "").strip()
    if not location:
        raise WebError(Reason.BAD_REDIRECT, "no location", status=status)
    return Redirect(status, location)


def _by_status(status: int) -> Reason:
    if status in BY_STATUS:
        return BY_STATUS[status]
    if 400 <= status < 500:
        return Reason.HTTP_4XX
    return Reason.HTTP_5XX if status >= 500 else Reason.BAD_REDIRECT

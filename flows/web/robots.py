"""robots.txt: asked for once per origin and day, obeyed with its Crawl-delay, and what to think when it cannot be read.

As RFC 9309 has it: a file that is not there allows all; one that cannot be had for a fault of the server or the network
forbids all until a later try.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from flows.web.book import HostBook, RobotsCopy
from flows.web.errors import WebError
from flows.web.messages import Reason, WebFailure, WebRequest, WebResponse
from flows.web.target import Target

KEPT = 24 * 3600.0
KEPT_UNAVAILABLE = 600.0
MAX_CRAWL_DELAY = 120.0
MAX_ROBOTS = 512 * 1024
CLIENT_ERRORS = frozenset({Reason.HTTP_401, Reason.HTTP_403, Reason.HTTP_404, Reason.HTTP_410, Reason.HTTP_4XX})
SERVER_SAYS_NO = frozenset({Reason.HTTP_5XX, Reason.HTTP_429})
# Nonsense is as good as no file: the publisher has said nothing. A challenge will meet the request itself too.
NONSENSE = frozenset(
    {Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT, Reason.BAD_ENCODING, Reason.TOO_LARGE, Reason.CHALLENGE}
)

Fetch = Callable[[WebRequest], Awaitable[WebResponse | WebFailure]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin wishes: a parsed file, or none at all (`unavailable` says why all is forbidden)."""

    parsed: Protego | None
    crawl_delay: float
    expires: float
    unavailable: WebFailure | None = None


class Robots:
    """The rules of every origin met so far; each file is asked for once, however many wait for it."""

    def __init__(self, fetch: Fetch, name: str, book: HostBook | None = None) -> None:
        self._fetch = fetch
        self._name = name
        self._book = book
        self._known: dict[str, Rules] = {}
        self._asked: dict[str, asyncio.Task[Rules]] = {}

    async def check(self, target: Target) -> float:
        """The origin's Crawl-delay in seconds (0: none) if the target may be fetched; WebError if not."""
        rules = await self._rules(target.origin)
        if rules.unavailable is not None:
            raise _unavailable(rules.unavailable)
        if rules.parsed is not None and not rules.parsed.can_fetch(target.url, self._name):
            raise WebError(Reason.ROBOTS, target.path)
        return rules.crawl_delay

    async def _rules(self, origin: str) -> Rules:
        known = self._known.get(origin)
        if known is not None and known.expires > asyncio.get_running_loop().time():
            return known
        task = self._asked.get(origin)
        if task is None:
            task = self._asked[origin] = asyncio.create_task(self._ask(origin))
            task.add_done_callback(lambda _: self._asked.pop(origin, None))
        return await asyncio.shield(task)

    async def _ask(self, origin: str) -> Rules:
        known = await self._book.robots(origin) if self._book is not None else None
        if known is not None:
            rules = self._known[origin] = rules_of(known, self._name, asyncio.get_running_loop().time())
            return rules
        answer = await self._fetch(WebRequest(f"{origin}/robots.txt", accept="page", unconditional=True))
        copy = copy_of(answer)
        failure = answer if isinstance(answer, WebFailure) else None
        rules = rules_of(copy, self._name, asyncio.get_running_loop().time(), failure)
        if copy.reason is Reason.HOST_WAIT:
            return rules  # nothing was asked, so nothing was learnt
        self._known[origin] = rules
        if self._book is not None and _is_the_hosts_word(copy):
            await self._book.keep_robots(origin, copy)
        return rules

    async def aclose(self) -> None:
        """End the requests under way."""
        tasks = list(self._asked.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def copy_of(answer: WebResponse | WebFailure) -> RobotsCopy:
    """What an answer for robots.txt stands for, and for how long."""
    if isinstance(answer, WebResponse):
        return RobotsCopy("read", answer.body[:MAX_ROBOTS].decode("utf-8", "replace"), None, KEPT)
    if answer.reason in CLIENT_ERRORS | NONSENSE:
        return RobotsCopy("none", None, answer.reason, KEPT)
    return RobotsCopy("unavailable", None, answer.reason, answer.retry_after or KEPT_UNAVAILABLE)


def rules_of(copy: RobotsCopy, name: str, now: float, failure: WebFailure | None = None) -> Rules:
    """The rules that a copy stands for, and until when (`now` and `expires` on the loop's clock).

    `failure` tells more of an unavailable one, where it happened just now.
    """
    expires = now + copy.seconds
    if copy.text is None:
        known = WebFailure("", copy.reason or Reason.HTTP_5XX, "lately", retry_after=copy.seconds)
        return Rules(None, 0.0, expires, (failure or known) if copy.outcome == "unavailable" else None)
    parsed = Protego.parse(copy.text)
    return Rules(parsed, min(float(parsed.crawl_delay(name) or 0.0), MAX_CRAWL_DELAY), expires)


def _is_the_hosts_word(copy: RobotsCopy) -> bool:
    """Whether others should believe it: a network that fails this worker may carry the next one."""
    return copy.outcome != "unavailable" or copy.reason in SERVER_SAYS_NO


def _unavailable(failure: WebFailure) -> WebError:
    # A dead host is told as what it is; only a server that answers, and badly, is a matter of robots.txt.
    reason = Reason.ROBOTS_UNAVAILABLE if failure.reason in SERVER_SAYS_NO else failure.reason
    detail = f"robots.txt: {failure.reason} {failure.detail}"
    return WebError(reason, detail, status=failure.status, retry_after=failure.retry_after)

"""The hosts' book in the database: every worker's turns, pauses and robots.txt, asked for some at a time."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from db import hosts
from db.hosts import KeptRobots, Turns, Wanted
from flows.steps.store import DatabaseLost, Store
from flows.web import Reason, RobotsCopy, Turn

BELIEVED = 10.0  # seconds for which a host without a delay is taken to be as open as it was


@dataclass(frozen=True, slots=True)
class _Asked:
    host: str
    delay: float
    answer: asyncio.Future[Turn]


class StoredHosts:
    """A HostBook (see flows/web/book.py) for one cycle. While the database is away, the cycle's own pace must do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked: list[_Asked] = []
        self._taking: asyncio.Task[None] | None = None
        self._open_until: dict[str, float] = {}

    async def turn(self, host: str, delay: float) -> Turn:
        """Take the next turn at a host; all who ask while one transaction runs share the next one."""
        loop = asyncio.get_running_loop()
        if delay <= 0 and self._open_until.get(host, 0.0) > loop.time():
            return Turn(0.0)
        asked = _Asked(host, delay, loop.create_future())
        self._asked.append(asked)
        if self._taking is None or self._taking.done():
            self._taking = loop.create_task(self._take())
        return await asked.answer

    async def _take(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                answers = await self._turns(_wanted(asked))
            except Exception as error:  # noqa: BLE001 - it belongs to those who wait for it
                for one in asked:
                    if not one.answer.done():
                        one.answer.set_exception(error)
            else:
                self._hand_out(asked, answers)

    async def _turns(self, wanted: Mapping[str, Wanted]) -> Mapping[str, Turns]:
        try:
            return await self._store.run(lambda found: hosts.take_turns(found, wanted, now=self._store.clock()))
        except DatabaseLost:
            return {host: Turns(0.0, granted=True, count=one.count) for host, one in wanted.items()}

    def _hand_out(self, asked: Iterable[_Asked], answers: Mapping[str, Turns]) -> None:
        served: Counter[str] = Counter()
        now = asyncio.get_running_loop().time()
        for one in asked:
            found, before = answers[one.host], served[one.host]
            if one.delay <= 0 and found.granted:
                self._open_until[one.host] = now + BELIEVED
            if not one.answer.done():
                one.answer.set_result(Turn(found.wait + before * one.delay, found.granted and before < found.count))
            if found.granted and before < found.count:
                served[one.host] += 1

    async def close(self, host: str, seconds: float) -> None:
        """Keep all workers away from a host for so long."""
        now = self._store.clock()
        until = now + timedelta(seconds=seconds)
        self._open_until.pop(host, None)
        try:
            await self._store.run(lambda connection: hosts.close_host(connection, host, until=until, now=now))
        except DatabaseLost:
            return

    async def robots(self, origin: str) -> RobotsCopy | None:
        """What any worker learnt of an origin's robots.txt."""
        now = self._store.clock()
        try:
            kept = await self._store.run(lambda connection: hosts.kept_robots(connection, origin, now=now))
        except DatabaseLost:
            return None
        return None if kept is None else _copy(kept, (kept.expires_at - now).total_seconds())

    async def keep_robots(self, origin: str, robots: RobotsCopy) -> None:
        """Let all workers know of an origin's robots.txt."""
        now = self._store.clock()
        kept = KeptRobots(robots.outcome, robots.text, robots.reason, now + timedelta(seconds=robots.seconds))
        try:
            await self._store.run(lambda connection: hosts.keep_robots(connection, origin, kept, now=now))
        except DatabaseLost:
            return


def _wanted(asked: Iterable[_Asked]) -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {}
    for one in asked:
        before = wanted.get(one.host, Wanted(one.delay, 0))
        wanted[one.host] = Wanted(max(one.delay, before.delay), before.count + 1)
    return wanted


def _copy(kept: KeptRobots, seconds: float) -> RobotsCopy:
    known = {reason.value: reason for reason in Reason}
    return RobotsCopy(kept.outcome, kept.body, known.get(kept.reason or ""), seconds)

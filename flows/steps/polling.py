"""The first stage of a cycle: claim the feeds that are due, ask, read and record each, many at a time."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from db.leases import LeaseLost
from db.polling import ClaimedFeed, claim_feeds
from flows.steps.plan import CyclePlan
from flows.steps.poll import Answer, Polled, ask, follow_index, read_answer, record, with_parts
from flows.steps.report import Tally
from flows.steps.store import REFUSED, Store
from flows.web import Reason, Web, WebFailure

CLAIMED_AT_ONCE = 50


class Polling:
    """Polls of one cycle. `chance` draws numbers from 0 to 1; `wake` is called when there are pages to fetch."""

    def __init__(
        self,
        plan: CyclePlan,
        store: Store,
        web: Web,
        tally: Tally,
        chance: Callable[[], float],
        wake: Callable[[], None],
    ) -> None:
        self._plan, self._store, self._web, self._tally = plan, store, web, tally
        self._chance, self._wake = chance, wake
        self._named = None if plan.feeds is None else set(plan.feeds)
        self._room = asyncio.Semaphore(plan.polls_at_once)

    async def run(self, deadline: float | None) -> bool:
        """Poll until nothing is due (True), or no more is to be begun (False)."""
        if not self._plan.polls:
            return True
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            while deadline is None or loop.time() < deadline:
                await self._room.acquire()
                self._room.release()
                feeds = await self._claim()
                if not feeds:
                    return True
                for feed in feeds:
                    await self._room.acquire()
                    group.create_task(self._poll(feed))
        return False

    async def _claim(self) -> list[ClaimedFeed]:
        if self._named is not None and not self._named:
            return []
        store, plan = self._store, self._plan
        feeds = await store.run(
            lambda connection: claim_feeds(
                connection,
                owner=store.owner,
                now=store.clock(),
                limit=CLAIMED_AT_ONCE,
                only=self._named,
                part=plan.part,
            )
        )
        if self._named is not None:
            self._named.difference_update(feed.id for feed in feeds)
        self._tally.feeds_claimed += len(feeds)
        return feeds

    async def _poll(self, feed: ClaimedFeed) -> None:
        try:
            polled = await self._record(await self._ask(feed))
        except LeaseLost:
            self._tally.lost_leases += 1
            return
        finally:
            self._room.release()
        self._tally.polled(feed, polled.result, polled.counts, by_name=self._named is not None)
        if polled.counts.pages_new:
            self._wake()

    async def _ask(self, feed: ClaimedFeed) -> Answer:
        now = self._store.clock()
        answer = await ask(self._web, feed, now=now, chance=self._chance())
        answer = await asyncio.to_thread(read_answer, answer, now=now)
        answer = await follow_index(self._web, answer)
        return await asyncio.to_thread(with_parts, answer, now=now) if answer.parts else answer

    async def _record(self, answer: Answer) -> Polled:
        chance = self._chance()

        def store(connection: Connection, answers: Sequence[Answer]) -> Polled:
            return record(connection, answers[0], owner=self._store.owner, now=self._store.clock(), chance=chance)

        return (await self._store.run_batch(store, [answer], _refused))[0]


def _refused(answer: Answer, why: str) -> Answer:
    """The poll as a failure of our own, where the database would not take what was read."""
    return replace(answer, response=WebFailure(answer.feed.url, Reason.INTERNAL, f"{REFUSED}: {why}"), document=None)

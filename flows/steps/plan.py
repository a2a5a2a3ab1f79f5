"""What a cycle is to do, and within which bounds."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from flows.policy import WebPolicy
from flows.steps.store import PATIENCE


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """One cycle: the feeds named by id, due or not, with their pages; or all that is due.

    `part` (i, n) leaves all hosts but the i-th of n parts to others. `seconds` is when no new work is taken any more;
    what was begun is ended, and the rest stays due. Without `polls` no feed is polled: pages get what they are owed.
    """

    policy: WebPolicy = field(default_factory=WebPolicy)
    feeds: Collection[int] | None = None
    part: tuple[int, int] | None = None
    seconds: float | None = None
    polls: bool = True
    polls_at_once: int = 200
    pages_at_once: int = 64
    bytes_waiting: int = 96 * 2**20  # of bodies fetched and not yet read: beyond it, no page is asked for
    database_patience: float = PATIENCE  # seconds that a database that is away is waited for

    @property
    def pages_per_host(self) -> int:
        """Pages of one host that are in hand at once: enough to keep its connections busy, and no more."""
        return max(2 * self.policy.host_connections, 4)


def shards(plan: CyclePlan, count: int) -> list[CyclePlan]:
    """The plan cut into `count` parts that share no host, to be run side by side by any workers.

    Run the whole plan once more when they are done: it fetches the pages that a feed of one part lists on a host of
    another that had ended already, and costs next to nothing where there are none.
    """
    return [replace(plan, part=(number, count)) for number in range(count)]

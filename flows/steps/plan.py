"""What a cycle is to do, and within which bounds."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from flows.web import WebPolicy


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """One cycle: the feeds named by id, due or not, with their pages; or all that is due.

    `part` (i, n) leaves all hosts but the i-th of n parts to others. `seconds` is when no new work is taken any more;
    what was begun is ended, and the rest stays due.
    """

    policy: WebPolicy = field(default_factory=WebPolicy)
    feeds: Collection[int] | None = None
    part: tuple[int, int] | None = None
    seconds: float | None = None
    polls_at_once: int = 100
    pages_at_once: int = 64
    bytes_waiting: int = 96 * 2**20  # of bodies fetched and not yet read: beyond it, no page is asked for

    @property
    def pages_per_host(self) -> int:
        """Pages of one host that are in hand at once: enough to keep its connections busy, and no more."""
        return max(2 * self.policy.host_connections, 4)


def shards(plan: CyclePlan, count: int) -> list[CyclePlan]:
    """The plan cut into `count` parts that share no host, to be run side by side by any workers."""
    return [replace(plan, part=(number, count)) for number in range(count)]

"""What clients that ask the same hosts would have to tell each other. One client alone needs none of it."""

from dataclasses import dataclass
from typing import Literal, Protocol

from flows.web.messages import Reason


@dataclass(frozen=True, slots=True)
class Turn:
    """When a request may start: in `wait` seconds. Not granted: the host is closed, or the line is too long."""

    wait: float
    granted: bool = True


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """What came of asking for a robots.txt: its text, or none (which allows all), or the server's refusal to tell.

    `seconds` is for how long that holds.
    """

    outcome: Literal["read", "none", "unavailable"]
    text: str | None
    reason: Reason | None
    seconds: float


class HostBook(Protocol):
    """Kept where all clients can read it."""

    async def turn(self, host: str, delay: float) -> Turn:
        """Take the next turn at a host whose requests are to start so many seconds apart."""

    async def close(self, host: str, seconds: float) -> None:
        """Keep all clients away from a host for so long."""

    async def robots(self, origin: str) -> RobotsCopy | None:
        """What is known of an origin's robots.txt."""

    async def keep_robots(self, origin: str, robots: RobotsCopy) -> None:
        """Let all clients know of an origin's robots.txt."""

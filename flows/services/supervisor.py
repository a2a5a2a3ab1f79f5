"""Keep children alive until this process is told to end: who ends unasked is started again, ever more slowly."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

import structlog

from flows.services.children import Child

log = structlog.get_logger()

_LOOK_SECONDS = 1.0
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_GOOD_RUN = 300.0  # who ran this long had no bad start: its next pause is the first one again


class Told(BaseException):  # no Exception: nothing that survives errors may survive this
    """This process was told to end, by Ctrl-C or SIGTERM."""


@contextmanager
def until_told() -> Iterator[None]:
    """Run the block until SIGINT or SIGTERM comes; further ones do not disturb the tidying up."""
    previous = {number: signal.signal(number, _tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Told:
        pass
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _tell(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise Told


@dataclass(slots=True)
class _Watch:
    child: Child
    pause: float = _FIRST_PAUSE
    started: float = 0.0
    again_at: float | None = None  # when it will be started again

    def look(self, now: float) -> None:
        """Start the child again when its time has come; note that it ended."""
        if self.again_at is not None:
            if now >= self.again_at:
                self.again_at, self.started = None, now
                self.child.start()
        elif self.child.ended is not None:
            self.pause = _FIRST_PAUSE if now - self.started > _GOOD_RUN else min(self.pause * 2, _LONGEST_PAUSE)
            self.again_at = now + self.pause
            log.warning("child ended", child=self.child.name, code=self.child.ended, again_in_seconds=self.pause)


def watch(children: Sequence[Child], *, also: Callable[[], None] = lambda: None) -> NoReturn:
    """Look after started children for ever; `also` is called at each look. Ends by an exception alone."""
    watches = [_Watch(child, started=time.monotonic()) for child in children]
    while True:
        for each in watches:
            each.look(time.monotonic())
        also()
        time.sleep(_LOOK_SECONDS)

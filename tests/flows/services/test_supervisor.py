"""Who ends unasked is started again."""

import os
import signal
import time
from pathlib import Path

import pytest

from flows.services.children import Child
from flows.services.supervisor import until_told, watch
from flows.settings import environment


class _Enough(Exception):  # noqa: N818 - ends the test
    pass


def test_child_that_ends_is_started_again(tmp_path: Path) -> None:
    """A crash of the server or the runner does not end the service's work."""
    (tmp_path / "short.py").write_text("open('lives', 'a').write('x')")
    child = Child("short", "short", (), environment(PYTHONPATH=str(tmp_path)), tmp_path, tmp_path / "log")

    def look() -> None:
        if len((tmp_path / "lives").read_text() if (tmp_path / "lives").exists() else "") >= 2:
            raise _Enough

    child.start()
    with pytest.raises(_Enough):
        watch([child], also=look)
    child.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_end_ends_the_block_alone(number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end the service in order, and leave the handlers as they were."""
    before = signal.getsignal(number)
    with until_told():
        os.kill(os.getpid(), number)
        time.sleep(5)
        pytest.fail("went on")
    assert signal.getsignal(number) is before

"""A quick chaos run: the long one is `python -m tests.chaos --kills 200`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import chaos


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="rasid-chaos-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.slow
def test_killed_at_random_points_all_is_as_undisturbed(folder: Path) -> None:
    """Workers, sessions and the server killed 20 times: the same articles, reports and incidents as without."""
    kills, one, other = chaos.run(20, 7, folder)
    differing = list(chaos.differences(one, other))
    if differing:
        pytest.fail("\n".join(differing))  # whole: an assertion would cut them short
    assert kills["worker"] > 3
    assert kills["session"] + kills["server"] > 2
    assert len(one["reports"]) > 20

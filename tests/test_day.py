"""How a simulated day is judged. The day itself takes an hour: `python -m tests.day`."""

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.day import Day, Look

MB = 2**20


def _day(memory: Iterable[int], metadata: int = 30 * MB, **changed: object) -> Day:
    looks = [Look(number, {"runner": size * MB}, metadata) for number, size in enumerate(memory)]
    day = Day(len(looks), [*looks, Look(len(looks), looks[-1].memory, metadata)], Counter(COMPLETED=len(looks)))
    for name, value in changed.items():
        setattr(day, name, value)
    return day


def test_a_good_day_has_no_trouble() -> None:
    """Memory that grows while the service gets going and stays level then is as it should be."""
    assert list(_day([100, 200, 300, *[310] * 20]).troubles()) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (_day(range(300, 400)), "runner grew from 325 to 399 MB"),
        (_day([300] * 20, 60 * MB), "Prefect's database has 60 MB"),
        (_day([300] * 20, stored=7, printed=9), "9 articles were printed and 7 are stored"),
        (_day([300] * 20, waiting=2), "2 runs waited"),
        (_day([300] * 20, states=Counter(COMPLETED=19, CRASHED=1)), "runs ended badly"),
        (_day([300] * 20, cycles=40), "only 20 ingests were completed"),
    ],
)
def test_what_went_wrong_is_told(day: Day, words: str) -> None:
    """A day that lost something, grew or piled up is no good one."""
    (told,) = day.troubles()
    assert words in told

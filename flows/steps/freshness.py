"""Is a source silent, or is it only night there? Judged by the hours of the week in which it used to bring news."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from db.freshness import HourOfWeek, SourceHours, hours_by_source

Pace = Literal["usual", "slow", "silent"]

MEMORY = timedelta(weeks=8)
LEAST_WEEKS = 3  # with less history an hour of the week says nothing
WITHOUT_HISTORY = timedelta(days=3)  # silent after this long, where the hours are not known
SLOW, SILENT = 0.05, 0.001  # chance that its silence is one of its usual ones
_LONGEST = timedelta(days=21)
_SUREST = 0.9  # no hour is surer than this to bring something: even the busiest sources rest now and then
_DOUBT = 1.0  # weeks of history that the same hour on other days counts for


@dataclass(frozen=True, slots=True)
class Freshness:
    """The pace of each active feed by id, and of all together; None for all where no feed is active."""

    sources: dict[int, Pace]
    fell_silent: tuple[int, ...]  # since `before`
    everything: Pace | None


def freshness(connection: Connection, *, now: datetime, before: datetime) -> Freshness:
    """How fresh the sources are now; `before` is when that was last asked."""
    hours, together = hours_by_source(connection, since=now - MEMORY)
    paces = {feed: pace(one, now) for feed, one in hours.items()}
    fell = tuple(feed for feed, one in hours.items() if paces[feed] == "silent" and pace(one, before) != "silent")
    return Freshness(paces, fell, None if together is None else pace(together, now))


def pace(source: SourceHours, now: datetime) -> Pace:
    """Whether the time since its last news is usual for it."""
    last = source.last_new_at or source.began_at
    weeks = min(now - source.began_at, MEMORY) / timedelta(weeks=1)
    if weeks < LEAST_WEEKS:
        return "silent" if now - last > WITHOUT_HISTORY else "usual"
    chance = chance_of_silence(source, last, now, weeks)
    return "silent" if chance < SILENT else "slow" if chance < SLOW else "usual"


def chance_of_silence(source: SourceHours, last: datetime, now: datetime, weeks: float) -> float:
    """The chance that nothing comes in the whole hours between two moments, if all is as it used to be."""
    hour = max(last, now - _LONGEST).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    chance = 1.0
    while hour + timedelta(hours=1) <= now:
        chance *= 1 - _share(source, (hour.isoweekday(), hour.hour), weeks)
        hour += timedelta(hours=1)
    return chance


def _share(source: SourceHours, hour: HourOfWeek, weeks: float) -> float:
    """The share of weeks in which that hour brought something."""
    any_day = sum(source.seen.get((weekday, hour[1]), 0) for weekday in range(1, 8)) / 7 / weeks
    return min((source.seen.get(hour, 0) + _DOUBT * any_day) / (weeks + _DOUBT), _SUREST)

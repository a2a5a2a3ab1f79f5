"""The sample newsroom's outlets and their articles, from data files to records with real times."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo

FeedFormat = Literal["rss", "atom", "rdf"]
FeedDates = Literal["rfc822", "rfc3339", "arabic", "none"]
PageLayout = Literal["modern", "post", "plain", "table"]

_WEEKDAY = re.compile(r"\{weekday:(-?\d+)\}")


@dataclass(frozen=True, slots=True)
class Story:
    """One article. `published` is in the outlet's own time zone; `path` is its page, beneath the newsroom's root.

    `tells` names the incidents that a careful reader finds in it, each as "sub-event type" and country: "Fire SA".
    """

    path: str
    section: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher with its one feed, newest article first."""

    id: str
    name: str
    country: str
    timezone: str
    feed: str
    format: FeedFormat
    encoding: str
    dates: FeedDates
    page: PageLayout
    stories: tuple[Story, ...]


@cache
def words() -> dict[str, Any]:
    """The words that surround articles: weekdays, months, menus."""
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def written(moment: datetime) -> str:
    """A moment as Arabic pages print it, with a twelve-hour clock."""
    dates = words()["dates"]
    return str(dates["written"]).format(
        weekday=dates["weekdays"][moment.weekday()],
        month=dates["months"][moment.month - 1],
        day=moment.day,
        year=moment.year,
        hour=moment.hour % 12 or 12,
        minute=moment.minute,
        half=dates["evening"] if moment.hour >= 12 else dates["morning"],
    )


def load_outlets(now: datetime) -> tuple[Outlet, ...]:
    """All outlets, their articles dated back from `now` (aware) so that the sample is always fresh."""
    folder = files(__package__) / "outlets"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_outlet(tomllib.loads(file.read_text("utf-8")), now) for file in found)


def _outlet(data: dict[str, Any], now: datetime) -> Outlet:
    local = now.astimezone(ZoneInfo(data["timezone"])).replace(second=0, microsecond=0)
    path = data.pop("path")
    stories = (_story(article, path, local) for article in data.pop("article"))
    return Outlet(**data, stories=tuple(sorted(stories, key=lambda story: story.published, reverse=True)))


def _story(data: dict[str, Any], path: str, local: datetime) -> Story:
    # Back through absolute time: a change of the clocks in between must not make an hour that never was.
    hours = timedelta(hours=data["hours_ago"])
    published = (local.astimezone(ZoneInfo("UTC")) - hours).astimezone(local.tzinfo)
    return Story(
        path=path.format(
            number=data["number"],
            slug=re.sub(r"[^\w]+", "-", data["title"]).strip("-"),
            year=published.year,
            month=f"{published.month:02}",
            day=f"{published.day:02}",
        ),
        section=data["section"],
        title=data["title"],
        paragraphs=tuple(_weekdays(line, published) for line in data["body"].strip().splitlines()),
        published=published,
        tells=tuple(data["tells"]),
    )


def _weekdays(text: str, published: datetime) -> str:
    """{weekday:-1} becomes the name of the day before publication."""
    names = words()["dates"]["weekdays"]
    return _WEEKDAY.sub(lambda found: str(names[(published.weekday() + int(found[1])) % 7]), text)

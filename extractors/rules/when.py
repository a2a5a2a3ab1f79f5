"""An incident's tellings -> the day it happened: its own clause's, its sentence's, or of what is told before it."""

from collections.abc import Iterator
from datetime import date

from extractors.records import TimePrecision
from extractors.rules.dates import DateMention
from extractors.rules.incident import Incident
from extractors.rules.scene import Scene

_SPOKEN = 9  # tokens between a verb of saying and the day on which it was said
_MONTH = 31  # days; what is longer tells no day
_BACK = 3  # sentences before an incident's own, in which its day may stand


def when(scene: Scene, incident: Incident) -> tuple[date, date, TimePrecision]:
    """First and last day, and how precisely they are known; the publication day where the article says nothing."""
    told = [mention for telling in incident.tellings for mention in telling.dates if _tells(mention)]
    own = [mention for mention in told if not _of_statement(scene, mention)]
    day = _first_day(own) or _first_day(told) or next(iter(own or told), None)
    if day is None or day.precision != "day":
        day = next((near for near in _around(scene, incident) if day is None or _within(near, day)), day)
    if day is None:
        published = scene.text.published or date.min
        return published, published, "assumed"
    return day.start, day.end, "month" if day.precision == "year" else day.precision


def _tells(mention: DateMention) -> bool:
    return not mention.history and (mention.end - mention.start).days <= _MONTH


def _first_day(mentions: list[DateMention]) -> DateMention | None:
    return next((mention for mention in mentions if mention.precision == "day"), None)


def _within(part: DateMention, whole: DateMention) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _of_statement(scene: Scene, mention: DateMention) -> bool:
    """«أعلنت الوزارة أمس أن …»: the day of what was said, not of what happened."""
    near = range(max(0, mention.first - _SPOKEN), mention.first)
    said = [m for m in scene.found["sources"] if m.last - 1 in near and m.entry.get("role") in ("verb", "that")]
    if not said or said[-1].entry.get("role") == "that":
        return False
    return not any(said[-1].last <= m.first < mention.first for m in scene.found["events"])


def _around(scene: Scene, incident: Incident) -> Iterator[DateMention]:
    """The days told in the sentences before an incident that has none, the nearest first, or right behind it."""
    told = [telling.sentence for telling in incident.tellings if not scene.in_title(telling.sentence)]
    first = min(told, default=scene.title_sentences)
    nearby = [first, *range(first - 1, max(first - 1 - _BACK, scene.title_sentences - 1), -1), first + 1]
    days = [mention for mention in scene.dates if _tells(mention) and not mention.future and mention.precision == "day"]
    here = [mention for number in nearby for mention in days if scene.sentence_of(mention.first) == number]
    yield from sorted(here, key=lambda mention: _of_statement(scene, mention))

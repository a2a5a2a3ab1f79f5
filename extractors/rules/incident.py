"""The record of one incident: all that an article's sentences tell of it, and where and when by their word."""

from collections import Counter
from dataclasses import dataclass, field

from extractors.places.gazetteer import Place
from extractors.rules.dates import DateMention
from extractors.rules.frames import KILL, LIGHT
from extractors.rules.locate import FINENESS
from extractors.rules.place_mention import PlaceMention
from extractors.rules.telling import Telling

OWN_ROLES = frozenset({"in", "cue", "near", "headline"})
_LEAD_SHARE = 3
_MEASURED = 0.05


@dataclass(slots=True)
class Incident:
    """The tellings of one incident, in the order of the text, the headline's last."""

    tellings: list[Telling] = field(default_factory=list)
    frames: Counter[str] = field(default_factory=Counter)

    def add(self, telling: Telling, *, title: bool = False) -> None:
        """Take a telling in; its first one and the headline weigh most in what the incident is called."""
        share = _LEAD_SHARE if title or not self.tellings else 1
        self.tellings.append(telling)
        told = {(m.first, str(m.entry.attributes["frame"])): int(m.entry.get("weight", 1)) for m in telling.triggers}
        for (_, frame), weight in told.items():  # a word that stands in two entries of a frame tells once
            self.frames[frame] += share * weight
        if not telling.triggers:
            self.frames[KILL] += share

    @property
    def heavy(self) -> frozenset[str]:
        """The frames that name its kind."""
        return frozenset().union(*(telling.heavy for telling in self.tellings))

    @property
    def first_named(self) -> str | None:
        """The first heavy frame of its lead."""
        words = (m for t in self.tellings for m in sorted(t.triggers, key=lambda m: m.first))
        return next((str(frame) for m in words if (frame := m.entry.get("frame")) not in LIGHT), None)

    @property
    def weight(self) -> int:
        """The weight of its strongest word."""
        return max(telling.weight for telling in self.tellings)

    def place(self) -> Place | None:
        """The place of its first telling that has a town or finer, else of the first that has any."""
        told = [place for telling in self.tellings if (place := own_place(telling))]
        return next((place for place in told if place.precision in ("exact", "city")), next(iter(told), None))

    def day(self) -> DateMention | None:
        """The day of its first telling that has one, else the week or month."""
        told = [telling.dates[0] for telling in self.tellings if telling.dates]
        return next((day for day in told if day.precision == "day"), next(iter(told), None))


def own_place(telling: Telling) -> Place | None:
    """The place that a telling names as where it happened: the finest of those that stand with it."""
    placed = [m for m in telling.places if m.place and m.place.country and m.role != "road"]
    here = [mention for mention in placed if mention.first in telling.reach] or placed
    own = [mention for mention in here if mention.role in OWN_ROLES] or here
    return max(own, key=_fitness).place if own else None


def _fitness(mention: PlaceMention) -> float:
    """Finer is better; of as fine ones the place itself before one it is measured from."""
    return FINENESS[mention.precision] - _MEASURED * (mention.role == "near")

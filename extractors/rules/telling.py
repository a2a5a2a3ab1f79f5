"""The record of one event as one sentence tells it."""

from dataclasses import dataclass, field

from extractors.arabic.lexicon import Match
from extractors.rules.dates import DateMention
from extractors.rules.figures import FigureMention
from extractors.rules.frames import KILL, LIGHT
from extractors.rules.place_mention import PlaceMention
from extractors.rules.reality import Status

_HARM = frozenset({"killed", "injured"})
_LOUD = _HARM | {"participants"}


@dataclass(slots=True)
class Telling:
    """One event as one sentence tells it; `places` and `dates` are those of its clauses, the nearest first."""

    sentence: int
    triggers: list[Match]
    status: Status
    figures: list[FigureMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    reach: range = range(0)  # the tokens of its clauses
    spread: bool = False  # told of many places at once: a sum, where they are told apart
    shifts: bool = False  # its sentence turns to another matter
    listed: bool = False  # one place of a list of tolls: an incident of its own
    nth: int = 0  # which of several of its kind it tells («الحادث الثاني»); 0: not said

    grief: bool = False  # harm in an article whose people demonstrate about harm: no part of their demonstration
    arrests_apart: bool = False  # arrests with a number, told more than once: an act of their own beside a riot

    @property
    def frames(self) -> frozenset[str]:
        """The kinds of happening its words name; harm alone is the frame `kill`."""
        named = frozenset(match.entry.attributes["frame"] for match in self.triggers)
        return named or frozenset({KILL})

    @property
    def heavy(self) -> frozenset[str]:
        """The frames that name a happening of their own kind."""
        return self.frames - LIGHT

    @property
    def weight(self) -> int:
        """The greatest weight of its words; 2 at the least where figures tell of violent harm or of a crowd."""
        loud = any(f.kind in _LOUD and not f.trigger.entry.get("silent") for f in self.figures)
        words = [int(match.entry.get("weight", 1)) for match in self.triggers]
        return max(*words, 1 + loud) if words else 1 + loud

    @property
    def first(self) -> int:
        """Its first token."""
        return min([m.first for m in self.triggers] + [f.first for f in self.figures])

    @property
    def last(self) -> int:
        """The token after its last."""
        return max([m.last for m in self.triggers] + [f.last for f in self.figures])

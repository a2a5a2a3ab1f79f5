"""An incident's frames, sides and figures -> its sub-event type, by the first rule of types.toml that holds."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from extractors.records import ActorCategory, FigureKind

_RIVALS = frozenset({"clash", "airstrike", "shell", "ied"})
_GROUND = frozenset({"territory", "retake"})
_WOUNDS = frozenset({"killed", "injured"})
_ARMED = frozenset({"Rebel group", "Political militia", "Identity militia", "External/other forces"})
_STATES = frozenset({"State forces", "External/other forces"})
_LEADING = 0.5  # of the weight of the frame told most strongly


@dataclass(frozen=True)
class Deed:
    """What an incident tells that its type depends on."""

    frames: Mapping[str, int]  # each with its weight
    doer: ActorCategory | None = None
    done_to: ActorCategory | None = None
    harm: Collection[FigureKind] = ()  # the kinds of its figures
    first: str | None = None  # the frame that its lead names first
    hinted: frozenset[str] = frozenset()  # frames of words of motives.toml in its sentences
    dead: ActorCategory | None = None  # whom its toll counts

    @cached_property
    def leading(self) -> frozenset[str]:
        """The frames told most strongly.

        Of battle, strike, shelling and bomb told together the first names the incident: fire within a battle belongs
        to the battle. What ground that is told first was taken with is not told again.
        """
        most = max(self.frames.values(), default=0)
        strong = frozenset(frame for frame, weight in self.frames.items() if weight >= most * _LEADING)
        if self.first is None or self.first not in _RIVALS | _GROUND:
            return strong
        return strong - (_RIVALS - {self.first}) or frozenset({self.first})

    @cached_property
    def beside(self) -> frozenset[str]:
        """All frames, told or hinted at."""
        return frozenset(self.frames) | self.hinted


@dataclass(frozen=True, slots=True)
class TypeRule:
    """One line of the decision: see types.toml for what each part asks."""

    id: str
    sub: str
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    cue: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    doer: frozenset[str] = frozenset()
    done_to: frozenset[str] = frozenset()
    harm: frozenset[str] = frozenset()
    told: bool = False
    unharmed: bool = False
    unarmed: bool = False
    unarmed_dead: bool = False

    def holds(self, deed: Deed) -> bool:
        """Whether the rule fits an incident."""
        named = self.any & (frozenset(deed.frames) if self.told else deed.leading)
        return (
            bool(named)
            and not self.none & deed.beside
            and not self.unless & deed.leading
            and (not self.cue or bool(self.cue & deed.beside))
            and self._sides(deed)
            and self._harm(deed)
        )

    def _sides(self, deed: Deed) -> bool:
        return (
            (not self.doer or deed.doer in self.doer)
            and (not self.done_to or deed.done_to in self.done_to)
            and not (self.unarmed and {deed.doer, deed.done_to} & _ARMED)
        )

    def _harm(self, deed: Deed) -> bool:
        harm = frozenset(deed.harm)
        return (
            (not self.harm or bool(self.harm & harm))
            and not (self.unharmed and _WOUNDS & harm)
            and not (self.unarmed_dead and deed.dead in _STATES)
        )


@lru_cache(maxsize=1)
def type_rules() -> tuple[TypeRule, ...]:
    """The rules of types.toml in their order."""
    data = tomllib.loads(files("extractors").joinpath("language/ar/types.toml").read_text("utf-8"))
    return tuple(_rule(table) for table in data["rule"])


def _rule(table: Mapping[str, Any]) -> TypeRule:
    parts: dict[str, Any] = {
        key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()
    }
    del parts["example"]
    return TypeRule(**parts)


def settle_type(deed: Deed) -> TypeRule | None:
    """The rule that names an incident's type; None where its frames name none."""
    return next((rule for rule in type_rules() if rule.holds(deed)), None)

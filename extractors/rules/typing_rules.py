"""An incident's frames, sides and figures -> its sub-event type, by the first rule of types.toml that holds."""

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from extractors.records import ActorCategory, FigureKind

_RIVALS = frozenset({"clash", "airstrike", "shell", "ied"})
_WOUNDS = frozenset({"killed", "injured"})
_ARMED = frozenset({"Rebel group", "Political militia", "Identity militia", "External/other forces"})
_LEADING = 0.5  # of the weight of the frame told most strongly


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

    def holds(
        self,
        frames: Mapping[str, int],
        leading: Collection[str],
        doer: ActorCategory | None,
        done_to: ActorCategory | None,
        harm: Collection[FigureKind],
        hinted: Collection[str] = (),
    ) -> bool:
        """Whether the rule fits an incident; `leading` are the frames told most strongly, `hinted` those of motives."""
        beside = frames.keys() | frozenset(hinted)
        named = self.any & (frames.keys() if self.told else frozenset(leading))
        return (
            bool(named)
            and not self.none & beside
            and not self.unless & frozenset(leading)
            and (not self.cue or bool(self.cue & beside))
            and (not self.doer or doer in self.doer)
            and (not self.done_to or done_to in self.done_to)
            and (not self.harm or bool(self.harm & frozenset(harm)))
            and not (self.unarmed and {doer, done_to} & _ARMED)
            and not (self.unharmed and _WOUNDS & frozenset(harm))
        )


@lru_cache(maxsize=1)
def type_rules() -> tuple[TypeRule, ...]:
    """The rules of types.toml in their order."""
    data = tomllib.loads(files("extractors").joinpath("language/ar/types.toml").read_text("utf-8"))
    return tuple(_rule(table) for table in data["rule"])


def _rule(table: dict[str, Any]) -> TypeRule:
    sets = {key: frozenset(value) for key, value in table.items() if isinstance(value, list)}
    told, unharmed, unarmed = (bool(table.get(flag, False)) for flag in ("told", "unharmed", "unarmed"))
    return TypeRule(id=table["id"], sub=table["sub"], told=told, unharmed=unharmed, unarmed=unarmed, **sets)


def settle_type(
    frames: Counter[str],
    doer: ActorCategory | None,
    done_to: ActorCategory | None,
    harm: Collection[FigureKind],
    first: str | None = None,
    hinted: Collection[str] = (),
) -> TypeRule | None:
    """The rule that names an incident's type; None where its frames name none.

    `hinted`: frames that words of motives.toml in its sentences hint at. `first`: the frame that the incident's lead names first. Of battle, strike, shelling and bomb told together that one
    names the incident: fire within a battle belongs to the battle.
    """
    most = max(frames.values(), default=0)
    leading = {frame for frame, weight in frames.items() if weight >= most * _LEADING}
    if first in _RIVALS:
        leading -= _RIVALS - {first}
    return next((rule for rule in type_rules() if rule.holds(frames, leading, doer, done_to, harm, hinted)), None)

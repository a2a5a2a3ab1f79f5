"""Frames, the kinds of happening that words name, and which of them can tell one incident: language/ar/frames.toml."""

import tomllib
from importlib.resources import files

KILL = "kill"
DETAIN = "detain"
_DISASTER = "disaster"
_SETS = ("light", "harmless", "holding", "war", "from_afar", "listed", "listed_again")


def _load() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    data = tomllib.loads(files("extractors").joinpath("language/ar/frames.toml").read_text("utf-8"))
    sets = {name: frozenset(data.pop(name)["frames"]) for name in _SETS}
    groups: dict[str, set[str]] = {}
    for name, group in data.items():
        for frame in group["frames"]:
            groups.setdefault(frame, set()).add(name)
    return {frame: frozenset(names) for frame, names in groups.items()}, sets


GROUPS, _FRAMES = _load()
LIGHT, HARMLESS, HOLDING, WAR, FROM_AFAR, LISTED, LISTED_AGAIN = (_FRAMES[name] for name in _SETS)


def akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether frames can tell one incident: all of them share a group."""
    shared: frozenset[str] | None = None
    for frame in one | other:
        groups = GROUPS.get(frame, frozenset())
        shared = groups if shared is None else shared & groups
    return bool(shared)


def is_disaster(frames: frozenset[str]) -> bool:
    """Whether all of some frames can tell a disaster, whose dead are often found on a later day."""
    return bool(frames) and all(_DISASTER in GROUPS.get(frame, ()) for frame in frames)

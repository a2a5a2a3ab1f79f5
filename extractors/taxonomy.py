"""The codebook's taxonomy: the closed list of what an incident can be, kept in language/taxonomy.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

SOURCE = Path(__file__).parent / "language" / "taxonomy.toml"


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of incident: a sub-event type with the type and domain that it belongs to."""

    domain: str
    event_type: str
    sub_event_type: str
    definition: str


@cache
def taxonomy() -> tuple[EventType, ...]:
    """All kinds of incidents, in the codebook's order."""
    groups = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["event_type"]
    return tuple(
        EventType(group["domain"], group["event_type"], sub["name"], sub["definition"])
        for group in groups
        for sub in group["sub"]
    )


@cache
def types() -> Mapping[str, EventType]:
    """Each kind of incident by its sub-event type."""
    return MappingProxyType({kind.sub_event_type: kind for kind in taxonomy()})


def type_of(sub_event_type: str) -> str:
    """The event type of a sub-event type. Raises KeyError for one that the codebook does not know."""
    return types()[sub_event_type].event_type


def domain_of(sub_event_type: str) -> str:
    """The domain of a sub-event type. Raises KeyError for one that the codebook does not know."""
    return types()[sub_event_type].domain

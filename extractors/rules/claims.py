"""What an article says of who did it: claimed, accused or denied, by which party; or that nobody knows."""

from dataclasses import dataclass

from extractors.arabic.lexicon import Match
from extractors.records import Claim
from extractors.rules.parties import Party, PartyReader
from extractors.rules.scene import Scene

_REACH = 12
_SUSPECT = frozenset({"Rebel group", "Political militia", "Identity militia", "External/other forces", "State forces"})
_ACCUSERS = frozenset({"people", "force"})


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A claim and the party it is of; None where nobody is named."""

    claim: Claim
    party: Party | None


def responsibility(scene: Scene) -> Responsibility | None:
    """What an article says first of a party, its own claim before an accusation; else that nobody is known."""
    cues = [match for match in scene.found["sides"] if match.entry.id in ("claimed", "accused", "denied", "nobody")]
    found: dict[str, Responsibility] = {}
    for cue in cues:
        role: str = cue.entry.id
        if role == "nobody":
            found.setdefault(role, Responsibility("unknown", None))
        elif role not in found:
            party = _party(scene, cue)
            if party is not None:
                found[role] = Responsibility(cue.entry.attributes["role"], party)
    return next((found[role] for role in ("claimed", "accused", "denied", "nobody") if role in found), None)


def _party(scene: Scene, cue: Match) -> Party | None:
    """The party of a claim: the nearest that is no state's force; of an accusation the one behind the accuser."""
    sentence = scene.sentences[scene.sentence_of(cue.first)]
    near = [
        party
        for party in PartyReader(scene, sentence).read()
        if party.category in _SUSPECT and cue.first - _REACH <= party.first <= cue.last + _REACH
    ]
    if cue.entry.id != "accused":
        armed = [party for party in near if party.kind != "force"] or near
        return min(armed, key=lambda party: abs(party.first - cue.first), default=None)
    behind = [party for party in near if party.first >= cue.first]
    accused = [party for party in behind if party.kind not in _ACCUSERS]
    return accused[0] if accused else (behind[1] if len(behind) > 1 else None)

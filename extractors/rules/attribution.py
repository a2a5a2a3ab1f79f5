"""A sentence -> the source it cites: after a word of citing, or as the subject of a verb of saying."""

from extractors.arabic.lexicon import Match
from extractors.rules.scene import Scene

_REACH = 3
_LONGEST = 5


def cited_source(scene: Scene, number: int) -> str | None:
    """The source that a sentence cites, as written; None where it cites none."""
    sentence = scene.sentences[number]
    inside = [m for m in scene.found["sources"] if sentence.first <= m.first < sentence.last]
    names = [m for m in inside if m.entry.get("role") == "name"]
    for word in inside:
        if word.entry.get("role") in ("lead", "verb"):
            name = next((n for n in names if word.last <= n.first <= word.last + _REACH), None)
            if name is not None:
                return scene.quote(name.first, _end(scene, name, sentence.last))
    return None


def _end(scene: Scene, name: Match, limit: int) -> int:
    """A name goes on to the next mark of punctuation, or a few words at most."""
    last = name.last
    while (
        last < min(limit, name.first + _LONGEST)
        and scene.tokens.kinds[last] == "w"
        and len(scene.tokens.forms[last]) > 2
    ):
        if scene.found["sources"] and any(m.first == last for m in scene.found["sources"]):
            break
        last += 1
    return name.last if last - name.last > 3 else last

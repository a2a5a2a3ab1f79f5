"""Which of several of a kind a word tells of: «الحادث الثاني» is another than «الحادث الأول»."""

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.rules.scene import Scene

_BEFORE = 2  # tokens in which a sentence may say that it only counts: «وهو الهجوم الثاني هذا العام»


class OrdinalReader:
    """Reads the ordinals behind the words for events of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._nth = {m.first: int(m.entry.attributes["nth"]) for m in scene.found.of("grammar", "nth")}
        self._people = {m.first for m in scene.found["persons"]}  # «العنصر الرابع» is one of a gang
        self._counting = {m.first for m in scene.found.of("grammar", "counting")}

    def of(self, trigger: Match) -> int:
        """The number of a trigger among those of its kind that are told one by one; 0 where it has none."""
        definite = "the" in MEANING.get(trigger.before, ()) and trigger.first not in self._people
        nth = self._nth.get(trigger.last, 0) if definite else 0
        counts = any(at in self._counting for at in range(trigger.first - _BEFORE, trigger.first))
        return 0 if counts else nth

"""A news text -> everything that the rules found in it: what the reports and their explanation are made of."""

from collections.abc import Mapping
from functools import cached_property

from extractors.arabic.sentences import related_lines
from extractors.records import NewsText
from extractors.rules.figures import FigureMention, FigureReader
from extractors.rules.incident import Incident
from extractors.rules.incidents import assemble
from extractors.rules.knowledge import knowledge
from extractors.rules.place_mention import Countries, PlaceMention
from extractors.rules.places import PlaceReader
from extractors.rules.scene import make_scene
from extractors.rules.signs import signs_of_article
from extractors.rules.telling import Telling
from extractors.rules.tellings import TellingReader


class Analysis:
    """One article as read: its scene, places, figures, tellings of every reality, and the incidents that happened.

    Each part is read when it is first asked for: of most articles the words alone show that they tell of nothing.
    """

    def __init__(self, text: NewsText) -> None:
        self.scene = make_scene(text, knowledge())
        related = related_lines(self.scene.tokens, self.scene.sentences)
        self._numbers = [number for number in range(len(self.scene.sentences)) if number not in related]

    @cached_property
    def places(self) -> list[PlaceMention]:
        """All places named, settled."""
        return self._placed[0]

    @cached_property
    def countries(self) -> Countries:
        """How strongly the text speaks of each country."""
        return self._placed[1]

    @cached_property
    def _placed(self) -> tuple[list[PlaceMention], Countries]:
        return PlaceReader(self.scene).read()

    @cached_property
    def _reader(self) -> FigureReader | None:
        """None where no word is there that a figure could hang on."""
        found = self.scene.found
        return FigureReader(self.scene) if found["harm"] or found["events"] else None

    @cached_property
    def figures(self) -> list[FigureMention]:
        """The figures of people."""
        reader = self._reader
        return [figure for number in self._numbers for figure in reader.read(number)] if reader else []

    @cached_property
    def damage(self) -> list[FigureMention]:
        """The figures of things."""
        reader = self._reader
        return [figure for number in self._numbers for figure in reader.read_damage(number)] if reader else []

    @cached_property
    def tellings(self) -> list[Telling]:
        """What the sentences say happened, will happen, is denied and so on."""
        if not (self.figures or self.scene.found["events"]):
            return []
        teller = TellingReader(self.scene, self.figures, self.places)
        return [telling for number in self._numbers for telling in teller.read(number)]

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents that happened."""
        return assemble(self.scene, [telling for telling in self.tellings if telling.status.reality == "happened"])

    @cached_property
    def signs(self) -> Mapping[str, float]:
        """The signs that all incidents share: see rules/signs.py."""
        return signs_of_article(self.scene, self.unreal, len(self.incidents))

    @property
    def unreal(self) -> list[Telling]:
        """The tellings of what did not happen, or not recently."""
        return [telling for telling in self.tellings if telling.status.reality != "happened"]


def analyse(text: NewsText) -> Analysis:
    """Read an article; deterministic."""
    return Analysis(text)

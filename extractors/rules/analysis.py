"""A news text -> everything that the rules found in it: what the reports and their explanation are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.records import NewsText
from extractors.rules.figures import FigureMention, FigureReader
from extractors.rules.incidents import Incident, assemble
from extractors.rules.knowledge import knowledge
from extractors.rules.place_mention import Countries, PlaceMention
from extractors.rules.places import PlaceReader
from extractors.rules.scene import Scene, make_scene
from extractors.rules.signs import signs_of_article
from extractors.rules.tellings import Telling, TellingReader


@dataclass(frozen=True, slots=True)
class Analysis:
    """One article as read: its scene, places, figures, tellings of every reality, and the incidents that happened."""

    scene: Scene
    places: list[PlaceMention]
    countries: Countries
    figures: list[FigureMention]
    damage: list[FigureMention]
    tellings: list[Telling]
    incidents: list[Incident]
    signs: Mapping[str, float]  # those that all its incidents share: see rules/signs.py

    @property
    def unreal(self) -> list[Telling]:
        """The tellings of what did not happen, or not recently."""
        return [telling for telling in self.tellings if telling.status.reality != "happened"]


def analyse(text: NewsText) -> Analysis:
    """Read an article whole; deterministic."""
    scene = make_scene(text, knowledge())
    numbers = range(len(scene.sentences))
    reader = FigureReader(scene)
    figures = [figure for number in numbers for figure in reader.read(number)]
    damage = [figure for number in numbers for figure in reader.read_damage(number)]
    places, countries = PlaceReader(scene).read()
    teller = TellingReader(scene, figures, places)
    tellings = [telling for number in numbers for telling in teller.read(number)]
    happened = [telling for telling in tellings if telling.status.reality == "happened"]
    incidents = assemble(scene, happened)
    shared = signs_of_article(scene, [t for t in tellings if t.status.reality != "happened"]) if incidents else {}
    return Analysis(scene, places, countries, figures, damage, tellings, incidents, shared)

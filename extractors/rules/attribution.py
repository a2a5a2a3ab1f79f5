"""Citations -> the source of an incident and of each figure, by its name as written.

A source that is named outweighs one that is only spoken of again, and who is quoted a paper that quotes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.arabic.clitics import ARTICLE, MEANING
from extractors.rules.citations import AUDIENCE, Citation, CitationReader
from extractors.rules.figures import FigureMention
from extractors.rules.incident import Incident
from extractors.rules.scene import Scene

_FAR = 7  # sentences from the first telling


@dataclass(slots=True)
class SourceReader:
    """Reads the sources of one scene; what it has read of a sentence it keeps."""

    scene: Scene
    _read: dict[int, list[Citation]] = field(default_factory=dict)

    # ------------------------------------------------------------ what is asked

    def of_sentence(self, number: int) -> str | None:
        """The source that a sentence cites, as written; None where it names none."""
        return self._best(self._citations(number))

    def of_figure(self, mention: FigureMention) -> str | None:
        """The source of a figure: of those that its sentence cites the nearest to it."""
        cited = sorted(self._citations(mention.sentence), key=lambda c: abs(c.told - mention.first))
        return self._best(cited)

    def of_incident(self, incident: Incident) -> str | None:
        """The source of an incident: the one its tellings cite first, else the nearest in the body or headline."""
        told = [telling.sentence for telling in incident.tellings]
        for number in dict.fromkeys(told):
            source = self.of_sentence(number) or self._named_before(number)
            if source is not None:
                return source
        first = next((number for number in told if not self.scene.in_title(number)), self.scene.title_sentences)
        near = next((source for near in self._around(first) if (source := self.of_sentence(near))), None)
        return near or next((self._written(c) for number in told for c in self._citations(number)), None)

    def _named_before(self, number: int) -> str | None:
        """Where a sentence only speaks of a source again, the last one named before it in the body."""
        if not self._citations(number):
            return None
        earlier = range(number - 1, self.scene.title_sentences - 1, -1)
        return next((source for before in earlier if (source := self.of_sentence(before))), None)

    def _around(self, number: int) -> Iterator[int]:
        """Sentences by nearness, those behind first; of the body, then the headline."""
        last, start = len(self.scene.sentences), self.scene.title_sentences
        for far in range(1, _FAR + 1):
            if number + far < last:
                yield number + far
            if number - far >= start:
                yield number - far
        yield from range(start)

    def _best(self, cited: list[Citation]) -> str | None:
        firm = [citation for citation in cited if citation.firm]
        chosen = next((c for c in firm if not c.medium), None) or next(iter(firm), None)
        return None if chosen is None else self._written(chosen)

    def _written(self, citation: Citation) -> str:
        """A name as written; of one word, as it is written in full elsewhere: «المرصد»."""
        first, last = citation.first, citation.last
        if last - first == 1:
            forms = self.scene.tokens.forms
            longer = (m for m in self.scene.found["sources"] if m.last - m.first > 1 and forms[m.first] == forms[first])
            full = next((m for m in longer if m.entry.get("role") == "name"), None)
            if full is not None:
                first, last = full.first, full.last
        return self._without_particle(first, self.scene.quote(first, last))

    def _without_particle(self, token: int, name: str) -> str:
        """«بلاغ لوزارة الداخلية»: the particle before a name is none of it."""
        head = next((m for m in self.scene.found["sources"] if m.first == token and m.before), None)
        if head is None or head.before not in AUDIENCE or not name.startswith(head.before):
            return name
        article = ARTICLE if "the" in MEANING[head.before] else ""
        return article + name[len(head.before) :]

    # ------------------------------------------------------------ the citations of a sentence

    def _citations(self, number: int) -> list[Citation]:
        found = self._read.get(number)
        if found is None:
            found = self._read[number] = CitationReader(self.scene, self.scene.sentences[number]).citations()
        return found

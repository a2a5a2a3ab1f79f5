"""Capitals that are told without their name: «العاصمة» of the country spoken of, and the seats that stand in it."""

from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import LexicalEntry, Match, read_lexicon
from extractors.places.gazetteer import Gazetteer, Place
from extractors.rules.place_mention import Countries, PlaceMention
from extractors.rules.place_names import heads
from extractors.rules.place_words import LOCATIVE, PlaceWords, adjective_of
from extractors.rules.scene import Scene


def _load() -> tuple[frozenset[str], frozenset[str]]:
    data = read_lexicon("place_cues")["capital"]
    return frozenset(map(fold_form, data["forms"])), frozenset(map(fold_form, data["not_before"]))


_WORDS, _OTHERS = _load()
_ABROAD = (
    3  # how many times stronger a text speaks of another country than of the publisher's where its ministries are meant
)


class Capitals:
    """Reads the capitals of one scene that no name tells."""

    def __init__(self, scene: Scene, words: PlaceWords, table: Gazetteer, settled: list[PlaceMention]) -> None:
        self.scene = scene
        self.words = words
        self.table = table
        self.forms = scene.tokens.forms
        self.settled = settled
        self.starts = {mention.first for mention in settled}
        self.taken = {token for mention in settled for token in range(mention.first, mention.last + 1)}

    def read(self, countries: Countries) -> list[PlaceMention]:
        """The mentions, each with the capital as its place."""
        found = [self._alone(at, form, countries) for at, form in enumerate(self.forms) if form[-4:] in _TAILS]
        found += [self._seat(match, countries) for match in self.scene.found["place_cues"] if _sits(match.entry)]
        return [mention for mention in found if mention is not None]

    def _alone(self, at: int, form: str, countries: Countries) -> PlaceMention | None:
        before = next((before for before, rest in heads(form) if rest in _WORDS), None)
        after = self.forms[at + 1] if at + 1 < len(self.forms) else ""
        if before is None or at in self.taken or {at + 1, at + 2, at + 3} & self.starts or after in _OTHERS:
            return None
        capital = self.table.capitals.get(next(iter(adjective_of(after)), countries.best() or ""))
        if capital is None:
            return None
        role = self.words.word_role(at) or ("in" if before in LOCATIVE else "plain")
        return PlaceMention(at, at + 1, at, capital, role, capital.precision, clitics=len(before))

    def _seat(self, seat: Match, countries: Countries) -> PlaceMention | None:
        """«أمام السفارة»: in the capital of the country named in the sentence, else of the one spoken of or at home."""
        if not any(match.entry.get("role") == "stand" for match in self.words.ending.get(seat.first, ())):
            return None
        capital = self._capital_beside(seat, countries)
        return None if capital is None else PlaceMention(seat.first, seat.last, seat.first, capital, "seat", "exact")

    def _capital_beside(self, seat: Match, countries: Countries) -> Place | None:
        sentence = self.scene.sentence_of(seat.first)
        for mention in self.settled:
            here = mention.role in ("in", "near") and self.scene.sentence_of(mention.first) == sentence
            if here and mention.place is not None:
                return self.table.capitals.get(mention.place.country or "")
        home, best = self.scene.text.country or "", countries.best() or ""
        far = countries.weights[best] >= _ABROAD * countries.weights[home] and not seat.entry.get("abroad")
        return self.table.capitals.get(best if far else home)


_TAILS = frozenset(word[-4:] for word in _WORDS)


def _sits(entry: LexicalEntry) -> bool:
    return bool(entry.get("role") == "seat")

"""A sentence -> its parties: the whole noun phrases that can be a side, each with a category and where it is at home.

«عناصر من حزب» takes its category from the name behind the head; «غارة» and «طائرات» from a nation's adjective.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.arabic.clitics import MEANING
from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import Match, read_lexicon
from extractors.arabic.sentences import Sentence
from extractors.places.gazetteer import gazetteer
from extractors.records import ActorCategory
from extractors.rules.scene import Scene, within

_LONGEST = 9  # tokens of a phrase
_RANK = {
    "trait": 0,
    "head": 0,
    "strike": 0,
    "people": 1,
    "criminal": 2,
    "generic": 2,
    "crowd": 3,
    "force": 4,
    "named": 5,
}
_NAMED = _RANK["named"]
_TAKES_NAME = frozenset({"head", "generic", "force", "people", "crowd"})
_SHORTEST_PLACE = 3
_QUOTE = '"'
_NOT_JOINED = frozenset({"conj", "prep"})
_NO_NAME = frozenset({"trait", "join", "strike", "state"})


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase in tokens first..last. `key` tells it from others; `before`: what its first word bears."""

    first: int
    last: int
    category: ActorCategory
    kind: str
    key: tuple[str, str | int | None]
    country: str | None
    before: frozenset[str]
    target: bool = False  # headed by what is struck, not by who strikes
    crowd: bool = False  # people who can be a crowd of demonstrators
    anybody: bool = False  # nothing is said of who they are
    small: int = 0  # letters of small words written on to its first word


@dataclass(frozen=True, slots=True)
class Shape:
    """How adjectives of a name look: folded endings, words that only look so, the article, beginnings that deny it.

    `people`: how plurals of people end.
    """

    relation: tuple[str, ...]
    other: frozenset[str]
    article: str
    begins: tuple[str, ...]
    people: tuple[str, ...]


@lru_cache(maxsize=1)
def shape() -> Shape:
    """The shape of adjectives, from actors.toml."""
    data: dict[str, Any] = read_lexicon("actors")["phrase"]
    return Shape(
        relation=tuple(map(fold_form, data["relation"])),
        other=frozenset(map(fold_form, data["other"])),
        article=fold_form(data["article"]),
        begins=tuple(map(fold_form, data["begins"])),
        people=tuple(map(fold_form, data["people"])),
    )


class PartyReader:
    """Reads the parties of one sentence."""

    def __init__(self, scene: Scene, sentence: Sentence) -> None:
        self.end = sentence.last
        self.scene, self.sentence = scene, sentence
        self.forms, self.kinds = scene.tokens.forms, scene.tokens.kinds
        self.inside = within(scene.found["actors"], sentence)
        self.at: dict[int, Match] = {}
        for match in self.inside:
            held = self.at.get(match.first)
            if held is None or _rank(match) > _rank(held):
                self.at[match.first] = match
        self.adjectives = gazetteer().adjectives

    def read(self) -> list[Party]:
        """The parties in order; none overlaps another."""
        parties: list[Party] = []
        done = 0
        for match in self.inside:
            if match.first < done or self.at[match.first] is not match or self._no_party(match):
                continue
            party = self._phrase(match)
            if party is not None:
                parties.append(party)
                done = party.last
        return parties

    def _no_party(self, match: Match) -> bool:
        """A small word; or an adjective of what happened: «التفجير الانتحاري»."""
        if match.entry.get("kind") in ("trait", "join"):
            return True
        return bool(match.entry.get("nominal")) and not self._is_people(match) and self._tells(match.first - 1)

    def _is_people(self, match: Match) -> bool:
        """«نيران مسلحين»: a plural of people, and no adjective of what happened twice."""
        ends = shape().people
        return self.forms[match.last - 1].endswith(ends) and not self.forms[match.first - 1].endswith(ends)

    def _tells(self, token: int) -> bool:
        """Whether a token is a noun of what happened, and not a verb."""
        events = within(self.scene.found["events"], self.sentence)
        sides = within(self.scene.found["sides"], self.sentence)
        verb = any(m.first == token and m.entry.attributes["role"] in ("deed", "hurt", "held") for m in sides)
        return not verb and any(m.first == token for m in events)

    # ------------------------------------------------------------ one phrase

    def _phrase(self, head: Match) -> Party | None:
        kind = head.entry.get("kind")
        main, last, nation = head, head.last, head.entry.get("country")
        while last < min(self.end, head.first + _LONGEST) and not main.after:
            name = self._name_behind(last, head) if kind in _TAKES_NAME else None
            if name is not None:
                main, last = (name if _rank(name) > _rank(main) else main), name.last
                nation = nation or name.entry.get("country")
                continue
            code = self._nation(last)
            if code is None and not self._adjective(last, definite=self._definite(last - 1) or _rank(main) == _NAMED):
                break
            nation, last = nation or code, last + 1
        if main.entry.get("kind") == "force" and last < self.end:
            last = self._past_place(last)
        if last < self.end and self.forms[last] == _QUOTE and _QUOTE in self.forms[head.first : last]:
            last += 1
        return self._party(head, main, last, nation)

    def _name_behind(self, token: int, head: Match) -> Match | None:
        """A name that the phrase goes on with: directly, after «ل», or after a word that joins."""
        at = token + 1 if self.forms[token] == _QUOTE else token
        match = self.at.get(at)
        joined = match is not None and match.entry.get("kind") == "join"
        if match is not None and joined:
            match = self.at.get(match.last)
        if match is None or match.entry.get("kind") in _NO_NAME or _NOT_JOINED & MEANING.get(match.before, frozenset()):
            return None
        tied = joined or "to" in MEANING.get(match.before, ())
        return match if tied or self._owns(head, token, match) else None

    def _owns(self, head: Match, token: int, name: Match) -> bool:
        """Whether a name right behind a phrase is its genitive, not the next word's subject or object."""
        if name.entry.get("kind") == "head" and self._definite(name.first):
            return False
        if head.entry.get("kind") == "head" or head.entry.get("bound"):
            return token == head.last or not self._definite(token - 1)
        if head.entry.get("kind") == "generic":  # «مسلحون ملثمون»
            return name.entry.get("kind") == "generic" and token == head.last
        return not self._definite(token - 1) and _rank(name) > _rank(head)

    def _nation(self, token: int) -> str | None:
        if self.kinds[token] != "w":
            return None
        form = self.forms[token]
        codes = self.adjectives.get(form) or self.adjectives.get(form.removeprefix(shape().article), ())
        return codes[0] if len(codes) == 1 else None

    def _adjective(self, token: int, *, definite: bool) -> bool:
        """Whether a word is an adjective of the phrase: a known trait, or one of relation, definite as its noun."""
        if self.kinds[token] != "w":
            return False
        trait = self.at.get(token)
        if trait is not None and trait.entry.get("kind") == "trait":
            return not _NOT_JOINED & MEANING.get(trait.before, frozenset())
        form, look = self.forms[token], shape()
        if len(form) < 5 or form in look.other or not form.endswith(look.relation):
            return False
        own = form.startswith(look.article)
        return own == definite and (own or not form.startswith(look.begins))

    def _definite(self, token: int) -> bool:
        return self.forms[token].startswith(shape().article)

    def _past_place(self, token: int) -> int:
        """Behind a place that tells which force or people: «شرطة مكة», «أمن سوهاج»."""
        names = gazetteer().names
        for length in (2, 1):
            words = self.forms[token : token + length]
            if words[:1] and (words[0] in shape().other or len(words[0]) < _SHORTEST_PLACE):
                return token
            if len(words) == length and token + length <= self.end and " ".join(words) in names:
                return token + length
        return token

    def _party(self, head: Match, main: Match, last: int, nation: str | None) -> Party | None:
        kind = main.entry.get("kind")
        category = main.entry.get("category")
        if kind in ("strike", "head") and nation is None and (kind == "strike" or main.entry.get("bare") is False):
            return None
        if kind == "head" and category is None:
            if nation is None or head.entry.get("target"):
                return None
            category = "State forces"
        entry = main.entry
        same: str | int | None = nation if kind in ("force", "head", "strike", "state") else None
        return Party(
            first=head.first,
            last=last,
            category=category,
            kind=kind,
            key=(entry.id, self.forms[head.first] if kind in ("people", "criminal") else same),
            country=nation if category == "State forces" else None,
            before=frozenset(MEANING.get(head.before, ())),
            target=bool(head.entry.get("target")),
            crowd=bool(entry.get("crowd")),
            anybody=bool(entry.get("anybody")),
            small=_small(head.before),
        )


def _small(before: str) -> int:
    """How many letters written on to a word are not its article."""
    article = shape().article
    return len(before) - len(article) if before.endswith(article) else len(before)


def _rank(match: Match) -> int:
    return _RANK.get(match.entry.get("kind", ""), 0)

"""An incident as it was assembled -> the signs of how well it is told, each with a name that says what it looks at.

A sign is 0 or 1, or a share between them. What each is worth is fitted: see belief.py.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.arabic.clitics import MEANING
from extractors.arabic.lexicon import Match
from extractors.records import Location, TimePrecision
from extractors.rules.genre import lean
from extractors.rules.incident import Incident
from extractors.rules.reality import RETOLD
from extractors.rules.scene import Scene
from extractors.rules.telling import Telling

_SEVERAL = 6
_FEW, _LATE, _STRONG = 2, 6, 3
_PLACED = frozenset({"in", "cue", "headline"})
_ARRESTS = frozenset({"Arrests", "Other crime"})
_PROTESTS = frozenset({"Peaceful protest", "Protest with intervention"})  # strikes are told like statements
_HARM = frozenset({"killed", "injured"})
_LONG = 800  # tokens
_LEAD_TOKENS = 45
_QUESTIONS = frozenset("?\u061f")


def signs(
    scene: Scene,
    incident: Incident,
    location: Location,
    precision: TimePrecision,
    sub: str,
    around: Mapping[str, float],
) -> dict[str, float]:
    """The signs of an incident; `around` are those of its article."""
    return {
        "bias": 1.0,
        **_position(scene, incident),
        **_wording(incident),
        **_facts(incident, location, precision),
        **_kind(sub),
        "an arrest of nobody": float(sub in _ARRESTS and not _holds(incident)),
        **around,
        "a protest in such a text": (sub in _PROTESTS) * around["the text reads like a report"],
        "its sentence reads like a report": _sentence_lean(scene, incident),
    }


def signs_of_article(scene: Scene, left: Sequence[Telling], told: int) -> dict[str, float]:
    """The signs that all incidents of an article share; `left`: its tellings that made none; `told`: its incidents."""
    return {**_left(scene, left), **_text(scene), "one of several": min(told - 1, _SEVERAL) / _SEVERAL}


def _position(scene: Scene, incident: Incident) -> dict[str, float]:
    """Where in the article it is told."""
    body = [t.sentence - scene.title_sentences for t in incident.tellings if not scene.in_title(t.sentence)]
    first = min(body, default=_LATE)
    return {
        "told in the lead": float(first == 0),
        "told early": float(0 < first <= _FEW),
        "told late": float(first >= _LATE),
        "told in the headline": float(len(body) < len(incident.tellings)),
        "the body tells": float(bool(body)),
        "told again": float(len(set(body)) > 1),
        "share of sentences": min(1.0, len(set(body)) / max(1, len(scene.sentences) - scene.title_sentences)),
    }


def _wording(incident: Incident) -> dict[str, float]:
    """With which words: as news or as something known, by a verb or by figures alone."""
    triggers = [trigger for telling in incident.tellings for trigger in telling.triggers]
    strong = [trigger for trigger in triggers if trigger.entry.get("weight", 1) >= _STRONG]
    figures = [figure.trigger for telling in incident.tellings for figure in telling.figures]
    return {
        "told strongly": float(bool(strong)),
        "told more than once strongly": float(len(strong) > 1),
        "several words": min(len({t.entry.id for t in triggers}), 4) / 4,
        "told as known": float(bool(triggers) and _definite(triggers[0])),
        "a verb tells": float(any(_is_verb(word) for word in (*triggers, *figures))),
        "figures alone": float(not triggers and not any(telling.listed for telling in incident.tellings)),
        "a place of a list": float(any(telling.listed for telling in incident.tellings)),
        "numbered among several": float(any(telling.nth > 1 for telling in incident.tellings)),
        "a heavy word": float(bool(incident.heavy)),
        "retold": float(all(telling.status is RETOLD for telling in incident.tellings)),
    }


def _definite(trigger: Match) -> bool:
    return "the" in MEANING.get(trigger.before, ())


def _is_verb(word: Match) -> bool:
    return "verb" in (word.entry.get("inflect"), word.entry.get("role"))


def _facts(incident: Incident, location: Location, precision: TimePrecision) -> dict[str, float]:
    """Which facts stand with it: where, when, how many."""
    figures = [figure for telling in incident.tellings for figure in telling.figures if figure.role != "none"]
    named = [(t, place) for t in incident.tellings for place in t.places if place.role in _PLACED and place.place]
    return {
        "an exact figure": float(any(figure.count.qualifier != "some" for figure in figures)),
        "a vague figure": float(any(figure.count.qualifier == "some" for figure in figures)),
        "killed or wounded": float(any(figure.kind in _HARM for figure in figures)),
        "a day": float(precision == "day"),
        "a day in its clause": float(
            any(d.first in t.reach and not d.history for t in incident.tellings for d in t.dates)
        ),
        "placed": float(bool(named)),
        "a place in its clause": float(any(place.first in telling.reach for telling, place in named)),
        "a fine place": float(location.geo_precision in ("exact", "city")),
        "only a country": float(location.geo_precision == "country" and not _is_nationwide(incident)),
        "no place named": float(not location.place),
    }


def _is_nationwide(incident: Incident) -> bool:
    """«إضراب عام في كافة جهات البلاد»: a strike of which no town can be told."""
    return any(telling.spread and "protest" in telling.frames for telling in incident.tellings)


def _holds(incident: Incident) -> bool:
    return any(figure.kind == "detained" for telling in incident.tellings for figure in telling.figures)


def _kind(sub: str) -> dict[str, float]:
    """What it is called: some kinds are more often said of what is none."""
    return {
        "arrest": float(sub in _ARRESTS),
        "other": float(sub in ("Other", "Other accident", "Agreement", "Looting/property destruction")),
        "protest": float(sub in _PROTESTS),
        "attack or homicide": float(sub in ("Attack", "Homicide", "Assault")),
        "weather": float(sub in ("Flood/storm", "Other natural disaster", "Earthquake")),
        "missile": float(sub == "Shelling/artillery/missile attack"),
    }


def _left(scene: Scene, left: Sequence[Telling]) -> dict[str, float]:
    """What else the article tells that did not happen."""
    in_headline = {t.status.reality for t in left if scene.in_title(t.sentence)}
    in_lead = {t.status.reality for t in left if t.sentence == scene.title_sentences}
    return {
        "unreal tellings beside": min(len(left), 5) / 5,
        "unreal in the headline": float(bool(in_headline)),
        "unreal in the lead": float(bool(in_lead)),
        "legal in the headline or lead": float("legal" in in_headline | in_lead),
    }


def _text(scene: Scene) -> dict[str, float]:
    """What kind of text it stands in."""
    cues = Counter(cue.entry.id for cue in scene.found["cues"])
    lead, whole = lean(scene.tokens.forms[: _lead_end(scene)]), lean(scene.tokens.forms)
    return {
        "sport words": min(cues["sport"], 6) / 6,
        "court words": min(cues["legal"], 6) / 6,
        "statistic words": min(cues["statistic"], 4) / 4,
        "condemning words": min(cues["condemn"], 4) / 4,
        "a long article": min(1.0, len(scene.tokens) / _LONG),
        "questions": min(sum(form in _QUESTIONS for form in scene.tokens.forms), 3) / 3,
        "the lead reads like a report": lead,
        "the text reads like a report": whole,
    }


def _lead_end(scene: Scene) -> int:
    lead = scene.sentences[min(scene.title_sentences, len(scene.sentences) - 1)]
    return min(lead.last, scene.sentences[max(0, scene.title_sentences - 1)].last + _LEAD_TOKENS)


def _sentence_lean(scene: Scene, incident: Incident) -> float:
    telling = next((t for t in incident.tellings if not scene.in_title(t.sentence)), incident.tellings[0])
    sentence = scene.sentences[telling.sentence]
    return lean(scene.tokens.forms[sentence.first : sentence.last])

"""The language's data proves itself: every file's schema, every entry's own examples and rejects, every rule's article."""

import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import pytest

from extractors.arabic.fold import fold_form
from extractors.arabic.lexicon import entry_forms, read_lexicon
from extractors.coding import code_article
from extractors.records import ActorCategory, FigureKind, NewsText, Qualifier, Reality
from extractors.rules.analysis import analyse
from extractors.rules.attribution import SourceReader
from extractors.rules.frames import GROUPS, KILL
from extractors.rules.knowledge import LEXICONS, knowledge
from extractors.rules.scene import Scene, make_scene
from extractors.rules.typing_rules import type_rules
from extractors.taxonomy import types

DAY = date(2024, 5, 14)
FILES = (*LEXICONS, "persons")
PROVEN = ("events", "harm", "cues", "grammar", "persons")  # each entry has an example
EVERYWHERE = {"id", "forms", "examples", "rejects", "inflect", "shadow"}
# The same word may mean two things within a dimension only where both are meant: what follows decides.
DOUBLE = {
    ("events", "حرب شوارع"),  # of armed men or of a crowd
    ("events", "نهبوا"),  # looters or robbers
}


def _entries(name: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = read_lexicon(name)["entry"]
    return tables


def _head(name: str) -> str:
    text = files("extractors").joinpath(f"language/ar/{name}.toml").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if line.startswith("#"))


@cache
def _scene(text: str) -> Scene:
    return make_scene(NewsText("", text, DAY, "EG"), knowledge())


def _stands(name: str, entry: str, text: str) -> bool:
    """Whether an entry stands in a text; people's nouns bear their number behind the id."""
    ids = [match.entry.id for match in _scene(text).found[name]]
    return entry in ids or (name == "persons" and entry in [found.rpartition(".")[0] for found in ids])


def _counts(entry: str, text: str) -> bool:
    """Whether a word of harm gives a figure."""
    return any(figure.trigger.entry.id == entry for figure in analyse(NewsText("", text, DAY, "EG")).figures)


def _keeps_away(name: str, entry: str, text: str) -> bool:
    """Whether a shadow lies on a text, and nothing of its dimension is read under it."""
    scene, known = _scene(text), knowledge()
    shadows = [m for m in known.phrases.find(scene.tokens) if m.entry.id == entry]
    under = {at for match in shadows for at in range(match.first, match.last)}
    return bool(under) and not any(under & set(range(m.first, m.last)) for m in scene.found[name])


def _proves(name: str, table: dict[str, Any], text: str) -> bool:
    return (_keeps_away if table.get("shadow") else _stands)(name, table["id"], text)


def _misreads(name: str, entry: str, text: str) -> bool:
    """Whether a reject is read: as a count, a source, a place, or a word of the dimension."""
    if name == "harm":
        return _counts(entry, text)
    if name == "place_cues":
        return any(place.precision != "country" for place in analyse(NewsText("", text, DAY, "EG")).places)
    if name == "sources":
        return SourceReader(_scene(text)).of_sentence(0) is not None
    return _stands(name, entry, text)


# ---------------------------------------------------------------- schema


@pytest.mark.parametrize("name", [*FILES, "types"])
def test_every_key_is_explained_in_its_file(name: str) -> None:
    """Whoever mends a lexicon finds each key that its entries have in the comments of the file itself."""
    told = set(re.findall(r"`([a-z_]+)`", _head(name))) | EVERYWHERE
    tables = read_lexicon(name).get("entry") or read_lexicon(name)["rule"]
    assert {key for table in tables for key in table} - told == set()


@pytest.mark.parametrize("name", FILES)
def test_ids_are_unique_and_forms_are_there(name: str) -> None:
    """A row names the entries that made it: each id is one entry, and each entry has something to find."""
    ids = [table["id"] for table in _entries(name)]
    assert len(ids) == len(set(ids))
    assert [t["id"] for t in _entries(name) if not (t.get("forms") or t.get("one") or t.get("many"))] == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "persons"])
def test_no_form_is_empty_or_only_a_gap(name: str) -> None:
    """A form begins and ends with a word."""
    forms = [(table["id"], form) for table in _entries(name) for form in entry_forms(table, read_lexicon("paradigms"))]
    assert [(entry, form) for entry, form in forms if not form or "…" in (form.split()[0], form.split()[-1])] == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "persons"])
def test_no_entry_lists_a_form_twice(name: str) -> None:
    """Folding makes the variants of spelling; a form that is the same after it stands once."""
    for table in _entries(name):
        folded = Counter(fold_form(form) for form in table["forms"])
        assert [form for form, times in folded.items() if times > 1] == [], table["id"]


@pytest.mark.parametrize("name", ["events", "cues"])
def test_no_form_has_two_meanings_unless_both_are_meant(name: str) -> None:
    """After folding, a form stands for one thing within its file; what only keeps others away does not count."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for table in _entries(name):
        if table.get("shadow"):
            continue
        for form in entry_forms(table, read_lexicon("paradigms")):
            meanings[form].add(table.get("frame") or table["reality"])
    double = {(name, form) for form, told in meanings.items() if len(told) > 1}
    assert double - DOUBLE == set()


def test_events_have_a_weight_and_a_frame() -> None:
    """Each word of an event has a weight that the rules know and a frame that belongs to a group."""
    for table in _entries("events"):
        if not table.get("shadow"):
            assert table["weight"] in (1, 2, 3), table["id"]
            assert table["frame"] in GROUPS, table["id"]


def test_type_rules_know_their_frames_and_types() -> None:
    """A rule asks for frames that words have, gives a type that the codebook has, and has an id of its own."""
    frames = {table["frame"] for name in ("events", "motives") for table in _entries(name) if table["frame"]} | {KILL}
    rules = type_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert (rule.any | rule.none | rule.cue | rule.unless) - frames == set(), rule.id
        assert rule.sub in types(), rule.id
        assert (rule.doer | rule.done_to) - set(get_args(ActorCategory)) == set(), rule.id
        assert rule.harm - set(get_args(FigureKind)) == set(), rule.id


def test_every_type_has_a_rule() -> None:
    """No kind of incident of the codebook is out of reach."""
    assert set(types()) - {rule.sub for rule in type_rules()} == set()


def test_closed_values_are_known() -> None:
    """Realities, kinds, qualifiers and categories are those of the records."""
    for table in _entries("cues"):
        assert table.get("reality") in (*get_args(Reality), None, ""), table["id"]
        assert set(table.get("frames", ())) - set(GROUPS) == set(), table["id"]
    for table in _entries("harm"):
        assert table.get("kind") in (*get_args(FigureKind), None), table["id"]
    for table in _entries("grammar"):
        assert table.get("qualifier") in (*get_args(Qualifier), None), table["id"]
    for table in _entries("persons"):
        assert table.get("category") in (*get_args(ActorCategory), None), table["id"]


# ---------------------------------------------------------------- examples


@pytest.mark.parametrize("name", PROVEN)
def test_every_entry_has_examples(name: str) -> None:
    """An entry without an example proves nothing, and an event's word without a reject has not been doubted."""
    assert [table["id"] for table in _entries(name) if not table.get("examples")] == []
    if name == "events":
        assert [t["id"] for t in _entries(name) if not (t.get("rejects") or t.get("shadow"))] == []


@pytest.mark.parametrize("name", FILES)
def test_entries_stand_in_their_examples(name: str) -> None:
    """Each example is read by its entry; a shadow keeps every shorter form away."""
    wrong = [
        (table["id"], text)
        for table in _entries(name)
        for text in table.get("examples", ())
        if not _proves(name, table, text)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_entries_do_not_stand_in_their_rejects(name: str) -> None:
    """The same letters with another meaning are left alone; a word of harm at least counts nobody there, one of citing cites nobody."""
    wrong = [
        (table["id"], text)
        for table in _entries(name)
        for text in table.get("rejects", ())
        if _misreads(name, table["id"], text)
    ]
    assert wrong == []


@pytest.mark.parametrize("table", read_lexicon("types")["rule"], ids=lambda table: str(table["id"]))
def test_each_type_rule_codes_its_article(table: dict[str, Any]) -> None:
    """Every rule can be reached: its own short article is one report, of its type and by it."""
    reports = code_article(NewsText("", table["example"], DAY, "EG"), at_least=0.0).reports
    assert [(report.sub_event_type, report.rules[0]) for report in reports] == [(table["sub"], table["id"])]

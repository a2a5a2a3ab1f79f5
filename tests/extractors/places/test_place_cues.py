"""The cues that introduce a place: well-formed, and true of their own examples."""

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from extractors.arabic.fold import fold, fold_form
from extractors.arabic.tokens import tokenize
from extractors.places.gazetteer import PlaceKind, gazetteer
from extractors.rules.knowledge import knowledge

FILE = tomllib.loads((files("extractors") / "language/ar/place_cues.toml").read_text("utf-8"))
ENTRIES: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in FILE["entry"]}
CUES = [entry for entry in ENTRIES.values() if entry["role"] == "cue"]
PRECISIONS = {"exact", "city", "admin", "country"}
ROLES = {
    "nation",
    "cue",
    "in",
    "near",
    "from",
    "of",
    "to",
    "office",
    "care",
    "border",
    "also",
    "seat",
    "stand",
    "coast",
    "cause",
    "spread",
    "outlet",
    "belongs",
    "out",
}


def found(text: str) -> set[str]:
    """The ids of the place cues that stand in a text."""
    return {match.entry.id for match in knowledge().find(tokenize(fold(text)))["place_cues"]}


def test_each_entry_has_a_role_and_an_id_of_its_own() -> None:
    """No id twice, and no role that the rules do not know."""
    assert len(ENTRIES) == len(FILE["entry"])
    assert {entry["role"] for entry in ENTRIES.values()} <= ROLES


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["id"])
def test_cues_are_well_formed(cue: dict[str, Any]) -> None:
    """Each cue says what kind of place it introduces, how precise that is, and how newspapers print it."""
    assert cue["kind"] in get_args(PlaceKind)
    assert cue["precision"] in PRECISIONS
    assert set(cue.get("kinds", ())) <= set(get_args(PlaceKind))
    assert cue["examples"]
    assert len({fold_form(form) for form in cue["forms"]}) == len(cue["forms"])


@pytest.mark.parametrize("entry", [e for e in ENTRIES.values() if "examples" in e], ids=lambda entry: entry["id"])
def test_each_example_holds_its_cue_before_a_known_place(entry: dict[str, Any]) -> None:
    """An example shows a form of the entry, and in it stands a name that the table knows."""
    for example in entry["examples"]:
        words = fold_form(example).split()
        spans = [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]

        assert entry["id"] in found(example), example
        assert any(span in gazetteer().names for span in spans), example


def test_datelines_have_examples() -> None:
    """Every dateline example ends in an agency or begins with a known place."""
    table = gazetteer()
    for example in map(fold_form, FILE["dateline"]["examples"]):
        assert any(example.startswith(name) for name in table.names), example

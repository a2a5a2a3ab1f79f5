"""The cues that introduce a place: well-formed, and true of their own examples."""

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from extractors.arabic.fold import fold_form
from extractors.places.gazetteer import PlaceKind, gazetteer

CUES = tomllib.loads((files("extractors") / "language/ar/place_cues.toml").read_text("utf-8"))
KINDS = {*get_args(PlaceKind), "any", "near", "direction"}
PRECISIONS = {"exact", "city", "admin", "country", "as the place"}
JOINED = ("", *map(fold_form, ["و", "ب", "ل", "وب", "ال", "بال"]))


@pytest.mark.parametrize("name", sorted(CUES["cue"]))
def test_cues_are_well_formed(name: str) -> None:
    """Each cue says what kind of place it introduces, how precise that is, and how newspapers print it."""
    cue: dict[str, Any] = CUES["cue"][name]

    assert cue["kind"] in KINDS
    assert cue["precision"] in PRECISIONS
    assert cue["forms"]
    assert cue["examples"]
    assert len({fold_form(form) for form in cue["forms"]}) == len(cue["forms"])


@pytest.mark.parametrize("name", sorted(set(CUES["cue"]) - {"adjective_after", "border"}))
def test_each_example_holds_its_cue_before_a_known_place(name: str) -> None:
    """An example shows a form of the cue, and after it a name that the table knows."""
    table = gazetteer()
    cue = CUES["cue"][name]
    forms = [fold_form(form) for form in cue["forms"]]
    for example in map(fold_form, cue["examples"]):
        words = example.split()
        cued = [
            w for w in range(len(words)) for f in forms if any(" ".join(words[w:]).startswith(j + f) for j in JOINED)
        ]
        assert cued, example
        rests = [" ".join(words[a:b]) for a in range(cued[0], len(words)) for b in range(a + 1, len(words) + 1)]
        assert any(rest in table.names for rest in rests), example


def test_datelines_have_examples() -> None:
    """Every dateline example ends in an agency or begins with a known place."""
    table = gazetteer()
    for example in map(fold_form, CUES["dateline"]["examples"]):
        assert any(example.startswith(name) for name in table.names), example

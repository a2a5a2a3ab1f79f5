"""Lexicons: paradigms, and phrases found in tokens."""

import tomllib
from importlib.resources import files

import pytest

from extractors.arabic.fold import fold, fold_form
from extractors.arabic.lexicon import GAP, LexicalEntry, PhraseIndex, inflect
from extractors.arabic.tokens import tokenize
from extractors.rules.knowledge import knowledge

PARADIGMS = tomllib.loads(files("extractors").joinpath("language/ar/paradigms.toml").read_text("utf-8"))


def found(text: str, *forms: str) -> list[tuple[str, int, int, str]]:
    """The forms found in the text: which, its first and last token, the clitics before it."""
    index = PhraseIndex()
    for form in forms:
        index.add(fold_form(form), LexicalEntry("test", form, {}))
    tokens = tokenize(fold(text))
    return [(match.entry.id, match.first, match.last, match.before) for match in index.find(tokens)]


@pytest.mark.parametrize("case", PARADIGMS["example"], ids=lambda case: case["form"])
def test_paradigm(case: dict[str, str]) -> None:
    """A paradigm makes the forms that its examples ask for."""
    made = set(inflect(fold_form(case["form"]), case["paradigm"], PARADIGMS))

    assert {fold_form(form) for form in case["gives"]} <= made


def test_phrase() -> None:
    """A phrase is found with its clitics, and each of its words as it is written."""
    assert found("وأطلقت الشرطة النار", "أطلقت الشرطة") == [("أطلقت الشرطة", 0, 2, "و")]
    assert found("أطلقت أمس الشرطة", "أطلقت الشرطة") == []


def test_gap() -> None:
    """A gap takes up to GAP words, and no sentence end."""
    form = "أطلق … النار"

    assert [match[:3] for match in found("أطلق الجنود النار", form)] == [(form, 0, 3)]
    assert found("أطلق " + "كلمة " * GAP + "النار", form)
    assert not found("أطلق " + "كلمة " * (GAP + 1) + "النار", form)
    assert not found("أطلق الجندي. النار", form)


def test_bare() -> None:
    """A word that must stand bare is not found under a clitic."""
    assert found("حرب", "=حرب")
    assert not found("بحرب", "=حرب")


def test_two_entries() -> None:
    """One form may belong to several entries, and shorter phrases are found inside longer ones."""
    names = [match[0] for match in found("إطلاق نار كثيف", "إطلاق نار", "إطلاق")]

    assert sorted(names) == ["إطلاق", "إطلاق نار"]


def test_a_plural_is_found_with_a_pronoun_written_on_to_it() -> None:
    """«سلبوه» is the plural of the lexicon's verb, whose alef falls away."""
    found_words = knowledge().find(tokenize(fold("أشهروا سكينا وسلبوه حقيبته")))["events"]
    assert [match.entry.id for match in found_words] == ["rob"]

"""Sentences and clauses: where a fact's scope begins and ends."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arabic.fold import fold
from extractors.arabic.sentences import related_lines, split_sentences
from extractors.arabic.tokens import tokenize


def _sentences(text: str) -> list[str]:
    tokens = tokenize(fold(text))
    return [" ".join(tokens.forms[s.first : s.last]) for s in split_sentences(tokens)]


def _clauses(text: str) -> list[str]:
    tokens = tokenize(fold(text))
    (sentence,) = split_sentences(tokens)
    starts = (*sentence.clauses, sentence.last)
    return [" ".join(tokens.forms[a:b]).strip(" ،") for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قتل رجل. وأصيب آخر", 2),
        ("هل عاد؟ نعم!", 2),
        ("قال د. سمير إن الجسر انهار", 1),
        ("وصل الوفد\nغادر الوفد", 2),
        ("بلغ الارتفاع 3.5 أمتار", 1),
        ("...", 0),
        ("", 0),
    ],
)
def test_stops_and_paragraphs_end_sentences(text: str, count: int) -> None:
    """A full stop ends one, but not behind an abbreviation or within a number; nothing is no sentence."""
    assert len(_sentences(text)) == count


def test_commas_and_openers_begin_clauses() -> None:
    """«فيما» begins a clause with a comma before it and without."""
    assert _clauses("قتل رجل في حلب، وأصيب آخر فيما نجا ثالث") == ["قتل رجل في حلب", "واصيب اخر", "فيما نجا ثالث"]


def test_a_text_without_stops_is_cut_at_a_comma() -> None:
    """A page that lost its stops does not become one scope."""
    assert len(_sentences("كلمة " * 100 + "، " + "كلمة " * 20)) == 2


def test_paragraphs_are_counted() -> None:
    """Each sentence knows its paragraph."""
    tokens = tokenize(fold("أول. ثان\nثالث"))
    assert [sentence.paragraph for sentence in split_sentences(tokens)] == [0, 0, 1]


@given(st.text(alphabet="قتل ةو.،؟\n(«»)١2-:", max_size=200))
def test_sentences_lie_in_order_and_share_nothing(text: str) -> None:
    """Whatever the text, sentences are not empty, do not overlap, and their clauses lie within them."""
    at = 0
    tokens = tokenize(fold(text))
    for sentence in split_sentences(tokens):
        assert at <= sentence.first < sentence.last <= len(tokens)
        assert list(sentence.clauses) == sorted(set(sentence.clauses))
        assert all(sentence.first <= start < sentence.last for start in sentence.clauses)
        assert all(
            0 <= sentence.clause_of(token) < len(sentence.clauses) for token in range(sentence.first, sentence.last)
        )
        at = sentence.last


def test_lists_of_other_articles_are_told_apart() -> None:
    """Below «اقرأ أيضا» the lines without a stop are headlines of others; the text goes on with the first that has one."""
    text = "اجتمع المجلس أمس.\nاقرأ أيضًا\nمقتل ثلاثة في حريق\nضبط عصابة سرقة\nوقال الرئيس إن الجلسة انتهت."
    tokens = tokenize(fold(text))
    assert related_lines(tokens, split_sentences(tokens)) == {1, 2, 3}
    tokens = tokenize(fold("قال الوزير اقرأ أيضا كتابه.\nثم غادر"))
    assert related_lines(tokens, split_sentences(tokens)) == frozenset()

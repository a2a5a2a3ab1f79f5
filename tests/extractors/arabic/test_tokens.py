"""Tokens: what is one token, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arabic.fold import fold
from extractors.arabic.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "forms", "kinds"),
    [
        ("قتل 12على الأقل", ["قتل", "12", "علي", "الاقل"], "wnww"),
        ("167شخصاً", ["167", "شخصا"], "nw"),
        ("1,200 و3.5", ["1,200", "و", "3.5"], "nwn"),
        ("الـ24", ["ال", "24"], "wn"),
        ("٢٠١٣/١/٥", ["2013", "/", "1", "/", "5"], "npnpn"),
        ("انتهى.\n\nبدأ", ["انتهي", ".", "\n", "بدا"], "wpbw"),
        ("«خبر»", ['"', "خبر", '"'], "pwp"),
        ("آلما-آتا", ["الما", "-", "اتا"], "wpw"),
        ("", [], ""),
    ],
)
def test_forms(text: str, forms: list[str], kinds: str) -> None:
    """Digits part from letters and keep their separators; a paragraph break is a token."""
    tokens = tokenize(fold(text))

    assert (list(tokens.forms), tokens.kinds) == (forms, kinds)


def test_span() -> None:
    """A span of tokens points into the original text."""
    text = "أُصيبَ ثلاثــةُ جنود"
    tokens = tokenize(fold(text))
    start, end = tokens.span(1, 3)

    assert text[start:end].replace("ُ", "") == "ثلاثــة جنود"


@given(st.text(max_size=60))
def test_columns(text: str) -> None:
    """The columns have one length, and tokens stand in order without overlap inside the text."""
    tokens = tokenize(fold(text))

    assert len(tokens.forms) == len(tokens.kinds) == len(tokens.starts) == len(tokens.ends) == len(tokens)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert list(tokens.starts) == sorted(tokens.starts)

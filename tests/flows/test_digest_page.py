"""The page of a day's incidents."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from extractors.records import PAIRED_FIGURES
from flows.digest_page import digest_page

DAY = date(2026, 3, 1)


def _incident(**changed: object) -> Any:
    figures = {f"{kind}_{end}": None for kind in PAIRED_FIGURES for end in ("min", "max")}
    given = {
        "country": "IQ", "country_name": "Iraq", "place": "الموصل", "place_en": "Mosul", "sub_event_type": "Armed clash", "date_start": DAY,
        "killed_min": 3, "killed_max": 3, "evidence": "قتل ثلاثة\nفي اشتباك", "publisher": "الواحة", "attributed_to": None,
        "article_url": "https://a.example/(1)", "report_count": 3,
    }  # fmt: skip
    return SimpleNamespace(**(figures | given | changed))


def test_arabic_keeps_its_order_beside_latin_words() -> None:
    """Each Arabic part stands in an isolate of its own, so that figures and names around it stay where they are."""
    page = digest_page(DAY, None, [cast("Any", SimpleNamespace(domain="political", incidents=1))], [_incident()])
    assert "- **Armed clash** · killed 3 · Mosul \u2067الموصل\u2069 · 2026-03-01" in page
    assert "\n  \u2067قتل ثلاثة في اشتباك\u2069\n" in page
    assert "\u2067الواحة\u2069 and 2 more · [article]" in page
    assert "## Iraq (1)" in page


def test_nothing_in_the_page_is_markup_of_others() -> None:
    """What an article says cannot make links, and its address cannot end ours."""
    page = digest_page(DAY, "IQ", [], [_incident(evidence="[x](javascript:1) <b>", publisher="`a`")])
    assert "[x](" not in page
    assert "<b>" not in page
    assert "[article](https://a.example/%281%29)" in page

"""Spellings that the place table holds by rule."""

import pytest

from extractors.places.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("names", "country"),
    [
        ("كفر بطنا, كفربطنا", "SY"), ("كفر الشيخ, كفرالشيخ", "EG"), ("بن عروس, بنعروس, بن ڨردان", "TN"),
        ("مايدوغوري, مايدوجوري", "NG"), ("فيصل آباد, فيصلاباد", "PK"), ("أورزغان, أوروزغان", "AF"),
        ("البوعيثة, البو عيثة", "IQ"),
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_spelled(names: str, country: str) -> None:
    """In one word or in two, with one foreign g or the other."""
    found = [{place.country for place in gazetteer().find(name)} for name in names.split(", ")]

    assert all(country in countries for countries in found)

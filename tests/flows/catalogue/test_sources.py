"""The shipped catalogue and what a catalogue may not say."""

from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from flows.catalogue.sources import CatalogueError, parse_catalogue, shipped

GOOD = 'url = "https://a.example/feed"\npublisher = "A"\ncountry = "EG"\ntimezone = "Africa/Cairo"\n'


def test_shipped_catalogue_is_broad() -> None:
    """At least 60 feeds of at least 18 countries come with Rasid."""
    sources = shipped()
    assert len(sources) >= 60
    assert len({source.country for source in sources}) >= 18


def test_every_shipped_source_is_told_apart() -> None:
    """Each feed has a title of its own, and a zone that this machine knows."""
    sources = shipped()
    assert [title for title, count in Counter(source.title for source in sources).items() if count > 1] == []
    assert all(ZoneInfo(source.timezone or "") for source in sources)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[feed]\n", "not TOML"),
        ("", "no [[feed]]"),
        (f"[[feed]]\n{GOOD}[extra]\n", "unknown tables: extra"),
        (f"[[feed]]\n{GOOD}colour = 'red'\n", "feed 1: unknown key colour"),
        ("[[feed]]\n" + GOOD.replace('country = "EG"\n', ""), "feed 1: no country"),
        ("[[feed]]\n" + GOOD.replace('"EG"', '"Egypt"'), "feed 1: country is no ISO 3166-1"),
        ("[[feed]]\n" + GOOD.replace("Cairo", "Giza"), "feed 1: timezone is no IANA zone"),
        ("[[feed]]\n" + GOOD.replace("https", "file"), "feed 1: url is no plain http address"),
        ("[[feed]]\n" + GOOD.replace('"A"', "7"), "feed 1: publisher is no text"),
        (f"[[feed]]\n{GOOD}[[feed]]\n{GOOD}", "given twice: https://a.example/feed"),
    ],
)
def test_faulty_catalogue_is_refused_with_its_place(text: str, words: str) -> None:
    """A mistake in the catalogue is named, never skipped."""
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(text)
    assert words in str(caught.value)

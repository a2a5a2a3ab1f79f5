"""Lists of feeds from other readers, and hostile ones."""

import pytest

from flows.catalogue.opml import parse_opml, write_opml
from flows.catalogue.sources import CatalogueError, Source, shipped
from flows.catalogue.zones import zone_of


def test_written_list_reads_back_whole() -> None:
    """What `feeds export` writes, `feeds import` takes."""
    assert parse_opml(write_opml(shipped())) == shipped()


def test_zone_follows_from_the_country() -> None:
    """A list that names the country alone still gives dates their zone."""
    body = b'<opml version="2.0"><body><outline xmlUrl="https://a.example/f" title="A" category="EG"/></body></opml>'
    assert parse_opml(body) == (Source("https://a.example/f", "A", None, "EG", "Africa/Cairo"),)


def test_nested_outlines_and_doubles_are_one_list() -> None:
    """Folders are looked into, and an address counts once."""
    body = (
        b'<opml version="1.0"><body><outline text="news"><outline XMLURL="https://a.example/f"/>'
        b'<outline xmlUrl="https://a.example/f"/><outline xmlUrl="javascript:alert(1)"/></outline></body></opml>'
    )
    assert [source.url for source in parse_opml(body)] == ["https://a.example/f"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<html/>",
        b'<opml version="2.0"><body/></opml>',
        b"<opml>" * 100_000,
        b'<!DOCTYPE o [<!ENTITY a "x"><!ENTITY b "' + b"&a;" * 50 + b'">'
        b'<!ENTITY c "' + b"&b;" * 9000 + b'"><!ENTITY d "' + b"&c;" * 9000 + b'">]>'
        b'<opml><body><outline title="&d;" xmlUrl="https://a.example/f"/></body></opml>',
    ],
    ids=["empty", "text", "html", "no feed", "deep", "bomb"],
)
def test_unusable_list_is_refused_in_one_line(body: bytes) -> None:
    """Bytes that are no list of feeds end in a reason, whatever they are."""
    with pytest.raises(CatalogueError) as caught:
        parse_opml(body)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("SA", "Asia/Riyadh"), ("PS", "Asia/Gaza"), ("US", None), ("XX", None), (None, None)],
)
def test_country_with_many_clocks_has_no_zone(country: str | None, zone: str | None) -> None:
    """A zone is told only where the country leaves no doubt."""
    assert zone_of(country) == zone

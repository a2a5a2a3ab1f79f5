"""The list of sources, kept by commands."""

from pathlib import Path

from flows.catalogue.opml import parse_opml
from tests.flows.cli.conftest import Rasid

FEED = "https://news.example/feed"


def test_feed_is_added_once(rasid: Rasid) -> None:
    """A feed written in two ways is one feed."""
    assert rasid("feeds", "add", FEED, "--country", "eg")[1] == "added\n"
    assert rasid("feeds", "add", "HTTPS://NEWS.example:443/feed")[1] == "already listed\n"
    assert "1 feeds" in rasid("feeds", "list")[1]


def test_paused_and_removed_feeds_say_so(rasid: Rasid) -> None:
    """What a person decides about a feed is shown, and can be taken back."""
    rasid("feeds", "add", FEED)
    for command, state in (("pause", "paused"), ("resume", "active"), ("remove", "removed")):
        assert rasid("feeds", command, FEED)[0] == 0
        assert state in rasid("feeds", "list", "--all")[1]
    assert "0 feeds" in rasid("feeds", "list")[1]
    assert rasid("feeds", "add", FEED)[1] == "added\n"


def test_unknown_feed_is_an_error(rasid: Rasid) -> None:
    """A mistyped address changes nothing in silence."""
    assert rasid("feeds", "pause", FEED) == (1, "", f"rasid: no such feed: {FEED}\n")


def test_list_goes_out_and_comes_back(rasid: Rasid, tmp_path: Path) -> None:
    """The exported list imports whole, with what is known of the publishers."""
    rasid("feeds", "add", FEED, "--publisher", "News & Sons", "--country", "EG")
    target = tmp_path / "list.opml"
    assert rasid("feeds", "export", str(target))[0] == 0
    (source,) = parse_opml(target.read_bytes())
    assert (source.url, source.publisher, source.country, source.timezone) == (
        FEED,
        "News & Sons",
        "EG",
        "Africa/Cairo",
    )
    assert rasid("feeds", "import", str(target))[1] == "0 added, 1 already listed\n"

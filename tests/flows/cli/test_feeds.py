"""The list of sources, kept by commands."""

from pathlib import Path

import pytest

from flows.catalogue.opml import parse_opml
from tests.flows.cli.conftest import Rasid
from tests.flows.web.fault_server import FaultServer, html, xml

FEED = "https://news.example/feed"


def test_feed_is_added_once(rasid: Rasid) -> None:
    """A feed written in two ways is one feed."""
    assert rasid("feeds", "add", "--as-is", FEED, "--country", "eg")[1] == "added\n"
    assert rasid("feeds", "add", "--as-is", "HTTPS://NEWS.example:443/feed")[1] == "already listed\n"
    assert "1 feeds" in rasid("feeds", "list")[1]


def test_paused_and_removed_feeds_say_so(rasid: Rasid) -> None:
    """What a person decides about a feed is shown, and can be taken back."""
    rasid("feeds", "add", "--as-is", FEED)
    for command, state in (("pause", "paused"), ("resume", "active"), ("remove", "removed")):
        assert rasid("feeds", command, FEED)[0] == 0
        assert state in rasid("feeds", "list", "--all")[1]
    assert "0 feeds" in rasid("feeds", "list")[1]
    assert rasid("feeds", "add", "--as-is", FEED)[1] == "added\n"


def test_unknown_feed_is_an_error(rasid: Rasid) -> None:
    """A mistyped address changes nothing in silence."""
    assert rasid("feeds", "pause", FEED) == (1, "", f"rasid: no such feed: {FEED}\n")


def test_list_goes_out_and_comes_back(rasid: Rasid, tmp_path: Path) -> None:
    """The exported list imports whole, with what is known of the publishers."""
    rasid("feeds", "add", "--as-is", FEED, "--publisher", "News & Sons", "--country", "EG")
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


def test_a_home_page_gives_its_feed(rasid: Rasid, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a site adds the feed that it announces, and says which; other feeds are told of."""
    monkeypatch.setenv("RASID_ALLOW_PRIVATE_HOSTS", "true")
    monkeypatch.setenv("RASID_HOST_DELAY", "0")
    with FaultServer() as server:
        links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}.xml">' for n in ("a", "b"))
        server.answers |= {"/": html(f"<html><head>{links}</head></html>".encode()), "/a.xml": xml(), "/b.xml": xml()}
        code, out, _ = rasid("feeds", "add", server.url("/"))
        assert code == 0
        assert f"found: {server.url('/a.xml')} (rss, 1 entries)\nfound too, not added: {server.url('/b.xml')}" in out
        assert out.endswith("added\n")
        assert server.url("/a.xml") in rasid("feeds", "list")[1]
        server.answers["/"] = html()
        code, _, error = rasid("feeds", "add", server.url("/?x"))
        assert code == 1
        assert "no feed and no news sitemap found" in error


def test_a_site_that_does_not_answer_is_listed(rasid: Rasid) -> None:
    """A feed that is down today is added, and said to be down."""
    code, out, _ = rasid("feeds", "add", "http://127.0.0.1:9/feed")
    assert (code, out.splitlines()[-1]) == (0, "added")
    assert "does not answer at present" in out

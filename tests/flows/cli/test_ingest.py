"""One cycle in the foreground, on the sample newsroom."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, text

from flows.newsroom import Newsroom, newsroom
from tests.flows.cli.conftest import Rasid

POLITE_ENOUGH = ("--allow-private-hosts", "--host-delay", "0", "--host-connections", "16")
NOBODY = "http://127.0.0.1:9/feed"


@pytest.fixture
def room(now: datetime) -> Iterator[Newsroom]:
    """A newsroom that serves on this machine."""
    with newsroom(now) as room:
        yield room


@pytest.fixture(autouse=True)
def _in_this_process(rasid: Rasid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_PROCESSES", "1")


def _words(out: str) -> str:
    """The output with its columns run together."""
    return " ".join(out.split())


def _rows(engine: Engine) -> dict[str, int]:
    tables = ("feeds", "entries", "pages", "fetches", "articles", "extractions", "reports")
    with engine.connect() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


def test_cycle_stores_everything_and_a_second_one_changes_nothing(rasid: Rasid, room: Newsroom, engine: Engine) -> None:
    """Run again at once, no page is fetched twice and no row is doubled."""
    code, out, errors = rasid("ingest", "--opml", room.opml_url, *POLITE_ENOUGH)
    assert (code, errors) == (0, "")
    first = _rows(engine)
    assert first["articles"] == sum(len(outlet.stories) for outlet in room.outlets)
    assert first["reports"] > 0
    assert f"articles new {first['articles']}" in _words(out)
    asked = room.asked.total()
    code, out, _ = rasid("ingest", "--opml", room.opml_url, *POLITE_ENOUGH)
    assert code == 0
    assert f"feeds unchanged {first['feeds']}" in _words(out)
    assert _rows(engine) == first
    assert room.asked.total() - asked <= 2 * len(room.outlets)  # the list, robots.txt and each feed; no page


def test_extracting_anew_changes_no_row(rasid: Rasid, room: Newsroom, engine: Engine) -> None:
    """What is stored replays to the same rows, without the network."""
    rasid("ingest", "--opml", room.opml_url, *POLITE_ENOUGH)
    before, asked = _rows(engine), room.asked.total()
    code, out, _ = rasid("extract", "--all")
    assert code == 0
    assert f"articles coded: same {before['articles']}" in _words(out)
    assert _rows(engine) == before
    assert room.asked.total() == asked


def test_failed_feed_is_named_while_others_go_on(rasid: Rasid, room: Newsroom) -> None:
    """One dead feed fails nobody else's cycle, and is told with its reason."""
    code, out, _ = rasid("ingest", "--feed", room.feeds[0], "--feed", NOBODY, *POLITE_ENOUGH)
    assert code == 0
    assert f"failed: {NOBODY}: refused" in out


def test_nothing_to_poll_with_is_a_failure(rasid: Rasid) -> None:
    """A script sees it when not one feed could be polled."""
    code, out, _ = rasid("ingest", "--feed", NOBODY, *POLITE_ENOUGH)
    assert code == 1
    assert f"failed: {NOBODY}" in out


def test_private_hosts_are_refused_unless_allowed(rasid: Rasid, room: Newsroom) -> None:
    """A list of feeds cannot make Rasid look into the network that it runs in."""
    code, out, _ = rasid("ingest", "--feed", room.feeds[0], "--host-delay", "0")
    assert code == 1
    assert "forbidden-address" in out
    assert room.asked.total() == 0


@pytest.mark.parametrize("option", [("--host-delay", "-1"), ("--host-connections", "0"), ("--host-delay", "soon")])
def test_options_out_of_bounds_are_wrong_usage(rasid: Rasid, option: tuple[str, str]) -> None:
    """An impossible pace is refused before anything is asked."""
    code, out, errors = rasid("ingest", *option)
    assert (code, out, errors.count("\n")) == (2, "", 1)


def test_missing_list_is_wrong_usage(rasid: Rasid) -> None:
    """A list that cannot be read is told, and nothing is polled."""
    assert rasid("ingest", "--opml", "/no/such.opml")[0] == 2
    assert rasid("ingest", "--opml", "http://127.0.0.1:9/opml.xml", "--allow-private-hosts")[0] == 1

"""Pages that were given up, in plain sight, and another try for them."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, text

from db.feeds import FeedSpec, add_feeds
from tests.flows.cli.conftest import Rasid


@pytest.fixture
def given_up(engine: Engine, now: datetime) -> None:
    """Three pages of two hosts that were given up."""
    with engine.begin() as connection:
        feed = add_feeds(connection, [FeedSpec("https://a.example/feed", publisher="الواحة")], now=now).popitem()[1]
        for number, host in enumerate(("a.example", "a.example", "b.example")):
            connection.execute(
                text(
                    "INSERT INTO pages (url, host, feed_id, first_seen_at, state, attempts, last_reason, last_error,"
                    " parked_at) VALUES (:url, :host, :feed, :now, 'parked', 4, 'http-5xx', '[b]\x1b[31m 503', :now)"
                ),
                {"url": f"https://{host}/{number}", "host": host, "feed": feed, "now": now},
            )


@pytest.mark.usefixtures("given_up")
def test_parked_pages_are_listed_with_why(rasid: Rasid) -> None:
    """Every parked page is shown with its reason; what a server said stays text."""
    code, out, _ = rasid("parked")
    assert code == 0
    assert "3 pages parked" in out
    assert "https://b.example/2" in out
    assert "[b] [31m 503" in out
    assert "\x1b" not in out
    assert "1 pages parked" in rasid("parked", "--host", "www.B.example")[1]


@pytest.mark.usefixtures("given_up")
def test_parked_pages_are_tried_again(rasid: Rasid, engine: Engine) -> None:
    """All, a host's or some by number are due again; a number that is none changes nothing and says so."""
    assert rasid("parked", "--retry", "--host", "b.example")[1] == "1 pages will be tried again\n"
    assert rasid("parked", "--retry", "1")[1] == "1 pages will be tried again\n"
    assert rasid("parked", "--retry", "99")[0] == 2
    assert rasid("parked", "--retry")[1] == "1 pages will be tried again\n"
    assert rasid("parked", "--retry") == (0, "0 pages will be tried again\n", "")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT DISTINCT state, attempts, stage FROM pages")).all() == [
            ("waiting", 0, "fetch")
        ]

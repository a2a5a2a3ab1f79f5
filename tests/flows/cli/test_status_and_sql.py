"""Looking at what is there."""

from tests.flows.cli.conftest import Rasid


def test_status_of_an_empty_database_tells_how_to_begin(rasid: Rasid) -> None:
    """A first look is no wall of zeros: it says what to do."""
    code, out, _ = rasid("status")
    assert code == 0
    assert "rasid feeds add" in out
    assert "not running" in out


def test_status_counts_feeds_by_health(rasid: Rasid) -> None:
    """Feeds are counted by the state that they are in."""
    rasid("feeds", "add", "--as-is", "https://a.example/feed")
    rasid("feeds", "add", "--as-is", "https://b.example/feed")
    rasid("feeds", "pause", "https://b.example/feed", "--reason", "too slow [bold]")
    out = rasid("status")[1]
    assert "1 new" in out
    assert "1 paused" in out
    assert "too slow (bold)" in out


def test_sql_is_psql_with_its_own_options_and_exit_code(rasid: Rasid) -> None:
    """Arguments and the exit code are psql's; the view is there to be asked."""
    assert rasid("sql", "-At", "-c", "SELECT count(*) FROM incident_reports")[:2] == (0, "0\n")
    code, _, errors = rasid("sql", "-v", "ON_ERROR_STOP=1", "-c", "SELECT nonsense")
    assert code != 0
    assert "nonsense" in errors

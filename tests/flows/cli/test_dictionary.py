"""The dictionary as a command."""

from tests.flows.cli.conftest import Rasid


def test_the_dictionary_is_printed(rasid: Rasid) -> None:
    """What prints is the page itself."""
    code, out, _ = rasid("dictionary")
    assert code == 0
    assert out.startswith("# Data dictionary\n")
    assert "### incidents\n" in out

"""A short fuzzing run: the long one is `python -m tests.fuzz --seconds 600`."""

from tests.fuzz import fuzz


def test_no_bytes_break_the_readers() -> None:
    """Whatever the bytes of a feed or page, reading and coding end in an outcome, and every entry is accounted for."""
    fuzz(40)

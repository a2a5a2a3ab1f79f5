"""`rasid extract`."""


def extract() -> None:
    """Code stored articles anew."""

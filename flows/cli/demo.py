"""`rasid demo`."""


def demo() -> None:
    """Code stored articles anew."""

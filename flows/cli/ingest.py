"""`rasid ingest`."""


def ingest() -> None:
    """Code stored articles anew."""

"""The flow `ingest`: a thin shell over flows/steps/cycle.py that Prefect schedules and shows."""

from prefect import flow


@flow(name="ingest")
def ingest() -> None:
    """Poll what is due."""

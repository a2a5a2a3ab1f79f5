"""`rasid metrics`: numbers for whoever collects them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.standing import standing
from flows.clock import utc_now
from flows.settings import Settings


def metrics(
    textfile: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write them to this file, whole or not at all, for a textfile collector."),
    ] = None,
) -> None:
    """Print the service's metrics in the OpenMetrics format, or write them to a file."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.openmetrics.exposition import generate_latest

    from flows.health import Gathered, look

    with standing(Settings.load()) as engine, engine.connect() as connection:
        health = look(connection, now=utc_now())
    registry = CollectorRegistry()
    registry.register(Gathered(health))
    written: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    if textfile is None:
        sys.stdout.write(written.decode())
        return
    beside = textfile.with_name(f".{textfile.name}.new")
    beside.write_bytes(written)
    beside.replace(textfile)

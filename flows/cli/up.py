"""`rasid up`: the unattended service."""

import sys

from flows import logs
from flows.settings import Settings


def up() -> None:
    """Run the unattended service: the database, the Prefect server with its UI, and the schedule.

    It ends with Ctrl-C or SIGTERM and takes every process that it started with it.
    """
    from flows.services.up import up as run

    settings = Settings.load()
    logs.configure(settings)
    run(settings, _say)


def _say(word: str, value: str) -> None:
    print(f"{word:<8}{value}", file=sys.stdout, flush=True)  # noqa: T201 - what the operator reads

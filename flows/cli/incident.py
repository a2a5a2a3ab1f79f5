"""`rasid incident`: what an analyst decides about incidents."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer
from sqlalchemy import Connection

from db.linking import decide
from flows.cli.errors import FAILED, CommandError
from flows.cli.show import console
from flows.services.database import migrated
from flows.settings import Settings
from flows.steps.link import link

app = typer.Typer(help="Decide about incidents: linking respects it from then on.", no_args_is_help=True)

Found = TypeVar("Found")
By = Annotated[str | None, typer.Option("--by", help="Who decides.", show_default=False)]
Why = Annotated[str | None, typer.Option("--why", help="The reason, kept in the log.", show_default=False)]


@app.command("merge")
def merge(
    incidents: Annotated[list[int], typer.Argument(help="Numbers of two incidents or more.")],
    by: By = None,
    why: Why = None,
) -> int:
    """Make one incident of several: they tell of the same."""
    number = _decide(lambda connection: decide.merge(connection, incidents, by=by, why=why))
    console().print(f"incidents {', '.join(map(str, incidents))} are incident {number}")
    return 0


@app.command("split")
def split(
    incident: Annotated[int, typer.Argument(help="Number of the incident.")],
    reports: Annotated[list[int], typer.Argument(help="Numbers of the reports that tell of another one.")],
    by: By = None,
    why: Why = None,
) -> int:
    """Take reports out of an incident: they tell of another one."""
    number = _decide(lambda connection: decide.split(connection, incident, reports, by=by, why=why))
    console().print(f"reports {', '.join(map(str, reports))} are incident {number}")
    return 0


@app.command("pin")
def pin(
    incident: Annotated[int, typer.Argument(help="Number of the incident.")], by: By = None, why: Why = None
) -> int:
    """Keep an incident as it is: linking adds nothing to it and takes nothing away."""
    number = _decide(lambda connection: decide.pin(connection, incident, by=by, why=why))
    console().print(f"incident {incident} is pinned by decision {number}")
    return 0


@app.command("revoke")
def revoke(decision: Annotated[int, typer.Argument(help="Number of the decision.")], why: Why = None) -> int:
    """Take a decision back; linking groups its reports by their likeness again."""
    if not _decide(lambda connection: decide.revoke(connection, decision, why=why)):
        raise CommandError(f"there is no decision {decision} that stands", FAILED)
    console().print(f"decision {decision} is taken back")
    return 0


def _decide(work: Callable[[Connection], Found]) -> Found:
    """Carry a decision out, and link what it left to be linked."""
    with migrated(Settings.load()) as engine:
        try:
            with engine.begin() as connection:
                found = work(connection)
        except decide.NotDecidable as error:
            raise CommandError(str(error), FAILED) from error
        link(engine)
    return found

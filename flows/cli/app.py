"""All commands under one name, each loaded when it is typed, and what happens when one fails."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import structlog
import typer
from typer.core import TyperGroup
from typer.exceptions import Exit, TyperException
from typer.main import get_command, get_group

from flows import logs
from flows.cli.errors import CommandError, explain
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as the list of all shows it: the first line of its own help, and how it takes its arguments.

    The module flows.cli.NAME brings a function of that name, or `app` where it is a group of commands.
    """

    help: str
    takes: Mapping[str, Any] = field(default_factory=dict)

    def load(self, name: str) -> Any:  # noqa: ANN401 - Typer keeps the class of its commands to itself
        """The command itself. Its module may need libraries that take a second to import."""
        module = import_module(f"flows.cli.{name}")
        if hasattr(module, "app"):
            return get_group(module.app)
        alone = typer.Typer(add_completion=False)
        alone.command(name, context_settings=dict(self.takes))(getattr(module, name))
        return get_command(alone)


COMMANDS: Mapping[str, Entry] = {
    "up": Entry("Run the unattended service: the database, the Prefect server with its UI, and the schedule."),
    "migrate": Entry("Bring the database to this version's schema, and list the feeds of the shipped catalogue."),
    "deploy": Entry("Register the deployments and alerts on a Prefect server, and check that they stand there."),
    "ingest": Entry("Run one cycle: poll the feeds named, or all that are due; fetch their new pages; extract."),
    "extract": Entry(
        "Code stored articles anew, without the network: those that this version of the extractors has not coded yet."
    ),
    "explain": Entry("Show how a text became its rows: what each sentence gave, the rules and spans, what was left."),
    "link": Entry("Link the reports that were coded since to incidents: those of other articles, or new ones."),
    "incident": Entry("Decide about incidents: merge, split, pin, revoke. Linking respects it from then on."),
    "feeds": Entry("The list of sources: list, add, remove, pause, resume, import, export (OPML)."),
    "status": Entry("Show what is stored, whether the service runs, and the sources that need a look."),
    "check": Entry("Tell in one line how the service is, as monitoring systems read it, and change nothing."),
    "metrics": Entry("Print the service's metrics in the OpenMetrics format, or write them to a file."),
    "parked": Entry("Show the pages that were given up, with why; with --retry have them tried again."),
    "sql": Entry(
        "Open psql on the database. What follows is psql's own: rasid sql -c 'TABLE incident_reports'.",
        {"allow_extra_args": True, "ignore_unknown_options": True},
    ),
    "export": Entry(
        "Write incidents to a file: rasid export --format xlsx --since 2026-01-01 --country SY --output syria.xlsx."
    ),
    "report": Entry(
        "Write the last days as one HTML page: a map, a timeline by type, and a table with sentences and links."
    ),
    "dictionary": Entry("Print the data dictionary, made from the comments in the database, with worked queries."),
    "demo": Entry("Serve a small sample newsroom on this machine, ingest it, and show the incidents found."),
}


class _OnDemand(TyperGroup):
    """Commands that are listed by their entries, and loaded when one is typed."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as in Entry
        name, _, rest = super().resolve_command(ctx, args)
        assert name is not None
        return name, COMMANDS[name].load(name), rest


app = typer.Typer(
    name="rasid",
    cls=_OnDemand,
    help="Arabic news in, incident rows out.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def _prepare() -> None:
    logs.configure(Settings.load(), quiet=True)


def _listed() -> None:
    """Stands for a command in the list of all."""


for _name, _entry in COMMANDS.items():
    app.command(_name, help=_entry.help)(_listed)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 failed, 2 wrong usage or settings, 130 Ctrl-C."""
    try:
        result = app(args=list(arguments), prog_name="rasid", standalone_mode=False)
    except (KeyboardInterrupt, Exit) as ending:
        return ending.exit_code if isinstance(ending, Exit) else 130
    except CommandError as error:
        return _say(str(error), error.code)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stdout = None
        return 0
    except TyperException as error:
        return _usage(error)
    except Exception as error:  # noqa: BLE001 - whoever typed the command is shown a line, whatever went wrong
        if structlog.is_configured():  # it is not where the settings themselves are wrong
            structlog.get_logger().debug("command failed", exc_info=error)
        return _say(*explain(error))
    return result if isinstance(result, int) else 0


def _usage(error: TyperException) -> int:
    text, code = explain(error)
    if not str(error):  # no arguments at all: the help was shown
        return 0
    return _say(text, code)


def _say(text: str, code: int) -> int:
    print(f"rasid: {text}", file=sys.stderr)  # noqa: T201 - the line that the user reads
    return code

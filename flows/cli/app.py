"""All commands under one name, and what happens when one fails."""

import sys
from collections.abc import Sequence

import structlog
import typer
from typer.exceptions import Exit, TyperException

from flows import logs
from flows.cli import demo, extract, feeds, incident, ingest, link, parked, sql, status, up
from flows.cli import explain as why
from flows.cli.errors import CommandError, explain
from flows.settings import Settings

app = typer.Typer(
    name="rasid",
    help="Arabic news in, incident rows out.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def _prepare() -> None:
    logs.configure(Settings.load(), quiet=True)


app.command("up")(up.up)
app.command("ingest")(ingest.ingest)
app.command("extract")(extract.extract)
app.command("explain")(why.explain)
app.command("link")(link.link)
app.add_typer(incident.app, name="incident")
app.add_typer(feeds.app, name="feeds")
app.command("status")(status.status)
app.command("parked")(parked.parked)
# Everything after `rasid sql` is psql's own.
app.command("sql", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(sql.sql)
app.command("demo")(demo.demo)


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

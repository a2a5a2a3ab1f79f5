"""What every command keeps to: one clear line for an error, and its exit code."""

import json
import subprocess
import sys

import pytest

from flows.cli.app import COMMANDS, run
from flows.settings import environment
from tests.flows.cli.conftest import Rasid


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fly",), "No such command 'fly'"),
        (("feeds", "add"), "Missing argument 'URL'"),
        (("status", "--colour"), "No such option: --colour"),
        (("feeds", "add", "ftp://a.example/feed"), "no http address: ftp://a.example/feed"),
        (("feeds", "import", "/no/such/file.opml"), "/no/such/file.opml: No such file or directory"),
    ],
)
def test_wrong_usage_is_one_line_and_two(rasid: Rasid, arguments: tuple[str, ...], words: str) -> None:
    """Whoever mistypes reads one line that says what, and scripts see 2."""
    code, out, errors = rasid(*arguments)
    assert code == 2
    assert out == ""
    assert errors.startswith("rasid: ")
    assert words in errors
    assert errors.count("\n") == 1


def test_wrong_setting_is_one_line_and_two(rasid: Rasid, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command does nothing under a setting that cannot be meant."""
    monkeypatch.setenv("RASID_SHARDS", "many")
    assert rasid("status") == (
        2,
        "",
        "rasid: RASID_SHARDS: input should be a valid integer, unable to parse string as an integer\n",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RASID_HOST_DELAY", "fast"),
        ("RASID_DATABASE_URL", "mysql://x/y"),
        ("PREFECT_API_URL", "nonsense"),
        ("RASID_SHARDS", "99"),
    ],
)
def test_wrong_setting_is_all_that_a_new_process_says(name: str, value: str) -> None:
    """Nothing but the line is said, on either stream, by a process that has not yet been told how to log."""
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "status"],
        env=environment(**{name: value}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"rasid: {name}: ")


def test_database_that_is_away_is_one_line_and_one(rasid: Rasid, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that does not answer is a line, not a traceback, and its password is not in it."""
    monkeypatch.setenv("RASID_DATABASE_URL", "postgresql://rasid:hush@127.0.0.1:1/rasid")
    code, out, errors = rasid("status")
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith("rasid: database: ")
    assert "hush" not in errors


def test_help_names_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    """Who types `rasid` alone learns what there is."""
    assert run(["--help"]) == 0
    said = capfd.readouterr().out
    assert [name for name in COMMANDS if f"│ {name} " not in said] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_a_command_says_of_itself(name: str) -> None:
    """The line in the list of all commands begins as the command's own help does."""
    own = COMMANDS[name].load(name).help
    assert own.split()[:3] == COMMANDS[name].help.split()[:3]


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--help"], {"sqlalchemy", "httpx", "trafilatura", "prefect"}),
        (["fly"], {"sqlalchemy", "httpx", "trafilatura", "prefect"}),
        (["status"], {"alembic", "httpx", "trafilatura", "prefect"}),
        (["feeds", "list"], {"alembic", "httpx", "trafilatura", "prefect"}),
        (["ingest", "--opml", "/no/such/file"], {"prefect"}),
    ],
)
def test_a_command_loads_what_it_needs(database_url: str, arguments: list[str], unneeded: set[str]) -> None:
    """Commands that look and list answer at once: what takes seconds to load is loaded by those that use it."""
    typed = f"from flows.cli.app import run; run({arguments})"
    tell = "import sys, json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    told = environment(RASID_DATABASE_URL=database_url)
    done = subprocess.run(
        [sys.executable, "-c", f"{typed}; {tell}"], env=told, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert "flows.cli.app" in loaded
    assert loaded & unneeded == set()

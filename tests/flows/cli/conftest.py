"""The command line as a user types it, on the tests' own database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.cli.app import run
from flows.settings import Settings, variable

Rasid = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rasid(
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Rasid:
    """Type a command: the arguments of `rasid` -> its exit code, output and errors."""
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.setenv("RASID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RASID_DATABASE_URL", database_url)

    def typed(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return (code, *capfd.readouterr())

    return typed

"""Child processes, started and stopped for real."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from flows.services.children import Child
from flows.services.locks import AlreadyRunning, alone_in
from flows.settings import environment

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
open("ready", "w").close()
time.sleep(60)
"""


def _until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def _child(folder: Path, name: str, code: str, log: Path | None = None) -> Child:
    (folder / f"{name}.py").write_text(code)
    paths = os.pathsep.join([str(folder), *filter(None, sys.path)])
    return Child(name, name, (), environment(PYTHONPATH=paths), folder, log)


def test_stopping_ends_the_whole_offspring(tmp_path: Path) -> None:
    """Nothing that a child started outlives it, even where the child ignores SIGTERM."""
    child = _child(tmp_path, "stubborn", STUBBORN)
    child.start()
    _until((tmp_path / "ready").exists)
    assert child.pid
    family = [psutil.Process(child.pid), *psutil.Process(child.pid).children(recursive=True)]
    child.stop(patience=0.2)
    _until(lambda: not any(process.is_running() for process in family))
    assert len(family) == 2


def test_output_goes_to_the_log(tmp_path: Path) -> None:
    """What a child says is kept where its log is told to be."""
    child = _child(tmp_path, "talker", "print('hello')", log=tmp_path / "logs" / "talker.log")
    child.start()
    _until(lambda: child.ended is not None)
    assert (tmp_path / "logs" / "talker.log").read_text() == "hello\n"
    assert child.ended == 0


def test_child_ends_with_a_killed_starter(tmp_path: Path) -> None:
    """A service that is killed outright leaves no child behind."""
    (tmp_path / "sleeper.py").write_text("import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)")
    starter = (
        "import os, sys, time; from pathlib import Path; from flows.services.children import Child;"
        "Child('sleeper', 'sleeper', (), dict(os.environ), Path()).start(); time.sleep(60)"
    )
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    process = subprocess.Popen([sys.executable, "-c", starter], cwd=tmp_path, env=environment(PYTHONPATH=paths))
    _until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != "")
    sleeper = psutil.Process(int((tmp_path / "pid").read_text()))
    process.kill()
    process.wait()
    _until(lambda: not sleeper.is_running())


def test_second_service_in_a_home_is_refused(tmp_path: Path) -> None:
    """Two services never share a folder, and the second is told who has it."""
    with alone_in(tmp_path), pytest.raises(AlreadyRunning) as caught, alone_in(tmp_path):
        pass
    assert f"process {os.getpid()}" in str(caught.value)
    with alone_in(tmp_path):
        pass

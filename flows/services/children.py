"""Child processes: started tied to this one, watched, and stopped with everything that they started themselves."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import structlog

log = structlog.get_logger()

_LOG_BYTES = 10 * 2**20  # a log larger than this is begun anew at the next start


@dataclass(slots=True)
class Child:
    """A Python module run as a process of its own; it may be started again after it ended.

    name: how it is called in events
    module, arguments: what to run
    environment: its whole environment, secrets included, as these must not stand on a command line
    folder: where it runs
    log: where its output goes; None leaves it on this process's own
    """

    name: str
    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C reaches this process alone, which then stops it in order."""
        command = [sys.executable, "-m", "flows.services.tether", str(os.getpid()), self.module, *self.arguments]
        output = None if self.log is None else _opened(self.log)
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
        )
        if output:
            os.close(output)

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process and self.ended is None else None

    @property
    def ended(self) -> int | None:
        """Its exit code, or None while it runs or before it was started."""
        return self._process.poll() if self._process else None

    def stop(self, patience: float = 2.0) -> None:
        """End it and its whole offspring: asked first, killed after `patience` seconds.

        Nothing is lost by a kill: what a child had in hand is in the database, and another takes it up. Who stops a
        service, though, may have few seconds himself before he is killed.
        """
        if self._process is None:
            return
        family, begun = _family(self._process.pid), time.monotonic()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(patience)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        _end(family)
        log.info("child stopped", child=self.name, seconds=round(time.monotonic() - begun, 1))


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    large = path.exists() and path.stat().st_size > _LOG_BYTES
    return os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if large else os.O_APPEND), 0o600)


def _family(pid: int) -> list[psutil.Process]:
    try:
        offspring: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return offspring


def _end(processes: Iterable[psutil.Process]) -> None:
    alive = list(processes)
    for patience, end in ((0.2, psutil.Process.terminate), (0.3, psutil.Process.kill)):
        _, alive = psutil.wait_procs(alive, timeout=patience)
        for process in alive:
            with suppress(psutil.NoSuchProcess):
                end(process)

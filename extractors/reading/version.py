"""Which reader made an article: a name for the rules, the words and the library beneath them, all in one."""

from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files


def reader_version() -> str:
    """A content hash of this package's modules and word lists and of trafilatura's version."""
    digest = sha256(version("trafilatura").encode())
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith((".py", ".toml")):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


READER_VERSION = reader_version()

"""Archives of pages on disk -> pages, one after another: JSONL (one page a line) and WARC, each plain or gzipped."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, cast

from db.archive import ArchivedPage
from flows.archives.jsonl import read_jsonl
from flows.archives.warc import read_warc


class ArchiveError(Exception):
    """An archive that cannot be used; the text is one line that says where and why."""


def read_archive(path: Path, *, now: datetime) -> Iterator[ArchivedPage | None]:
    """The archive's pages, with None for each record that is none or cannot be used.

    Raises:
        ArchiveError: it cannot be read, or its name ends in neither .jsonl nor .warc (nor .gz after these).
    """
    kind = "".join(path.suffixes[-2:]).removesuffix(".gz")
    if not kind.endswith((".jsonl", ".warc")):
        raise ArchiveError(f"{path}: neither .jsonl nor .warc, plain or .gz")
    try:
        with _opened(path) as stream:
            yield from read_jsonl(stream, now=now) if kind.endswith(".jsonl") else read_warc(stream, now=now)
    except (OSError, EOFError) as error:
        raise ArchiveError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as stream:
        yield cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if path.suffix == ".gz" else stream

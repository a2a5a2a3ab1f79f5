"""Papers on loopback: feeds and pages exported to files, and a server of files that costs next to nothing beside."""

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path

from tests.bench.articles import Article
from tests.bench.pages import page

ENTRIES = 50  # of a feed
CARDS = 16
ARTICLE, FEED = "a", "feed"
MODIFIED = "Sun, 01 Mar 2026 12:00:00 GMT"
_TYPES = {ARTICLE: "text/html; charset=utf-8", FEED: "application/rss+xml; charset=utf-8"}


def export(articles: Sequence[Article], folder: Path, base: str) -> list[str]:
    """Write the papers of these articles -> the addresses of their feeds."""
    for name in (ARTICLE, FEED):
        (folder / name).mkdir(exist_ok=True)
    feeds = []
    for number, first in enumerate(range(0, len(articles), ENTRIES)):
        own = articles[first : first + ENTRIES]
        paper = f"صحيفة {number}"
        for place, article in enumerate(own):
            others = [own[(place + step) % len(own)] for step in range(1, CARDS + 1)]
            address = f"{base}/a/{article.number}"
            (folder / ARTICLE / str(article.number)).write_bytes(page(article, others, paper, address, number % 3))
        (folder / FEED / str(number)).write_bytes(feed(own, paper, base))
        feeds.append(f"{base}/{FEED}/{number}")
    return feeds


def feed(articles: Sequence[Article], paper: str, base: str) -> bytes:
    """A paper's feed."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{base}/a/{one.number}</link><guid>{base}/a/{one.number}</guid>"
        f"<pubDate>{format_datetime(one.published)}</pubDate>"
        f"<description>{escape(one.paragraphs[0][:200])}</description></item>"
        for one in articles
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{paper}</title><link>{base}/</link>'
        f"<language>ar</language>{items}</channel></rss>"
    ).encode()


@dataclass(frozen=True, slots=True)
class Served:
    """Where papers are served, and by which process."""

    address: str
    pid: int


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder's files from a process of its own."""
    context = multiprocessing.get_context("spawn")  # the server that workers are forked from is theirs alone
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(folder, theirs), daemon=True)
    process.start()
    try:
        assert process.pid is not None
        yield Served(f"http://127.0.0.1:{ours.recv()}", process.pid)
    finally:
        process.terminate()
        process.join()


def _serve(folder: Path, door: Connection) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Files(folder), "127.0.0.1", 0)
        door.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


class _Files(asyncio.Protocol):
    """HTTP/1.1, kept alive: GET of a file, with a validator; 304 to who knows it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            asked, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
            self._transport.write(self._answer(asked))

    def _answer(self, asked: bytes) -> bytes:
        path = asked.split(b" ", 2)[1].decode()
        kind, _, name = path.lstrip("/").partition("/")
        file = self._folder / kind / name
        if kind not in _TYPES or not name.isdigit() or not file.exists():
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        state = file.stat()
        etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        about = f"ETag: {etag}\r\nLast-Modified: {MODIFIED}\r\n"
        if etag.encode() in asked:
            return f"HTTP/1.1 304 Not Modified\r\n{about}\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\n{about}Content-Type: {_TYPES[kind]}\r\nContent-Length: {state.st_size}\r\n\r\n"
        return head.encode() + file.read_bytes()

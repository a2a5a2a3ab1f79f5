"""A sample newsroom on the loopback address: feeds, pages, an OPML list and robots.txt, answering as news sites do."""

import gzip
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import cast
from urllib.parse import unquote

from flows.newsroom.feeds import CONTENT_TYPES, feed, opml
from flows.newsroom.pages import page
from flows.newsroom.stories import Outlet, load_outlets


@dataclass(frozen=True, slots=True)
class _Answer:
    content_type: str
    body: bytes

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A running newsroom. `asked` counts requests by path, `unchanged` those that were answered 304."""

    base: str
    outlets: tuple[Outlet, ...]
    asked: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    @property
    def opml_url(self) -> str:
        """The list of all feeds."""
        return f"{self.base}/opml.xml"

    @property
    def feeds(self) -> tuple[str, ...]:
        """The address of each outlet's feed, in the order of `outlets`."""
        return tuple(self.base + outlet.feed for outlet in self.outlets)


@contextmanager
def newsroom(now: datetime, *, port: int = 0) -> Iterator[Newsroom]:
    """Serve the sample outlets on 127.0.0.1 until the block ends.

    Args:
        now: aware; the articles are dated back from it.
        port: 0 takes any free port. Addresses of articles hold the port: keep it to meet known articles again.
    """
    with _Server(now, port) as server:
        # A short poll, so that leaving the block does not wait.
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom", daemon=True)
        thread.start()
        try:
            yield server.room
        finally:
            server.shutdown()
            thread.join()


def _answers(room: Newsroom) -> dict[str, _Answer]:
    answers = {
        "/": _Answer("text/html; charset=utf-8", b"<!DOCTYPE html><title>newsroom</title>"),
        "/robots.txt": _Answer("text/plain", b"User-agent: *\nDisallow: /section/\n"),
        "/opml.xml": _Answer("text/x-opml; charset=utf-8", opml(room.outlets, room.base)),
    }
    for outlet in room.outlets:
        # Old windows-1256 sites name their encoding in the document alone.
        charset = "; charset=utf-8" if outlet.encoding == "utf-8" else ""
        answers[outlet.feed] = _Answer(CONTENT_TYPES[outlet.format] + charset, feed(outlet, room.base))
        for story in outlet.stories:
            answers[story.path] = _Answer(f"text/html{charset}", page(outlet, story, room.base))
    return answers


class _Server(ThreadingHTTPServer):
    """All answers, made once when the door opens."""

    daemon_threads = True

    def __init__(self, now: datetime, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.room = Newsroom(f"http://127.0.0.1:{self.server_port}", load_outlets(now))
        self.answers = _answers(self.room)
        self.modified = now.astimezone(UTC).replace(microsecond=0)
        self._counting = Lock()

    def count(self, counter: Counter[str], path: str) -> None:
        with self._counting:  # an increment is two steps, and requests run in threads
            counter[path] += 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _newsroom(self) -> _Server:
        return cast("_Server", self.server)

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0])
        room = self._newsroom.room
        self._newsroom.count(room.asked, path)
        answer = self._newsroom.answers.get(path)
        if answer is None:
            self._reply(HTTPStatus.NOT_FOUND, _Answer("text/plain", b"no such page"))
        elif self._knows(answer):
            self._newsroom.count(room.unchanged, path)
            self._reply(HTTPStatus.NOT_MODIFIED, answer)
        else:
            self._reply(HTTPStatus.OK, answer)

    def _knows(self, answer: _Answer) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:  # decides alone where both are sent
            return answer.etag in tags
        try:
            return parsedate_to_datetime(self.headers.get("If-Modified-Since", "")) >= self._newsroom.modified
        except (TypeError, ValueError):  # no such header, or no date in it, or one without a zone
            return False

    def _reply(self, status: HTTPStatus, answer: _Answer) -> None:
        body = b"" if status is HTTPStatus.NOT_MODIFIED else answer.body
        self.send_response(status)
        self.send_header("Content-Type", answer.content_type)
        if status is not HTTPStatus.NOT_FOUND:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(self._newsroom.modified, usegmt=True))
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet: the demo's own lines are what is read."""

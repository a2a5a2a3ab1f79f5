"""A web server on loopback that does everything wrong, one path for each fault: run in a thread beside the tests.

    with FaultServer() as server:
        server.url("/slow-loris")

`server.asked` lists the paths asked for with their headers; `server.answers[path] = b"HTTP/1.1 ..."` adds an answer of
one's own.
"""

import asyncio
import functools
import gzip
import itertools
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Writer = asyncio.StreamWriter
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>صحيفة الواحة</title>'
    "<item><title>خبر من الواحة</title><link>http://127.0.0.1/a/1</link><guid>1</guid></item></channel></rss>"
).encode()
PAGE = "<html><head><title>خبر</title></head><body><p>نص الخبر الأول من الواحة.</p></body></html>".encode()
CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={};</script></body></html>"
)


def reply(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """A whole answer with a true Content-Length, or the one given."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def xml(body: bytes = RSS, *headers: str) -> bytes:
    """A feed's answer."""
    return reply("200 OK", body, "Content-Type: application/rss+xml", *headers)


def html(body: bytes = PAGE, status: str = "200 OK", *headers: str) -> bytes:
    """A page's answer."""
    return reply(status, body, "Content-Type: text/html; charset=utf-8", *headers)


def moved(status: str, to: str) -> bytes:
    """A redirect."""
    return reply(status, b"", f"Location: {to}")


@functools.cache
def gzip_bomb(size: int) -> bytes:
    """`size` zero bytes, packed about a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = bytes(2**20)
    return b"".join(packer.compress(block) for _ in range(size // 2**20)) + packer.flush()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FIXED: dict[str, Callable[[], bytes]] = {
    "/robots.txt": lambda: reply("404 Not Found"),
    "/ok": xml,
    "/page": html,
    "/empty": lambda: reply("200 OK"),
    "/lying-304": lambda: b"HTTP/1.1 304 Not Modified\r\n\r\n",
    "/loop": lambda: moved("301 Moved Permanently", "/loop"),
    "/chain": lambda: moved("301 Moved Permanently", "/chain2"),
    "/chain2": lambda: moved("308 Permanent Redirect", "/chain3"),
    "/chain3": lambda: moved("302 Found", "/ok"),
    "/to-private": lambda: moved("301 Moved Permanently", "http://10.0.0.7/feed"),
    "/to-metadata": lambda: moved("302 Found", "http://169.254.169.254/latest/meta-data/"),
    "/to-file": lambda: moved("302 Found", "file:///etc/passwd"),
    "/to-script": lambda: moved("302 Found", "javascript:alert(1)"),
    "/to-nowhere": lambda: reply("301 Moved Permanently"),
    "/to-login": lambda: moved("302 Found", "/page"),
    "/to-arabic": lambda: moved("302 Found", "/خبر"),
    "/%D8%AE%D8%A8%D8%B1": html,
    "/401": lambda: reply("401 Unauthorized"),
    "/403": lambda: reply("403 Forbidden"),
    "/404": lambda: reply("404 Not Found"),
    "/410": lambda: reply("410 Gone"),
    "/418": lambda: reply("418 I'm a teapot"),
    "/429": lambda: reply("429 Too Many Requests"),
    "/429-seconds": lambda: reply("429 Too Many Requests", b"", "Retry-After: 120"),
    "/429-date": lambda: reply(
        "429 Too Many Requests",
        b"",
        "Date: Thu, 24 Sep 2026 10:00:00 GMT",
        "Retry-After: Thu, 24 Sep 2026 10:05:00 GMT",
    ),
    "/503-seconds": lambda: reply("503 Service Unavailable", b"", "Retry-After: 90"),
    **{f"/{code}": (lambda code=code: reply(f"{code} Broken")) for code in (500, 502, 503, *range(520, 527))},
    "/challenge-403": lambda: html(CHALLENGE, "403 Forbidden", "cf-mitigated: challenge"),
    "/challenge-200": lambda: html(CHALLENGE),
    "/gzip": lambda: xml(gzip.compress(RSS), "Content-Encoding: gzip"),
    "/gzip-members": lambda: xml(gzip.compress(RSS[:50]) + gzip.compress(RSS[50:]), "Content-Encoding: gzip"),
    "/gzip-lie": lambda: xml(RSS, "Content-Encoding: gzip"),
    "/gzip-broken": lambda: xml(gzip.compress(RSS)[:-8] + b"\xff" * 8, "Content-Encoding: gzip"),
    "/gzip-half": lambda: xml(gzip.compress(RSS * 50)[:150], "Content-Encoding: gzip"),
    "/gzip-bomb": lambda: xml(gzip_bomb(2**28), "Content-Encoding: gzip"),
    "/deflate": lambda: xml(zlib.compress(RSS), "Content-Encoding: deflate"),
    "/deflate-raw": lambda: xml(zlib.compress(RSS)[2:-4], "Content-Encoding: deflate"),
    "/br-unasked": lambda: xml(b"\x0b\x02\x80abc\x03", "Content-Encoding: br"),
    "/wrong-length": lambda: reply("200 OK", RSS, "Connection: close", length=len(RSS) + 500),
    "/bad-chunk": lambda: HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n",
    "/half-chunk": lambda: HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\nonly a little",
    "/not-http": lambda: b"220 mail.example ESMTP ready\r\n\r\n",
    "/long-header": lambda: reply("200 OK", RSS, "X-Long: " + "a" * 300_000),
    "/header-forgery": lambda: reply("200 OK", RSS, 'ETag: "a\x01b"'),
    "/no-headers-end": lambda: b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
    "/control-reason": lambda: b"HTTP/1.1 200 O\x1b[31mK\r\nX: \x00\r\n\r\n",
    "/html-as-rss": lambda: reply("200 OK", PAGE, "Content-Type: application/rss+xml"),
    "/huge": lambda: xml(RSS + b" " * 3_000_000),
}
CLOSING = frozenset({"/wrong-length", "/half-chunk", "/not-http", "/no-headers-end"})


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float
    host: str  # that was asked
    by: str  # who asked


@dataclass
class FaultServer:
    """The server, as a context manager; `tls` makes it speak HTTPS."""

    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    port: int = 0
    hosts: int = 1  # addresses of the network that it listens on
    network: str = "127.0.0."
    open_now: int = 0
    open_most: int = 0
    _writers: set[Writer] = field(default_factory=set)

    def url(self, path: str, host: int = 0) -> str:
        """The address of a path, on one of the hosts."""
        return f"{'https' if self.tls else 'http'}://{self.network}{1 + host}:{self.port}{path}"

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(a.path == path for a in self.asked)

    def __enter__(self) -> Self:
        gzip_bomb(2**28)  # made before the clocks run
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._loop.set_exception_handler(lambda *_: None)  # failed handshakes are what some tests want
        addresses = [f"{self.network}{1 + host}" for host in range(self.hosts)]
        server = await asyncio.start_server(self._client, addresses[0], self.port, ssl=self.tls, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        others = [
            await asyncio.start_server(self._client, address, self.port, ssl=self.tls, backlog=512)
            for address in addresses[1:]
        ]
        self._ready.set()
        await self._stop.wait()
        for listening in (server, *others):
            listening.close()
        await asyncio.sleep(0.01)  # who was let in a moment ago is greeted, so that its end is noticed
        clients = asyncio.all_tasks() - {asyncio.current_task()}
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0.01)  # sockets are closed by the loop, a turn later

    async def _client(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self._writers.add(writer)
        self.open_now += 1
        self.open_most = max(self.open_most, self.open_now)
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.open_now -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: Writer) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        path = head[0].split(" ")[1]
        host, by = (writer.get_extra_info(name, ("",))[0] for name in ("sockname", "peername"))
        self.asked.append(Asked(path, headers, time.monotonic(), host, by))
        plain = path.split("?")[0]
        if plain in SCRIPTED:
            return await SCRIPTED[plain](headers, writer)
        writer.write(self.answers.get(path) or self.answers.get(plain) or FIXED.get(plain, FIXED["/404"])())
        await writer.drain()
        return plain not in CLOSING


async def _conditional(headers: dict[str, str], writer: Writer) -> bool:
    etag, date = '"v1"', "Thu, 24 Sep 2026 10:00:00 GMT"
    if headers.get("if-none-match") == etag or headers.get("if-modified-since") == date:
        writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
    else:
        writer.write(xml(RSS, f"ETag: {etag}", f"Last-Modified: {date}"))
    await writer.drain()
    return True


async def _hang(_: dict[str, str], _writer: Writer) -> bool:
    await asyncio.sleep(300)
    return False


async def _drip(writer: Writer, pieces: Iterator[bytes], pause: float) -> bool:
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)
    return False


async def _slow_headers(_: dict[str, str], writer: Writer) -> bool:
    return await _drip(writer, iter([b"HTTP/1.1 200 OK\r\n", *(b"X-%d: a\r\n" % n for n in range(1000))]), 0.1)


async def _slow_body(_: dict[str, str], writer: Writer) -> bool:
    return await _drip(writer, iter([HEAD + b"Content-Length: 10000\r\n\r\n", *(b"a" for _ in range(1000))]), 0.1)


async def _endless(_: dict[str, str], writer: Writer) -> bool:
    return await _drip(writer, itertools.chain([HEAD + b"\r\n"], itertools.repeat(b"a" * 65536)), 0)


async def _endless_continue(_: dict[str, str], writer: Writer) -> bool:
    return await _drip(writer, (b"HTTP/1.1 100 Continue\r\n\r\n" for _ in range(100_000)), 0.01)


async def _reset(_: dict[str, str], writer: Writer) -> bool:
    writer.write(HEAD + b"Content-Length: 10000\r\n\r\nhalf")
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


async def _nothing(_: dict[str, str], _writer: Writer) -> bool:
    return False


async def _slow_ok(_: dict[str, str], writer: Writer) -> bool:
    await asyncio.sleep(0.3)
    writer.write(xml())
    await writer.drain()
    return True


async def _once_then_close(_: dict[str, str], writer: Writer) -> bool:
    writer.write(xml())
    await writer.drain()
    return False


SCRIPTED: dict[str, Callable[[dict[str, str], Writer], Awaitable[bool]]] = {
    "/conditional": _conditional,
    "/hang": _hang,
    "/slow-headers": _slow_headers,
    "/slow-body": _slow_body,
    "/endless": _endless,
    "/endless-continue": _endless_continue,
    "/reset": _reset,
    "/nothing": _nothing,
    "/slow-ok": _slow_ok,
    "/closes": _once_then_close,
}

"""A streamed body decompressed within a cap: never more than the cap in memory, whatever was sent."""

import zlib
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass
from typing import Protocol

import zstandard

from flows.web.errors import WebError
from flows.web.messages import Reason

ACCEPTED_CODINGS = "gzip, deflate, zstd"
BOMB_RATIO = 100  # plain text reaches 10, templates full of repetition 40
ZSTD_WINDOW = 2**23  # what RFC 9659 allows on the web
ZSTD_SLICE = 256
GZIP_MAGIC = b"\x1f\x8b"
ZLIB_LOW_NIBBLE = 8


class Decoder(Protocol):
    """Pieces of a coded body in, at most `limit` bytes of plain body out. `consumed` counts the coded bytes used."""

    consumed: int

    def feed(self, data: bytes, limit: int) -> bytes:
        """The next plain bytes; the rest is dropped where there are more than `limit`."""

    @property
    def finished(self) -> bool:
        """Whether the coded stream came to its own end."""


class Plain:
    """A body that is sent as it is."""

    finished = True

    def __init__(self) -> None:
        self.consumed = 0

    def feed(self, data: bytes, limit: int) -> bytes:
        """The same bytes, cut."""
        self.consumed += len(data)
        return data[:limit]


class Zlib:
    """gzip (also of several members) and deflate in both its readings; a body that is neither passes as it is."""

    def __init__(self, coding: str) -> None:
        self.consumed = 0
        self._coding = coding
        self._inner: zlib._Decompress | None = None
        self._plain = False

    def feed(self, data: bytes, limit: int) -> bytes:
        """The next plain bytes; zlib.error where the stream is broken."""
        if self._inner is None and not self._plain:
            self._begin(data)
        self.consumed += len(data)
        if self._plain:
            return data[:limit]
        return self._inflate(data, limit)

    @property
    def finished(self) -> bool:
        """Whether the last member is whole; nothing sent is whole too."""
        return self._inner is None or self._plain or self._inner.eof

    def _begin(self, data: bytes) -> None:
        if self._coding == "gzip":
            self._plain = not data.startswith(GZIP_MAGIC[: len(data)])
            self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            raw = bool(data) and data[0] & 0x0F != ZLIB_LOW_NIBBLE
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)

    def _inflate(self, data: bytes, limit: int) -> bytes:
        out = b""
        while data and len(out) < limit:
            assert self._inner is not None
            out += self._inner.decompress(data, limit - len(out))
            self.consumed -= len(self._inner.unconsumed_tail)
            data = self._inner.unused_data
            if self._inner.eof:
                if not data.startswith(GZIP_MAGIC):
                    break
                self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return out


class Zstd:
    """Zstandard, with a window that no server can make larger than a browser would allow."""

    def __init__(self) -> None:
        self.consumed = 0
        self._inner = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()

    @property
    def finished(self) -> bool:
        """Whether the frame is whole."""
        return self._inner.eof

    def feed(self, data: bytes, limit: int) -> bytes:
        """The next plain bytes; ZstdError where the stream is broken. Fed in slices, since a block can be large."""
        out: list[bytes] = []
        size = 0
        for start in range(0, len(data), ZSTD_SLICE):
            if size >= limit or self._inner.eof:
                break
            out.append(self._inner.decompress(data[start : start + ZSTD_SLICE]))
            self.consumed += ZSTD_SLICE
            size += len(out[-1])
        return b"".join(out)[:limit]


DECODERS: dict[str, Callable[[], Decoder]] = {
    "": Plain,
    "identity": Plain,
    "gzip": lambda: Zlib("gzip"),
    "x-gzip": lambda: Zlib("gzip"),
    "deflate": lambda: Zlib("deflate"),
    "zstd": Zstd,
}


@dataclass(frozen=True, slots=True)
class Body:
    """The decompressed bytes, and whether they are cut: at the cap, or by a coded stream that ended early."""

    data: bytes
    truncated: bool


async def read_body(pieces: AsyncIterable[bytes], coding: str, max_bytes: int) -> Body:
    """A body read up to `max_bytes` decompressed bytes; WebError for an unknown or broken coding and for a bomb."""
    make = DECODERS.get(coding.strip().lower())
    if make is None:
        raise WebError(Reason.BAD_ENCODING, f"content-encoding {coding!r}")
    try:
        return await _read(pieces, make(), max_bytes)
    except (zlib.error, zstandard.ZstdError) as error:
        raise WebError(Reason.BAD_ENCODING, f"{coding}: {error}") from error


async def _read(pieces: AsyncIterable[bytes], decoder: Decoder, max_bytes: int) -> Body:
    out = bytearray()
    async for piece in pieces:
        out += decoder.feed(piece, max_bytes + 1 - len(out))
        if len(out) > max_bytes:
            if len(out) > decoder.consumed * BOMB_RATIO:
                raise WebError(Reason.TOO_LARGE, f"{decoder.consumed} bytes grow beyond {max_bytes}")
            return Body(bytes(out[:max_bytes]), truncated=True)
    return Body(bytes(out), truncated=decoder.consumed > 0 and not decoder.finished)

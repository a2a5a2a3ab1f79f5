"""Bodies decompressed within their cap."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import zstandard
from hypothesis import given
from hypothesis import strategies as st

from flows.web.body import Body, read_body
from flows.web.errors import WebError
from flows.web.messages import Reason

CODERS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstandard.compress}


def read(pieces: list[bytes], coding: str, cap: int) -> Body | Reason:
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    try:
        return asyncio.run(read_body(stream(), coding, cap))
    except WebError as error:
        return error.reason


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@given(st.binary(max_size=3000), st.sampled_from(sorted(CODERS)), st.integers(1, 700))
def test_what_was_coded_is_read_back(data: bytes, coding: str, size: int) -> None:
    """A body comes back whole from each coding, however it is cut on the way."""
    assert read(cut(CODERS[coding](data), size), coding, 5000) == Body(data, truncated=False)


@given(
    st.binary(max_size=2000), st.sampled_from([*CODERS, "br", "gzip, gzip"]), st.integers(1, 700), st.integers(1, 3000)
)
def test_any_bytes_end_in_an_outcome(data: bytes, coding: str, size: int, cap: int) -> None:
    """Whatever is sent under whatever name, the outcome is a body within the cap or a reason."""
    found = read(cut(data, size), coding, cap)
    assert found in {Reason.BAD_ENCODING, Reason.TOO_LARGE} if isinstance(found, Reason) else len(found.data) <= cap


def test_text_that_packs_well_is_no_bomb() -> None:
    """A long page full of repetition is cut at the cap and kept, not refused."""
    page = b"".join(b"<li class='item'>%d</li>" % n for n in range(100_000))
    found = read(cut(gzip.compress(page), 65536), "gzip", 2**20)
    assert found == Body(page[: 2**20], truncated=True)

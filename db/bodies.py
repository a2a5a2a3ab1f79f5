"""Raw page bytes <-> what is stored of them."""

import zstandard

LEVEL = 3  # a page in a fraction of a millisecond, to a fifth of its length
MAX_BYTES = 64 * 1024 * 1024  # far above the size limit of fetching: what claims more is damaged


def pack(body: bytes) -> bytes:
    """The bytes, compressed."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(body)


def unpack(packed: bytes) -> bytes:
    """The bytes as they were. Raises zstandard.ZstdError where they are damaged."""
    return zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_BYTES)

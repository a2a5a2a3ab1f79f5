"""Numbers by which an index finds what lies in one time and may be alike."""

_BITS = 40  # of 64: what is alike by chance within a span stays rare, and is compared like all else


def mark_in(span: int, hashed: int) -> int:
    """A mark of something in a span of days: `hashed` is any number of it, of 64 bits.

    Marks of one span are neighbours. News is of today: whatever lies in years of it, an index is read and written in
    the place of the latest span alone, and costs the same.
    """
    return span << _BITS | hashed & (1 << _BITS) - 1

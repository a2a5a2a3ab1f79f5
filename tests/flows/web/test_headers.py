"""Headers as text, and Retry-After in both its forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.web.headers import as_text, retry_after

NOW = 1_790_244_000.0  # 24 September 2026, 10:00 UTC


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "Thu, 24 Sep 2026 10:05:00 GMT"}, 300),
        ({"retry-after": "Thu, 24 Sep 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "Thu, 24 Sep 2020 10:01:00 GMT", "date": "Thu, 24 Sep 2020 10:00:00 GMT"}, 60),
        ({"retry-after": "99999999999999999"}, 31 * 86400),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "١٢"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds and dates are read, a date against the server's own clock; nonsense is no wish."""
    assert retry_after(headers, NOW) == seconds


@given(st.text(), st.text())
def test_retry_after_never_fails(value: str, date: str) -> None:
    """Whatever a server writes, the answer is a number of seconds or none."""
    found = retry_after({"retry-after": value, "date": date}, NOW)
    assert found is None or found >= 0


@given(st.lists(st.tuples(st.binary(), st.binary())))
def test_headers_never_fail(raw: list[tuple[bytes, bytes]]) -> None:
    """Header bytes of any kind become text."""
    assert len(as_text(raw)) <= len(raw)


def test_headers_of_one_name_are_joined() -> None:
    """Repeated headers are one, and Arabic letters in an address survive."""
    raw = [(b"Vary", b"a"), (b"vary", b"b"), (b"Location", "/خبر".encode())]
    assert as_text(raw) == {"vary": "a, b", "location": "/خبر"}

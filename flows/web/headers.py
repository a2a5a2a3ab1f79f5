"""Headers: those that are sent, and those of an answer as text."""

from collections.abc import Iterable
from email.utils import parsedate_to_datetime

from flows.policy import WebPolicy
from flows.web.body import ACCEPTED_CODINGS
from flows.web.messages import WebRequest
from flows.web.target import Target

Raw = list[tuple[bytes, bytes]]

ACCEPT = {
    "feed": b"application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "page": b"text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
}
MAX_VALIDATOR = 1024
MAX_WAIT = 31 * 24 * 3600.0


def request_headers(target: Target, request: WebRequest, policy: WebPolicy) -> Raw:
    """The headers of one request; validators only where the request is conditional and they can be sent."""
    sent = [
        (b"Host", target.host_header),
        (b"User-Agent", policy.full_user_agent.encode("ascii", "replace")),
        (b"Accept", ACCEPT[request.accept]),
        (b"Accept-Language", b"ar, *;q=0.5"),
        (b"Accept-Encoding", ACCEPTED_CODINGS.encode()),
    ]
    if request.unconditional:
        return [*sent, (b"Cache-Control", b"no-cache")]
    sent.extend(_validator(b"If-None-Match", request.etag))
    sent.extend(_validator(b"If-Modified-Since", request.last_modified))
    return sent


def _validator(name: bytes, value: str | None) -> Raw:
    # What a server gave is sent back to it as it was, but never so that it could forge another header.
    if not value or len(value) > MAX_VALIDATOR or not value.isprintable():
        return []
    try:
        return [(name, value.strip().encode("latin-1"))]
    except UnicodeEncodeError:
        return []


def as_text(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers of an answer by lower-case name; several of one name are joined by commas."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _decoded(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")  # an address with Arabic letters in it; anything else is ASCII
    except UnicodeDecodeError:
        return value.decode("latin-1")


def retry_after(headers: dict[str, str], now: float) -> float | None:
    """Seconds to wait by Retry-After, in either of its forms; None where there is none or it cannot be read.

    A date is measured from the answer's own Date, so that a server whose clock is wrong still means the same span;
    `now` (seconds since 1970) stands in where it has none.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_WAIT)
    until = _timestamp(value)
    if until is None:
        return None
    sent = _timestamp(headers.get("date", ""))
    return min(max(until - (now if sent is None else sent), 0.0), MAX_WAIT)


def _timestamp(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None

"""What is asked of the web and what comes back: a request, and a response or a failure with a named reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

PERMANENT = frozenset({301, 308})


class Reason(StrEnum):
    """Why a request gave no usable answer. The list is closed: rows and reports count by it."""

    BAD_URL = "bad-url"
    BAD_SCHEME = "bad-scheme"
    FORBIDDEN_ADDRESS = "forbidden-address"
    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT_CONNECT = "timeout-connect"
    TIMEOUT_READ = "timeout-read"
    TIMEOUT_TOTAL = "timeout-total"
    RESET = "reset"
    CUT_SHORT = "cut-short"  # the body ended before its announced end
    PROTOCOL = "protocol"
    HEADERS_TOO_LARGE = "headers-too-large"
    TOO_LARGE = "too-large"  # a compression bomb; a plain body that is too long is kept, cut
    BAD_ENCODING = "bad-encoding"  # the content coding is unknown or broken
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    ROBOTS = "robots"
    ROBOTS_UNAVAILABLE = "robots-unavailable"
    HOST_WAIT = "host-wait"  # the host asked for a pause that is not over: nothing was sent
    CHALLENGE = "challenge"  # a bot defence answered in the publisher's place
    HTTP_401 = "http-401"
    HTTP_403 = "http-403"
    HTTP_404 = "http-404"
    HTTP_410 = "http-410"
    HTTP_429 = "http-429"
    HTTP_4XX = "http-4xx"
    HTTP_5XX = "http-5xx"
    INTERNAL = "internal"  # a fault of this client


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One GET. `etag` and `last_modified` make it conditional, unless `unconditional` asks for the whole body."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: Literal["feed", "page"] = "feed"
    unconditional: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """A hop: the status that told of it, and the address it led to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class WebResponse:
    """An answer of 2xx or 304, its body decompressed. Times in seconds.

    `truncated` where the body is not whole: cut at the cap, or by a coded stream that ended early. Its validators stand
    for the whole and must not be kept.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    truncated: bool
    not_modified: bool
    redirects: tuple[Redirect, ...]
    elapsed: float

    @property
    def moved_to(self) -> str | None:
        """Where the address has moved for good: the end of the unbroken run of permanent hops, or None."""
        moved = None
        for hop in self.redirects:
            if hop.status not in PERMANENT:
                break
            moved = hop.url
        return moved


@dataclass(frozen=True, slots=True)
class WebFailure:
    """No usable answer, and why. `retry_after` in seconds is the host's own wish; `elapsed` in seconds."""

    url: str
    reason: Reason
    detail: str
    status: int | None = None
    retry_after: float | None = None
    elapsed: float = 0.0

"""The client against servers that do everything wrong: each fault ends in its own named outcome, in its time."""

import time
from collections.abc import Iterator

import pytest

from flows.web import Reason, WebFailure, WebRequest
from tests.flows.web.fault_server import FaultServer
from tests.flows.web.test_client import ask

PATIENT = 4.0


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


FAULTS = {
    "/lying-304": Reason.PROTOCOL,
    "/loop": Reason.TOO_MANY_REDIRECTS,
    "/to-file": Reason.BAD_SCHEME,
    "/to-script": Reason.BAD_SCHEME,
    "/to-nowhere": Reason.BAD_REDIRECT,
    "/401": Reason.HTTP_401,
    "/403": Reason.HTTP_403,
    "/404": Reason.HTTP_404,
    "/410": Reason.HTTP_410,
    "/418": Reason.HTTP_4XX,
    "/429": Reason.HTTP_429,
    "/429-seconds": Reason.HTTP_429,
    "/429-date": Reason.HTTP_429,
    "/503-seconds": Reason.HTTP_5XX,
    "/500": Reason.HTTP_5XX,
    "/503": Reason.HTTP_5XX,
    "/520": Reason.HTTP_5XX,
    "/526": Reason.HTTP_5XX,
    "/challenge-403": Reason.CHALLENGE,
    "/challenge-200": Reason.CHALLENGE,
    "/gzip-broken": Reason.BAD_ENCODING,
    "/br-unasked": Reason.BAD_ENCODING,
    "/gzip-bomb": Reason.TOO_LARGE,
    "/wrong-length": Reason.CUT_SHORT,
    "/half-chunk": Reason.CUT_SHORT,
    "/bad-chunk": Reason.PROTOCOL,
    "/not-http": Reason.PROTOCOL,
    "/control-reason": Reason.PROTOCOL,
    "/no-headers-end": Reason.RESET,
    "/nothing": Reason.RESET,
    "/reset": Reason.RESET,
    "/long-header": Reason.HEADERS_TOO_LARGE,
    "/hang": Reason.TIMEOUT_READ,
    "/slow-headers": Reason.TIMEOUT_TOTAL,
    "/slow-body": Reason.TIMEOUT_TOTAL,
    "/endless-continue": Reason.TIMEOUT_TOTAL,
}


@pytest.mark.parametrize(("path", "reason"), FAULTS.items())
def test_each_fault_has_its_name(server: FaultServer, path: str, reason: Reason) -> None:
    """A fault ends as a failure with its own reason, within the time limit, and with a printable detail."""
    start = time.monotonic()
    found = ask(WebRequest(server.url(path)))[0]
    assert time.monotonic() - start < PATIENT
    assert isinstance(found, WebFailure)
    assert found.reason is reason, found
    assert found.detail.isprintable()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/feed", Reason.BAD_SCHEME),
        ("file:///etc/passwd", Reason.BAD_SCHEME),
        ("javascript:alert(1)", Reason.BAD_SCHEME),
        ("example.org/feed", Reason.BAD_SCHEME),
        ("http://", Reason.BAD_URL),
        ("http:///feed", Reason.BAD_URL),
        ("http://example.org:99999/", Reason.BAD_URL),
        ("http://exa mple.org/", Reason.BAD_URL),
        ("http://example.org/\x00", Reason.BAD_URL),
        ("http://[::1/", Reason.BAD_URL),
        ("http://" + "a" * 9000, Reason.BAD_URL),
        ("http://\ud800.org/", Reason.BAD_URL),
        ("", Reason.BAD_SCHEME),
    ],
)
def test_addresses_that_cannot_be_asked(url: str, reason: Reason) -> None:
    """An address that is none ends before anything is dialled."""
    found = ask(WebRequest(url))[0]
    assert isinstance(found, WebFailure)
    assert found.reason is reason, found


def test_nobody_listens() -> None:
    """A closed port is refused, and a name that does not exist is a matter of DNS."""
    with FaultServer() as server:
        port = server.port
    refused, unknown = ask(WebRequest(f"http://127.0.0.1:{port}/"), WebRequest("http://no-such-host.invalid/"))
    assert isinstance(refused, WebFailure)
    assert refused.reason is Reason.REFUSED
    assert isinstance(unknown, WebFailure)
    assert unknown.reason is Reason.DNS

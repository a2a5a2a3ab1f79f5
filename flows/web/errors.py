"""Exceptions of the network turned into named reasons."""

import ssl
from collections.abc import Iterator

import httpcore

from flows.web.messages import Reason

MAX_DETAIL = 200


class WebError(Exception):
    """A request that ends here, with its reason: raised within this package only, never handed out."""

    def __init__(
        self, reason: Reason, detail: str = "", *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = printable(detail)
        self.status = status
        self.retry_after = retry_after


def printable(text: str) -> str:
    """A server's or library's words made fit for a row and a log line: no control characters, and short."""
    return "".join(c if c.isprintable() else " " for c in text)[:MAX_DETAIL].strip()


def named(error: Exception) -> WebError:
    """The reason for an exception of the HTTP, TLS or socket layers; INTERNAL where it is none of theirs."""
    if isinstance(error, WebError):
        return error
    return WebError(_reason(error), f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)


def _reason(error: Exception) -> Reason:
    for kind, reason in _BY_TYPE:
        if isinstance(error, kind):
            return reason
    if isinstance(error, httpcore.RemoteProtocolError):
        return _protocol_reason(str(error))
    if isinstance(error, (httpcore.ProtocolError, UnicodeError)):
        return Reason.PROTOCOL
    return Reason.TLS if any(isinstance(e, ssl.SSLError) for e in chain(error)) else Reason.INTERNAL


# The dial raises reasons of its own for TCP, so that a ConnectError here is the handshake's.
_BY_TYPE: tuple[tuple[type[Exception], Reason], ...] = (
    (httpcore.ConnectError, Reason.TLS),
    (httpcore.ConnectTimeout, Reason.TIMEOUT_CONNECT),
    (httpcore.ReadTimeout, Reason.TIMEOUT_READ),
    (httpcore.WriteTimeout, Reason.TIMEOUT_READ),
    (httpcore.NetworkError, Reason.RESET),
    (TimeoutError, Reason.TIMEOUT_TOTAL),
)


def _protocol_reason(text: str) -> Reason:
    if "without sending complete message" in text or "incomplete chunked read" in text:
        return Reason.CUT_SHORT
    if "without sending a response" in text or "Server disconnected" in text:
        return Reason.RESET
    return Reason.HEADERS_TOO_LARGE if "buffer too long" in text else Reason.PROTOCOL


def chain(error: BaseException) -> Iterator[BaseException]:
    """An exception with its causes and the members of its groups."""
    seen: list[BaseException] = [error]
    for found in seen:
        yield found
        inner: list[BaseException | None] = [found.__cause__, found.__context__]
        if isinstance(found, BaseExceptionGroup):
            inner.extend(found.exceptions)
        seen.extend(e for e in inner if e is not None and all(e is not s for s in seen))

"""Addresses as they are asked for: checked, in ASCII, without user names and fragments."""

from dataclasses import dataclass

import httpcore
import httpx

from flows.web.errors import WebError
from flows.web.messages import Reason

MAX_URL = 8192
SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: its address as text, for httpcore, and what its host and origin are called."""

    url: str
    core: httpcore.URL
    host_header: bytes
    host: str  # the key of its pace: name and, where it is unusual, port
    origin: str  # the key of its robots.txt
    path: str


def target_of(url: str, base: str | None = None) -> Target:
    """The target of an address, relative to `base` where that is given; WebError where it cannot be asked for."""
    if len(url) > MAX_URL:
        raise WebError(Reason.BAD_URL, f"{len(url)} characters long")
    try:
        parsed = httpx.URL(url.strip()) if base is None else httpx.URL(base).join(url.strip())
        return _target(parsed)
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise WebError(Reason.BAD_URL, str(error)) from error


def _target(url: httpx.URL) -> Target:
    if url.scheme not in SCHEMES:
        raise WebError(Reason.BAD_SCHEME, url.scheme or "none")
    if not url.raw_host or b"%" in url.raw_host:
        raise WebError(Reason.BAD_URL, "no host")
    if url.port is not None and not 0 < url.port < 2**16:
        raise WebError(Reason.BAD_URL, f"port {url.port}")
    clean = url.copy_with(username=None, password=None, fragment=None) if url.userinfo or url.fragment else url
    netloc = clean.netloc.decode("ascii")
    return Target(
        url=str(clean),
        core=httpcore.URL(scheme=clean.raw_scheme, host=clean.raw_host, port=clean.port, target=clean.raw_path),
        host_header=clean.netloc,
        host=_pace_key(clean),
        origin=f"{clean.scheme}://{netloc}",
        path=clean.raw_path.decode("ascii"),
    )


def _pace_key(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii").rstrip(".").removeprefix("www.")
    return host if url.port is None else f"{host}:{url.port}"

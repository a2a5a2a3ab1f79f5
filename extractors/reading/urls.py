"""Links -> canonical addresses: one address for one article, and never one address for two.

Only what cannot tell articles apart is levelled: letter case of scheme and host, default ports, dot segments, the way
a character is percent-encoded, fragments (but "#!" ones, behind which single-page sites put their articles) and a known
list of tracking parameters. Path case, trailing slashes, order and values of all other parameters stay.
"""

import re
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from extractors.reading.wordlists import wordlist

MAX_URL = 4096

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffd-\uffff]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_OVERESCAPED = re.compile(r"&(?:amp;)+")  # once too often, by the feed
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)  # a visitor's mark in the path, new at each visit
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_PATH_SAFE = "%/:@!$&'()*+,;=-._~"
_QUERY_SAFE = _PATH_SAFE + "?[]|"
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_BARE_HOST = re.compile(r"www\.[\w.-]+(?:[/?#:]|$)", re.IGNORECASE)


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The canonical form of a link found on `base`; None for what is no http(s) address of a sound host."""
    absolute = _absolute(url, base)
    if absolute is None:
        return None
    try:
        parts = urlsplit(absolute)
        authority = _authority(parts)
    except ValueError:
        return None
    if authority is None:
        return None
    path = _escaped(_without_dots(_SESSION.sub("", parts.path)), _PATH_SAFE) or "/"
    query = _query(parts.query)
    fragment = f"#{_escaped(parts.fragment, _QUERY_SAFE)}" if parts.fragment.startswith("!") else ""
    result = f"{parts.scheme}://{authority}{path}{f'?{query}' if query else ''}{fragment}"
    return result if len(result) <= MAX_URL else None


def host_of(url: str) -> str:
    """The host of a canonical address, without port and a leading www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _absolute(url: str, base: str | None) -> str | None:
    """The link joined to its base, cleaned of blanks and controls; None where it cannot be an http(s) address."""
    url = _CONTROLS.sub("", url[: MAX_URL * 2]).strip()
    if not url:
        return None
    if _BARE_HOST.match(url):
        url = f"//{url}"
    try:
        joined = urljoin(base or "https://", url) if base or url.startswith("//") else url
        scheme = urlsplit(joined).scheme
    except ValueError:
        return None
    return joined if scheme in _DEFAULT_PORTS else None


def _authority(parts: SplitResult) -> str | None:
    """Host and port, lower-cased and in ASCII; credentials are dropped."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")  # UnicodeError is a ValueError
    if not _HOST.fullmatch(host) or ".." in host:
        return None
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _without_dots(path: str) -> str:
    """The path without "." and ".." segments (RFC 3986, 5.2.4); empty segments stay, they are told apart by servers."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _escaped(text: str, safe: str) -> str:
    """One spelling for each character: unreserved ones bare, all others percent-encoded UTF-8 in upper case."""
    text = _STRAY_PERCENT.sub("%25", text)
    return quote(_ESCAPE.sub(_normal_escape, text), safe=safe)


def _normal_escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _query(query: str) -> str:
    query = _OVERESCAPED.sub("&", query)
    kept = [part for part in query.split("&") if part and not _is_tracking(part.partition("=")[0])]
    return _escaped("&".join(kept), _QUERY_SAFE)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    table = wordlist("urls")["tracking"]
    return frozenset(table["names"]), tuple(table["prefixes"])


def _is_tracking(name: str) -> bool:
    names, prefixes = _tracking()
    name = name.lower()
    return name in names or name.startswith(prefixes)

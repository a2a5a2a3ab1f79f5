"""Bot defences that answer in a publisher's place, told by their headers and by the marks of their pages."""

from collections.abc import Mapping

LARGEST_PAGE = 32 * 1024
HEADERS = ("cf-mitigated", "x-amzn-waf-action", "x-sucuri-block")
# Marks of the challenge itself: the same vendors put scripts of other names into pages that they let through.
MARKS = (
    b"_cf_chl_opt",
    b"cf-browser-verification",
    b"Incapsula incident ID",
    b"sucuri_cloudproxy_js",
    b"ddos-guard/js-challenge",
    b"geo.captcha-delivery.com",
    b"window.gokuProps",
    b"px-captcha",
)


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer is a bot defence's own; a long page is a page, whatever marks it bears."""
    if any(name in headers for name in HEADERS):
        return True
    return 0 < len(body) <= LARGEST_PAGE and _is_html(headers, body) and any(mark in body for mark in MARKS)


def _is_html(headers: Mapping[str, str], body: bytes) -> bool:
    return "html" in headers.get("content-type", "").lower() or b"<html" in body[:1024].lower()

"""Why there is nothing to read: the closed list of reasons, and how a page that is no article is told by its markup."""

import re
from enum import StrEnum

from extractors.reading.wordlists import wordlist

_HEAD = 60_000  # characters: markers stand early, and a page that is an article is never asked
_TITLE = re.compile(r"<title[^<>]*>(.*?)(?:</title|\Z)", re.IGNORECASE | re.DOTALL)


class Reason(StrEnum):
    """Reasons of `Unreadable`, for feeds and pages."""

    EMPTY = "empty"  # no bytes, or only blanks
    TOO_LARGE = "too large"  # beyond the cap once unpacked
    ENTITY_BOMB = "entity bomb"  # its own entities would grow into megabytes, or without end
    HTML = "html instead of a feed"
    NOT_A_FEED = "not a feed"  # neither XML nor JSON of any known kind
    BROKEN = "broken"  # the parser gave up on it
    NOT_HTML = "not html"  # a page that is a PDF, a picture, JSON …
    CHALLENGE = "challenge"  # a bot defence's page
    LOGIN = "login"  # a login form or a paywall
    MISSING = "missing page"  # an error page served as a good one
    NO_BODY = "no body"  # nothing that reads as an article
    TOO_SHORT = "too short"
    NOT_ARABIC = "not arabic"


def obstacle(markup: str) -> Reason | None:
    """The bot defence, login wall or error page that the markup looks like. Ask only where there is no article."""
    head = markup[:_HEAD].lower()
    title = _TITLE.search(head)
    words = " ".join(title[1].split()) if title else ""
    for reason in (Reason.CHALLENGE, Reason.MISSING, Reason.LOGIN):
        signs = wordlist("obstacles")[reason.value.split()[0]]
        if any(sign in words for sign in signs["titles"]) or any(sign in head for sign in signs["markers"]):
            return reason
    return None

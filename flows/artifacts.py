"""Tables that a run leaves in the Prefect UI: what it did, and the state of each source."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from flows.steps.freshness import Pace

SUMMARY_KEY = "ingest-summary"
SOURCES_KEY = "sources"
_MAX_CELL = 300  # characters

# One of the two UIs reads cells as Markdown, the other as they are: look-alikes are harmless and legible in both.
_LOOK_ALIKES = str.maketrans("[]<>`*\\|~#", "()‹›'•/¦-♯")

_SOURCES = text("""
SELECT feed_id, publisher, title, country, health, since, why, last_new_at, next_poll_at, url FROM feed_health
ORDER BY since, url
""")
# Worst first. In few words: a table of the UI cuts off what is wide; the runbook says more.
_ADVICE: Mapping[str, str] = {
    "refused": "ask the publisher, or remove it",
    "failing": "wait; if it moved, add its new address",
    "dead": "remove it, or add its new address",
    "silent": "open its site: has the feed moved?",
    "slow": "wait",
    "paused": "resume it when the reason is gone",
    "new": "wait: its first poll is due",
    "healthy": "",
}
_WORDS: Mapping[str, str] = {
    "bad-url": "the address is none",
    "forbidden-address": "the address is a private one",
    "dns": "no such host",
    "refused": "nothing listens there",
    "unreachable": "no way to the host",
    "tls": "its certificate is not in order",
    "timeout-connect": "the host does not answer",
    "timeout-read": "the answer stalled",
    "timeout-total": "the answer took too long",
    "reset": "the connection was cut",
    "cut-short": "the answer was cut short",
    "too-large": "the answer is too large",
    "too-many-redirects": "it is passed on without end",
    "robots": "robots.txt forbids it",
    "robots-unavailable": "its robots.txt cannot be had",
    "host-wait": "the host asked for a pause",
    "challenge": "a bot defence answered",
    "http-401": "a login is asked for (401)",
    "http-403": "access is refused (403)",
    "http-404": "no longer there (404)",
    "http-410": "gone for good (410)",
    "http-429": "too many requests (429)",
    "http-4xx": "the request is refused",
    "http-5xx": "the site is broken",
    "html instead of a feed": "a page answers, no feed",
    "not a feed": "it is no feed any more",
    "broken": "the feed is broken",
    "empty": "the answer is empty",
    "login": "a login page answers",
    "missing page": "an error page answers",
    "internal": "a fault of this program",
}
_WORST = tuple(_ADVICE)


def source_rows(connection: Connection, paces: Mapping[int, Pace]) -> list[dict[str, str]]:
    """A row for each source, the worst first: its state in a word, since when, why, and what to do.

    `paces` of feeds by id tell silence from a night's rest.
    """
    told = [(source_state(feed.health, paces.get(feed.feed_id)), feed) for feed in connection.execute(_SOURCES)]
    return [_source_row(state, feed) for state, feed in sorted(told, key=lambda one: _WORST.index(one[0]))]


def source_state(health: str, pace: Pace | None) -> str:
    """A source's state in the word that operators read: healthy slow silent refused failing dead paused new."""
    if health in {"healthy", "silent"} and pace is not None:
        return "healthy" if pace == "usual" else pace
    return "dead" if health == "gone" else health


def _source_row(state: str, feed: Row[Any]) -> dict[str, str]:
    return {
        "source": plain(feed.publisher or feed.title or feed.url),
        "country": plain(feed.country),
        "state": state,
        "since": moment(feed.last_new_at if state in {"slow", "silent"} and feed.last_new_at else feed.since),
        "why": why(state, feed.why),
        "what to do": _ADVICE[state],
        "last new entry": moment(feed.last_new_at),
        "next poll": moment(feed.next_poll_at),
        "address": plain(feed.url),
        "in its own words": plain(feed.why),
    }


def why(state: str, told: str | None) -> str:
    """Why a source is in its state, in words for people; `told` is "reason: details" where a poll failed."""
    if state in {"silent", "slow"}:
        return "nothing new at hours that used to bring something"
    reason = (told or "").partition(":")[0] if state in {"failing", "refused", "dead"} else ""
    return _WORDS.get(reason) or plain(told)


def summary_rows(counts: Sequence[tuple[str, object]]) -> list[dict[str, str]]:
    """What a run did, a row for each thing counted."""
    return [{"what": plain(what), "how many": plain(value)} for what, value in counts]


def plain(value: object) -> str:
    """Text that no page can make into markup, links or layout; nothing for unknown."""
    if value is None:
        return ""
    letters = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return letters.translate(_LOOK_ALIKES)[:_MAX_CELL]


def moment(value: datetime | None) -> str:
    """A moment as operators read it, in UTC: the tables' descriptions say so."""
    return "" if value is None else f"{value:%Y-%m-%d %H:%M}"

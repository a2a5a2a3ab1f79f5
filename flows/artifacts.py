"""Tables that a run leaves in the Prefect UI: what it did, and the state of each source."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, text

SUMMARY_KEY = "ingest-summary"
SOURCES_KEY = "sources"
_MAX_CELL = 300  # characters

# One of the two UIs reads cells as Markdown, the other as they are: look-alikes are harmless and legible in both.
_LOOK_ALIKES = str.maketrans("[]<>`*\\|~#", "()‹›'•/¦-♯")

# Worst first, and within it the longest.
_SOURCES = text("""
SELECT publisher, title, country, health, since, why, last_new_at, next_poll_at, url FROM feed_health
ORDER BY array_position(ARRAY['refused', 'failing', 'gone', 'silent', 'paused', 'new', 'healthy'], health), since, url
""")
_ADVICE: Mapping[str, str] = {
    "refused": "It does not let us in: ask the publisher, or remove it.",
    "failing": "Tried again ever more rarely. If it moved, add the new address.",
    "gone": "Probed once a week. If it moved, add the new address.",
    "silent": "It answers but lists nothing new: look at its page in a browser.",
    "paused": "Paused by a person: rasid feeds resume.",
    "new": "Not polled yet.",
    "healthy": "",
}


def source_rows(connection: Connection) -> list[dict[str, str]]:
    """A row for each source: its state in a word, since when, why, and what to do."""
    return [
        {
            "source": plain(feed.publisher or feed.title or feed.url),
            "country": plain(feed.country),
            "state": feed.health,
            "since": moment(feed.since),
            "what to do": _ADVICE[feed.health],
            "why": plain(feed.why),
            "last new entry": moment(feed.last_new_at),
            "next poll": moment(feed.next_poll_at),
            "address": plain(feed.url),
        }
        for feed in connection.execute(_SOURCES)
    ]


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
    """A moment as operators read it, in UTC."""
    return "" if value is None else f"{value:%Y-%m-%d %H:%M} UTC"

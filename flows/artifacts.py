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
# Worst first.
_ADVICE: Mapping[str, str] = {
    "refused": "It does not let us in: ask the publisher, or remove it (rasid feeds remove).",
    "failing": "Nothing yet: it is tried again, ever more rarely. If it moved, add its new address (rasid feeds add).",
    "dead": "Remove it, or add its new address if it moved. It is probed once a week and comes back by itself.",
    "silent": "It answers but lists nothing new: open it in a browser. If its site has news, it wants a new address.",
    "slow": "Nothing yet: it is later than usual for this hour of the week.",
    "paused": "Resume it when the reason is gone (rasid feeds resume).",
    "new": "Nothing: its first poll is due.",
    "healthy": "",
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
        "what to do": _ADVICE[state],
        "why": plain(feed.why),
        "last new entry": moment(feed.last_new_at),
        "next poll": moment(feed.next_poll_at),
        "address": plain(feed.url),
    }


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

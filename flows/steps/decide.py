"""When to look again, decided from what was seen. Pure: no clock, no chance and no rows; those are given and taken.

Intervals are in seconds, moments aware UTC, `chance` is a number from 0 to 1 that the caller draws.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.entries import PollCounts
from db.pages import ClaimedPage
from db.polling import ClaimedFeed, NextPoll, Wishes
from flows.web import Reason, WebResponse

MINUTE, HOUR, DAY = 60, 3600, 86_400
SHORTEST, LONGEST = 5 * MINUTE, 6 * HOUR
HINT_HEEDED = HOUR  # no publisher's wish keeps us away longer than this from a feed that works
WINDOW_SHARE, MOST_NEW = 4, 3  # aim: a quarter of the window new at each poll, and no more than three entries
SLOWER_WHEN_QUIET = 1.3
MISSED_WINDOW = 4
JITTER = 0.1
LONGEST_BACKOFF = DAY
PROBE = 7 * DAY
GONE_AFTER = timedelta(days=30)
ADOPT_AFTER = timedelta(days=7)
WHOLE_BODY_AFTER = timedelta(days=1)
WHOLE_BODY_CHANCE = 0.01
LONGEST_WAIT = 7 * DAY

# Failures that another try in a few minutes will hardly mend: their backoff starts four times as long.
STUBBORN = frozenset(
    {
        *(Reason.BAD_URL, Reason.BAD_SCHEME, Reason.FORBIDDEN_ADDRESS, Reason.TLS, Reason.ROBOTS, Reason.CHALLENGE),
        *(Reason.HTTP_401, Reason.HTTP_403, Reason.HTTP_404, Reason.HTTP_4XX, Reason.TOO_LARGE, Reason.BAD_ENCODING),
        *(Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT),
    }
)


def wants_whole_body(feed: ClaimedFeed, now: datetime, chance: float) -> bool:
    """Whether to ask for the body without conditions this time, against servers that answer 304 whatever changed."""
    if feed.last_body_at is None:
        return True
    return now - feed.last_body_at > WHOLE_BODY_AFTER or chance < WHOLE_BODY_CHANCE


def after_read(
    feed: ClaimedFeed, counts: PollCounts, wishes: Wishes, response: WebResponse, *, now: datetime, chance: float
) -> NextPoll:
    """The next poll of a feed that answered, unchanged or not (then its counts are all 0)."""
    seconds = _interval(feed, counts, wishes, now)
    at = _allowed(now + timedelta(seconds=_jittered(seconds, chance)), wishes)
    moved = response.moved_to if response.moved_to != feed.url else None
    adopt = moved if moved and _agreed(feed, moved, now) else None
    return NextPoll(
        at=at,
        interval_seconds=seconds,
        redirect_url=None if adopt else moved,
        redirect_since=None if adopt or not moved else _since(feed, moved, now),
        adopt_url=adopt,
    )


def _interval(feed: ClaimedFeed, counts: PollCounts, wishes: Wishes, now: datetime) -> int:
    elapsed = _elapsed(feed, now)
    if counts.window_missed:
        return _within(min(feed.interval_seconds, elapsed) / MISSED_WINDOW)
    if not counts.new:
        return _within(max(feed.interval_seconds * SLOWER_WHEN_QUIET, _heeded(wishes)))
    if feed.last_success_at is None:
        return _within(feed.interval_seconds)  # all is new to who comes first: it says nothing of the pace
    wanted = min(max(counts.listed / WINDOW_SHARE, 1), MOST_NEW)
    paced = (feed.interval_seconds * (elapsed * wanted / counts.new)) ** 0.5  # halfway, so that one poll sways little
    half_window = elapsed * counts.listed / (2 * counts.new)
    return _within(max(paced, min(_heeded(wishes), half_window)))


def _elapsed(feed: ClaimedFeed, now: datetime) -> float:
    since = feed.last_success_at
    # A clock that stepped back makes no negative spans, and a long outage does not look like a slow feed.
    return feed.interval_seconds if since is None else min(max((now - since).total_seconds(), MINUTE), DAY)


def _heeded(wishes: Wishes) -> float:
    return min(max(wishes.ttl or 0, wishes.max_age or 0), HINT_HEEDED)


def _within(seconds: float) -> int:
    return round(min(max(seconds, SHORTEST), LONGEST))


def _jittered(seconds: float, chance: float) -> float:
    return seconds * (1 - JITTER + 2 * JITTER * chance)


def _allowed(at: datetime, wishes: Wishes) -> datetime:
    """The first moment from `at` on that lies in no hour or day to be skipped; `at` itself if none is left."""
    hour = at
    for _ in range(24 * 8):
        if hour.hour not in wishes.skip_hours and hour.strftime("%A") not in wishes.skip_days:
            return hour
        hour = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _since(feed: ClaimedFeed, moved: str, now: datetime) -> datetime:
    return feed.redirect_since if feed.redirect_since and feed.redirect_url == moved else now


def _agreed(feed: ClaimedFeed, moved: str, now: datetime) -> bool:
    return now - _since(feed, moved, now) >= ADOPT_AFTER


def after_failure(
    feed: ClaimedFeed, reason: str, *, retry_after: float | None, now: datetime, chance: float
) -> NextPoll:
    """The next poll of a feed that failed: later each time, weekly once gone or failed for long; never none."""
    gone = _gone(feed, reason, now)
    seconds = float(PROBE) if gone else _backoff(feed, reason)
    if reason == Reason.HOST_WAIT:
        seconds = 0.0
    wait = min(max(seconds, retry_after or 0.0), LONGEST_WAIT)
    at = now + timedelta(seconds=wait + JITTER * chance * max(wait, SHORTEST))
    return NextPoll(
        at=_allowed(at, feed.wishes),
        interval_seconds=feed.interval_seconds,
        state="gone" if gone else "active",
        state_reason=gone,
        redirect_url=feed.redirect_url,
        redirect_since=feed.redirect_since,
    )


def _backoff(feed: ClaimedFeed, reason: str) -> float:
    start = max(feed.interval_seconds, SHORTEST) * (4 if reason in STUBBORN else 1)
    return float(min(start * 2 ** min(feed.consecutive_failures, 12), LONGEST_BACKOFF))


def _gone(feed: ClaimedFeed, reason: str, now: datetime) -> str | None:
    if reason == Reason.HTTP_410:
        return "the server says that it is gone"
    well = feed.last_success_at or feed.added_at
    if reason != Reason.HOST_WAIT and now - well > GONE_AFTER:
        return f"no success for {(now - well).days} days"
    return None


# ---------------------------------------------------------------- pages

RECHECKS = (HOUR, 6 * HOUR, DAY)  # after the first fetch
RECHECKED_AGE = timedelta(days=2)  # older articles are history when they are met
SOON = (10 * MINUTE, HOUR, 6 * HOUR, DAY)
LATER = (HOUR, 6 * HOUR, DAY)
ONCE_MORE = (6 * HOUR,)
NEVER: tuple[int, ...] = ()

RETRIES: dict[str, tuple[int, ...]] = {
    Reason.BAD_URL: NEVER,
    Reason.BAD_SCHEME: NEVER,
    Reason.FORBIDDEN_ADDRESS: NEVER,
    Reason.ROBOTS: NEVER,
    Reason.TOO_LARGE: ONCE_MORE,
    Reason.BAD_ENCODING: ONCE_MORE,
    Reason.TOO_MANY_REDIRECTS: ONCE_MORE,
    Reason.BAD_REDIRECT: ONCE_MORE,
    Reason.TLS: LATER,
    Reason.CHALLENGE: LATER,
    Reason.HTTP_401: LATER,
    Reason.HTTP_403: LATER,
    Reason.HTTP_404: LATER,  # feeds announce pages that their site publishes later
    Reason.HTTP_4XX: LATER,
    Reason.HTTP_410: NEVER,
}
NOT_THERE = frozenset({Reason.HTTP_404, Reason.HTTP_410})


@dataclass(frozen=True, slots=True)
class NextTry:
    """When to try a failed page again: None parks it, or calls it gone."""

    at: datetime | None
    gone: bool = False


def retry_page(page: ClaimedPage, reason: str, *, retry_after: float | None, now: datetime) -> NextTry:
    """The next try at a page that could not be fetched; `page.attempts` counts the failures before this one."""
    if reason == Reason.HOST_WAIT:
        return NextTry(now + timedelta(seconds=retry_after or MINUTE))
    steps = RETRIES.get(reason, SOON)
    if page.attempts >= len(steps):
        return NextTry(None, gone=reason in NOT_THERE)
    wait = max(steps[page.attempts], min(retry_after or 0.0, LONGEST_WAIT))
    return NextTry(now + timedelta(seconds=wait))


def recheck_page(page: ClaimedPage, *, now: datetime) -> datetime | None:
    """When to look whether an article that was fetched just now has changed; None when it has settled."""
    published = page.entry.published_at if page.entry else None
    if published is not None and now - published > RECHECKED_AGE:
        return None
    done = page.rechecks + 1 if page.first_fetched_at else 0
    if done >= len(RECHECKS):
        return None
    due = (page.first_fetched_at or now) + timedelta(seconds=RECHECKS[done])
    return max(due, now + timedelta(seconds=RECHECKS[0] / 2))  # one that is late does not bring the next at once


def retry_failure(attempts: int, *, now: datetime) -> datetime | None:
    """When to try again to read or code a page that made our own code fail; None parks it. `attempts` as for pages."""
    return now + timedelta(seconds=LATER[attempts]) if attempts < len(LATER) else None

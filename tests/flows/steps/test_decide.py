"""When to look again: decided from what was seen, and from nothing else."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.entries import PollCounts
from db.polling import Wishes
from flows.steps import decide
from flows.web import Reason, Redirect, WebResponse
from tests.flows.steps.factories import DAY, HOUR, NOW, feed, page, response

MIDDLE = 0.5  # of the jitter: none


def counts(listed: int = 20, new: int = 0, *, missed: bool = False) -> PollCounts:
    return PollCounts(listed=listed, new=new, known=listed - new, window_missed=missed)


def interval(
    new: int, *, listed: int = 20, missed: bool = False, hints: Wishes | None = None, **of_feed: object
) -> int:
    polled = feed(**of_feed)
    return decide.after_read(
        polled, counts(listed, new, missed=missed), hints or Wishes(), response(), now=NOW, chance=MIDDLE
    ).interval_seconds


def test_a_busy_feed_is_polled_more_often() -> None:
    """A feed whose window is nearly all new is asked sooner than before."""
    assert interval(18) < 1800 / 2


def test_a_quiet_feed_is_polled_less_often() -> None:
    """A feed that brought nothing new is asked later than before, but never later than the longest interval."""
    assert interval(0) > 1800
    assert interval(0, interval_seconds=decide.LONGEST) == decide.LONGEST


def test_a_steady_feed_keeps_its_pace() -> None:
    """A few new entries at each poll are what is aimed at."""
    assert interval(3) == pytest.approx(1800, rel=0.01)


def test_a_first_poll_says_nothing_of_the_pace() -> None:
    """That all is new to who comes first changes no interval."""
    assert interval(20, last_success_at=None, last_new_at=None) == 1800


def test_a_missed_window_shortens_at_once() -> None:
    """A poll that saw nothing it knew comes back in a quarter of the time, whatever the publisher wishes."""
    assert interval(20, missed=True, hints=Wishes(3600)) == 450


def test_a_publishers_wish_is_heeded() -> None:
    """ttl, sy:update and max-age keep us away, but not for longer than an hour."""
    assert interval(3, hints=Wishes(3000)) == 3000
    assert interval(3, hints=Wishes(30 * 86_400)) == 3600


def test_a_wish_that_would_lose_entries_is_not_heeded() -> None:
    """Where half the window is gone before the publisher's time is over, the window counts."""
    assert interval(10, listed=10, hints=Wishes(3600)) < 1800


def test_hours_and_days_to_be_skipped() -> None:
    """A poll that would fall into a skipped hour or day waits for the next that is not; if all are skipped, none is."""
    hours = decide.after_read(
        feed(), counts(), Wishes(skip_hours=frozenset({12, 13, 14})), response(), now=NOW, chance=MIDDLE
    )
    assert hours.at == NOW.replace(hour=15)
    days = decide.after_read(
        feed(), counts(), Wishes(skip_days=frozenset({"Sunday"})), response(), now=NOW, chance=MIDDLE
    )
    assert days.at == datetime(2026, 3, 2, tzinfo=NOW.tzinfo)
    always = decide.after_read(
        feed(), counts(), Wishes(skip_hours=frozenset(range(24))), response(), now=NOW, chance=MIDDLE
    )
    assert always.at < NOW + HOUR


@given(
    new=st.integers(0, 5000),
    extra=st.integers(0, 5000),
    seconds=st.integers(1, 10**7),
    hint=st.none() | st.integers(0, 10**9),
    ago=st.integers(-(10**6), 10**8),
    chance=st.floats(0, 1),
)
def test_intervals_stay_within_their_bounds(
    new: int, extra: int, seconds: int, hint: int | None, ago: int, chance: float
) -> None:
    """Whatever a feed and the clock do, the next poll is neither at once nor beyond the longest interval."""
    polled = feed(interval_seconds=seconds, last_success_at=NOW - timedelta(seconds=ago))
    following = decide.after_read(polled, counts(new + extra, new), Wishes(hint), response(), now=NOW, chance=chance)
    assert decide.SHORTEST <= following.interval_seconds <= decide.LONGEST
    wait = (following.at - NOW).total_seconds()
    assert decide.SHORTEST * 0.9 - 1 <= wait <= decide.LONGEST * 1.1 + 1


def test_failures_back_off_and_never_end() -> None:
    """Each failure in a row doubles the wait up to a day, and there is always a next poll."""
    waits = [
        (
            decide.after_failure(
                feed(consecutive_failures=n), Reason.TIMEOUT_READ, retry_after=None, now=NOW, chance=0
            ).at
            - NOW
        ).total_seconds()
        for n in range(20)
    ]
    assert waits[:3] == [1800, 3600, 7200]
    assert waits[-1] == decide.LONGEST_BACKOFF
    assert waits == sorted(waits)


def test_stubborn_failures_start_slower() -> None:
    """What another try in minutes will not mend is tried later."""
    soon = decide.after_failure(feed(), Reason.TIMEOUT_READ, retry_after=None, now=NOW, chance=0)
    late = decide.after_failure(feed(), Reason.HTTP_404, retry_after=None, now=NOW, chance=0)
    assert late.at - NOW == 4 * (soon.at - NOW)


def test_feeds_that_were_polled_together_part() -> None:
    """Neither the polls nor the failures of many feeds stay in step: chance spreads them."""
    moments = (0.0, 0.5, 1.0)
    good = [
        decide.after_read(feed(), counts(20, 2), Wishes(), response(), now=NOW, chance=chance).at for chance in moments
    ]
    bad = [decide.after_failure(feed(), Reason.DNS, retry_after=None, now=NOW, chance=chance).at for chance in moments]
    for early, _, late in (good, bad):
        assert (late - NOW) / (early - NOW) > 1.09


def test_retry_after_is_kept() -> None:
    """A host's own wish is kept where it is longer than our wait; a pause alone is no backoff."""
    asked = decide.after_failure(feed(), Reason.HTTP_429, retry_after=7200, now=NOW, chance=0)
    assert asked.at == NOW + 2 * HOUR
    paused = decide.after_failure(feed(consecutive_failures=9), Reason.HOST_WAIT, retry_after=60, now=NOW, chance=0)
    assert paused.at == NOW + timedelta(minutes=1)


def test_gone_feeds_are_probed_weekly() -> None:
    """410 at once, and long failure, slow a feed down to a weekly probe, with the reason; success brings it back."""
    gone = decide.after_failure(feed(), Reason.HTTP_410, retry_after=None, now=NOW, chance=0)
    assert (gone.state, gone.at) == ("gone", NOW + 7 * DAY)
    silent = decide.after_failure(feed(last_success_at=NOW - 31 * DAY), Reason.DNS, retry_after=None, now=NOW, chance=0)
    assert silent.state == "gone"
    assert silent.state_reason == "no success for 31 days"
    never = decide.after_failure(
        feed(last_success_at=None, added_at=NOW - 40 * DAY), Reason.TLS, retry_after=None, now=NOW, chance=0
    )
    assert never.state == "gone"
    back = decide.after_read(feed(state="gone"), counts(), Wishes(), response(), now=NOW, chance=MIDDLE)
    assert back.state == "active"


def moved(to: str, status: int = 301) -> WebResponse:
    return response(redirects=(Redirect(status, to),), final_url=to)


NEW_HOME = "https://www.alwaha.example/rss"


def test_a_permanent_move_is_adopted_after_days_of_agreement() -> None:
    """A permanent redirect is noted, kept while it stays the same, and adopted after a week of it."""
    first = decide.after_read(feed(), counts(), Wishes(), moved(NEW_HOME), now=NOW, chance=MIDDLE)
    assert (first.redirect_url, first.redirect_since, first.adopt_url) == (NEW_HOME, NOW, None)
    noted = feed(redirect_url=NEW_HOME, redirect_since=NOW - 6 * DAY)
    still = decide.after_read(noted, counts(), Wishes(), moved(NEW_HOME), now=NOW, chance=MIDDLE)
    assert (still.redirect_since, still.adopt_url) == (NOW - 6 * DAY, None)
    ripe = feed(redirect_url=NEW_HOME, redirect_since=NOW - 7 * DAY)
    adopted = decide.after_read(ripe, counts(), Wishes(), moved(NEW_HOME, 308), now=NOW, chance=MIDDLE)
    assert (adopted.adopt_url, adopted.redirect_url) == (NEW_HOME, None)


def test_a_move_that_changes_its_mind_starts_anew() -> None:
    """Another target, or none, ends the agreement; a failure in between does not."""
    ripe = feed(redirect_url=NEW_HOME, redirect_since=NOW - 9 * DAY)
    elsewhere = decide.after_read(ripe, counts(), Wishes(), moved("https://x.example/"), now=NOW, chance=MIDDLE)
    assert (elsewhere.adopt_url, elsewhere.redirect_since) == (None, NOW)
    home = decide.after_read(ripe, counts(), Wishes(), response(), now=NOW, chance=MIDDLE)
    assert (home.redirect_url, home.redirect_since) == (None, None)
    failed = decide.after_failure(ripe, Reason.DNS, retry_after=None, now=NOW, chance=0)
    assert failed.redirect_since == ripe.redirect_since


def test_a_passing_redirect_is_no_move() -> None:
    """302 and what follows it are followed, and never adopted."""
    hop = decide.after_read(feed(), counts(), Wishes(), moved(NEW_HOME, 302), now=NOW, chance=MIDDLE)
    assert hop.redirect_url is None


def test_whole_bodies_now_and_then() -> None:
    """A feed that only ever answers 304 is asked for its body once a day, and one poll in a hundred."""
    assert not decide.wants_whole_body(feed(), NOW, 0.5)
    assert decide.wants_whole_body(feed(), NOW, 0.005)
    assert decide.wants_whole_body(feed(last_body_at=NOW - 25 * HOUR), NOW, 0.5)
    assert decide.wants_whole_body(feed(last_body_at=None), NOW, 0.5)


def retries(reason: Reason) -> list[float | None]:
    """Hours until each next try at a page that always fails so, to the one that gives up."""
    waits: list[float | None] = []
    for attempts in range(10):
        following = decide.retry_page(page(attempts=attempts), reason, retry_after=None, now=NOW)
        waits.append(None if following.at is None else (following.at - NOW) / HOUR)
        if following.at is None:
            break
    return waits


@pytest.mark.parametrize(
    ("reason", "waits"),
    [
        (Reason.TIMEOUT_READ, [1 / 6, 1, 6, 24, None]),
        (Reason.HTTP_5XX, [1 / 6, 1, 6, 24, None]),
        (Reason.HTTP_404, [1, 6, 24, None]),
        (Reason.TOO_LARGE, [6, None]),
        (Reason.ROBOTS, [None]),
        (Reason.FORBIDDEN_ADDRESS, [None]),
    ],
)
def test_failed_pages_are_tried_again_and_then_parked(reason: Reason, waits: list[float | None]) -> None:
    """Each kind of failure has its schedule, and each schedule its end."""
    assert retries(reason) == pytest.approx(waits)


def test_a_page_that_is_not_there_is_gone() -> None:
    """410 is believed at once, 404 after several tries; other failures park."""
    assert decide.retry_page(page(), Reason.HTTP_410, retry_after=None, now=NOW).gone
    assert not decide.retry_page(page(), Reason.HTTP_404, retry_after=None, now=NOW).gone
    assert decide.retry_page(page(attempts=3), Reason.HTTP_404, retry_after=None, now=NOW).gone
    assert not decide.retry_page(page(attempts=9), Reason.DNS, retry_after=None, now=NOW).gone


def test_a_host_that_wants_a_pause_parks_no_page() -> None:
    """A page that was not even asked for is never given up for it."""
    following = decide.retry_page(page(attempts=99), Reason.HOST_WAIT, retry_after=300, now=NOW)
    assert following.at == NOW + timedelta(minutes=5)


def test_rechecks_after_one_six_and_twentyfour_hours() -> None:
    """A new article is looked at again three times, counted from its first fetch; then it has settled."""
    first = NOW - 6 * HOUR
    assert decide.recheck_page(page(), now=NOW) == NOW + HOUR
    once = page(first_fetched_at=NOW - HOUR, fetch_id=1)
    assert decide.recheck_page(once, now=NOW) == NOW + 5 * HOUR
    assert decide.recheck_page(page(first_fetched_at=first, fetch_id=1, rechecks=1), now=NOW) == first + DAY
    assert decide.recheck_page(page(first_fetched_at=NOW - DAY, fetch_id=1, rechecks=2), now=NOW) is None


def test_old_articles_are_not_rechecked() -> None:
    """An article that was days old when it was met has settled already."""
    old = page(entry=None)
    assert decide.recheck_page(old, now=NOW) is not None
    assert decide.recheck_page(page(), now=NOW + 5 * DAY) is None

"""All that needs a processor: a batch of pages or texts in, readings and codings out. Runs in any process or thread.

No page can hold up the rest for long or take it along: an error is an outcome, and so is taking too long.
"""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from db.progress import Failure
from db.readings import StoredPage
from db.replay import StoredArticle, news_text
from extractors.records import Article, NewsText, Unreadable
from flows.steps.code import Coded, Coder, code
from flows.steps.read import read

TOO_SLOW = "too slow"
SECONDS_EACH = 20.0


@dataclass(frozen=True, slots=True)
class Derived:
    """A page's reading, and the coding of its article where it gave one."""

    page_id: int
    fetch_id: int
    reading: Article | Unreadable | Failure
    coded: Coded | None


class _TooSlow(BaseException):
    """Time is over; no handler of errors within is to take it for one of its own."""


def derive(pages: Sequence[StoredPage], coder: Coder) -> list[Derived]:
    """Read each page and code its article."""
    return [_derive(page, coder) for page in pages]


def derive_codings(articles: Sequence[StoredArticle], coder: Coder) -> list[Coded]:
    """Code each stored article."""
    return [_code(article.text, coder) for article in articles]


def _derive(page: StoredPage, coder: Coder) -> Derived:
    try:
        with _limited():
            reading = read(page)
    except _TooSlow:
        reading = Failure(TOO_SLOW, f"reading took over {SECONDS_EACH:.0f} s")
    coded = None
    if isinstance(reading, Article):
        coded = _code(news_text(reading.title, reading.body, reading.published_at, page.publisher), coder)
    return Derived(page.page_id, page.fetch_id, reading, coded)


def _code(text: NewsText, coder: Coder) -> Coded:
    try:
        with _limited():
            return code(text, coder)
    except _TooSlow:
        return Coded(text, Failure(TOO_SLOW, f"coding took over {SECONDS_EACH:.0f} s"), SECONDS_EACH * 1000)


@contextmanager
def _limited() -> Iterator[None]:
    """Raise _TooSlow inside after SECONDS_EACH. Signals reach main threads alone: elsewhere there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGALRM, _ring)
    timer = signal.setitimer(signal.ITIMER_REAL, SECONDS_EACH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, *timer)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow

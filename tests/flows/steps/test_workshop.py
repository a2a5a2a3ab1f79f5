"""Where pages are read and coded, and what becomes of those that hang or kill."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from db.progress import Failure
from db.readings import StoredPage
from db.replay import StoredArticle
from extractors.records import Article, Coding, NewsText, Publisher
from flows.steps import derive
from flows.steps.code import Coder
from flows.steps.workshop import MANY, Workshop
from tests.flows.steps import hostile_coders
from tests.flows.steps.factories import NOW, article_page, no_incident


def stored(number: int, body: bytes | None = None) -> StoredPage:
    return StoredPage(
        page_id=number,
        fetch_id=number,
        url=f"https://alwaha.example/a/{number}",
        content_type="text/html; charset=utf-8",
        body=article_page(number) if body is None else body,
        publisher=Publisher("صحيفة الواحة", "EG", "Africa/Cairo"),
        entry=None,
        fetched_at=NOW,
    )


def article(title: str) -> StoredArticle:
    return StoredArticle(1, 1, NewsText(title, "نص", NOW.date()), None)


def derived(coder: Coder, pages: list[StoredPage], waiting: int = 0, processes: int = 2) -> list[derive.Derived]:
    with Workshop(coder, "test", processes) as workshop:
        return asyncio.run(workshop.derive(pages, waiting=waiting))


def coded(coder: Coder, *titles: str, waiting: int = MANY) -> list[Coding | Failure]:
    with Workshop(coder, "test", 1) as workshop:
        found = asyncio.run(workshop.derive_codings([article(title) for title in titles], waiting=waiting))
    return [one.outcome for one in found]


def test_a_page_becomes_an_article_and_its_coding() -> None:
    """Readable pages give an article and a coding, others the reason why not."""
    good, bad = derived(no_incident, [stored(1), stored(2, b"")])
    assert isinstance(good.reading, Article)
    assert good.coded is not None
    assert good.coded.text.body == good.reading.body
    assert bad.coded is None


def test_few_pages_stay_in_this_process_and_many_do_not() -> None:
    """Processes are started when work piles up, not before."""
    assert coded(hostile_coders.where, "خبر", waiting=1) == [Coding((), (), str(os.getpid()))]
    assert coded(hostile_coders.where, "خبر") != [Coding((), (), str(os.getpid()))]


def test_an_error_is_an_outcome() -> None:
    """A coder that fails leaves a failure that names the error."""
    assert coded(hostile_coders.raises, "خبر", waiting=1) == [Failure("extractor error", "ValueError: خبر")]


def test_an_article_that_kills_its_process_is_found_and_named() -> None:
    """The others of its batch are coded, and so is what comes after."""
    outcomes = coded(hostile_coders.dies, "خبر", "قاتل", "خبر آخر")
    assert outcomes[0] == outcomes[2] == Coding((), (), "fine")
    assert isinstance(outcomes[1], Failure)
    assert outcomes[1].reason == "crash"


def test_an_article_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coding ends after its time, and the rest goes on."""
    monkeypatch.setattr(derive, "SECONDS_EACH", 0.3)
    handler = signal.getsignal(signal.SIGALRM)
    slow, fine = derive.derive_codings([article("بطيء"), article("خبر")], hostile_coders.hangs)
    assert isinstance(slow.outcome, Failure)
    assert slow.outcome.reason == "too slow"
    assert fine.outcome == Coding((), (), "fine")
    assert signal.getsignal(signal.SIGALRM) == handler


PROGRAM = """
import asyncio, sys
from flows.steps.workshop import Workshop
from tests.flows.steps.hostile_coders import where
from tests.flows.steps.test_workshop import article
if __name__ == "__main__":
    workshop = Workshop(where, "test", 1)
    done = asyncio.run(workshop.derive_codings([article("x")], waiting=1000))
    print(done[0].outcome.reason, flush=True)
    sys.stdin.read()
"""


def test_processes_end_with_the_one_that_started_them() -> None:
    """A killed service leaves no workers behind."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with ended(program):
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        os.kill(worker, 0)
        program.kill()
        program.wait()
        assert _gone(worker)


@contextmanager
def ended(program: "subprocess.Popen[str]") -> Iterator[None]:
    with program:
        try:
            yield
        finally:
            program.kill()


def _gone(process: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False

"""Pages: claims, fetches, retries, parking and rechecks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, text

from db.bodies import unpack
from db.fetches import record_fetches
from db.pages import claim_pages, list_parked, retry_parked, work_owed
from db.readings import pages_to_read
from extractors.records import Publisher
from tests.db.rows import HOUR, OWNER, add_feed, code, entry, fetch, fetched, poll, read, scalar, through


def test_a_claim_brings_the_context(connection: Connection, now: datetime) -> None:
    """A claimed page comes with its publisher and with what the feed says of it."""
    poll(connection, now, [entry(1, published_at=now, tags=("a", "b"))])
    (page,) = claim_pages(connection, owner=OWNER, now=now, limit=5)

    assert (page.url, page.stage, page.attempts) == ("https://news.example/story/1", "fetch", 0)
    assert Publisher("صحيفة", "KZ", "Asia/Almaty") == page.publisher
    assert entry(1, published_at=now, tags=("a", "b")) == page.entry


def test_hosts_take_turns(connection: Connection, now: datetime) -> None:
    """A host with many pages does not starve one with a single page."""
    poll(connection, now, [entry(number) for number in range(30)] + [entry(99, host="small.example")])
    claimed = claim_pages(connection, owner=OWNER, now=now, limit=4)

    assert len(claimed) == 4
    assert sum(page.host == "small.example" for page in claimed) == 1


def test_claims_can_be_narrowed(connection: Connection, now: datetime) -> None:
    """By feed, away from hosts that asked for a pause, to a number for each host, and to a part of all hosts."""
    poll(connection, now, [entry(number, host=f"h{number % 3}.example") for number in range(9)])
    feed = scalar(connection, "SELECT id FROM feeds")

    def hosts(**limits: object) -> list[str]:
        with connection.begin_nested() as savepoint:
            found = claim_pages(connection, owner=OWNER, now=now, limit=50, **limits)  # type: ignore[arg-type]
            savepoint.rollback()
        return sorted(page.host for page in found)

    assert len(hosts(feeds=[feed])) == 9
    assert hosts(feeds=[feed + 1]) == []
    assert {"h0.example", "h2.example"} == set(hosts(except_hosts=["h1.example"]))
    assert hosts(per_host=1) == ["h0.example", "h1.example", "h2.example"]
    assert set(hosts()) == set(hosts(part=(0, 2))) | set(hosts(part=(1, 2)))
    assert set() == set(hosts(part=(0, 2))) & set(hosts(part=(1, 2)))


def test_bytes_are_kept_as_they_came(connection: Connection, now: datetime) -> None:
    """A stored body comes out as it went in, whatever its bytes, beside its headers."""
    body = bytes(range(256)) * 50
    poll(connection, now, [entry(1)])
    fetches = fetch(connection, now, body=body, headers={"Content-Type": "text/html\x00", "X-Odd": "\ud800"})
    (page,) = pages_to_read(connection, fetches)

    assert (body, "text/html\ufffd") == (page.body, page.content_type)
    packed = scalar(connection, "SELECT body FROM fetches")
    assert body == unpack(packed)
    assert len(packed) < len(body)


def test_the_lease_goes_on_to_reading(connection: Connection, now: datetime) -> None:
    """Who fetched a page goes on to read it; when it dies, another takes it up at that stage without a fetch."""
    poll(connection, now, [entry(1)])
    fetch(connection, now)
    stages = ("fetch", "read", "code")
    assert claim_pages(connection, owner="other", now=now, limit=5, stages=stages) == []
    (page,) = claim_pages(connection, owner="other", now=now + HOUR, limit=5, stages=stages)
    assert page.stage == "read"
    assert work_owed(connection, now=now) == {"read": 1}


def test_failures_are_retried_then_parked(connection: Connection, now: datetime) -> None:
    """A page that fails waits for its next turn, is parked in plain sight in the end, and comes back by command."""
    poll(connection, now, [entry(1)])
    failed = {"outcome": "failed", "reason": "timeout-read", "error": "30 s", "body": None}
    fetch(connection, now, retry_at=now + HOUR, **failed)
    assert claim_pages(connection, owner=OWNER, now=now, limit=5) == []
    fetch(connection, now + HOUR, **failed)
    (parked,) = list_parked(connection)
    assert (parked.stage, parked.attempts, parked.reason, parked.error) == ("fetch", 2, "timeout-read", "30 s")
    assert claim_pages(connection, owner=OWNER, now=now + 99 * HOUR, limit=5) == []
    assert retry_parked(connection, now=now, host="elsewhere.example") == 0
    assert retry_parked(connection, now=now + HOUR, pages=[parked.page_id]) == 1
    assert claim_pages(connection, owner=OWNER, now=now + HOUR, limit=5)
    assert list_parked(connection) == []


def test_what_is_gone_is_gone(connection: Connection, now: datetime) -> None:
    """A page that says that it is gone is neither tried again nor parked."""
    poll(connection, now, [entry(1)])
    fetch(connection, now, outcome="failed", reason="http-410", body=None, gone=True)

    assert scalar(connection, "SELECT state FROM pages") == "gone"
    assert claim_pages(connection, owner=OWNER, now=now + 99 * HOUR, limit=5) == []


def test_an_unchanged_recheck_stores_no_body(connection: Connection, now: datetime) -> None:
    """A recheck that brings the same bytes, or none, stores nothing to read, and looks again later."""
    poll(connection, now, [entry(1)])
    read(connection, now, fetch(connection, now, recheck_at=now + HOUR))
    code(connection, now)
    assert fetch(connection, now + HOUR, recheck_at=now + 6 * HOUR) == {}
    assert fetch(connection, now + 6 * HOUR, outcome="unchanged", body=None, recheck_at=None) == {}

    assert list(connection.execute(text("SELECT outcome FROM fetches ORDER BY id")).scalars()) == [
        "stored",
        "unchanged",
        "unchanged",
    ]
    page = connection.execute(text("SELECT rechecks, stage, due_at, lease_owner FROM pages")).one()
    assert tuple(page) == (2, None, None, None)


def test_a_recheck_that_fails_keeps_the_article(connection: Connection, now: datetime) -> None:
    """A page whose article is stored is not parked when a recheck fails."""
    through(connection, now)
    connection.execute(text("UPDATE pages SET stage = 'fetch', due_at = :now"), {"now": now})
    fetch(connection, now, outcome="failed", reason="http-5xx", body=None)

    assert tuple(connection.execute(text("SELECT state, due_at FROM pages")).one()) == ("done", None)


def test_unchanged_without_a_body_is_a_failure(connection: Connection, now: datetime) -> None:
    """'Not modified' for a page that was never stored is no success."""
    poll(connection, now, [entry(1)])
    fetch(connection, now, outcome="unchanged", body=None, retry_at=now + HOUR)

    assert scalar(connection, "SELECT state FROM pages") == "failing"


def test_results_of_a_lost_lease_are_dropped(connection: Connection, now: datetime) -> None:
    """A worker that was too slow leaves no second fetch behind."""
    poll(connection, now, [entry(1)])
    (page,) = claim_pages(connection, owner="slow", now=now, limit=1, lease=timedelta(seconds=1))
    claim_pages(connection, owner="quick", now=now + HOUR, limit=1)

    assert record_fetches(connection, [fetched(page.id, now)], owner="slow", now=now + HOUR) == {}
    assert scalar(connection, "SELECT count(*) FROM fetches") == 0


def test_a_fetch_recorded_again_still_owes_its_reading(connection: Connection, now: datetime) -> None:
    """A commit whose answer was lost is done again: the body, stored by then, is not taken for an unchanged page."""
    poll(connection, now, [entry(1)])
    (page,) = claim_pages(connection, owner=OWNER, now=now, limit=1)
    for _ in range(2):
        record_fetches(connection, [fetched(page.id, now)], owner=OWNER, now=now)

    assert scalar(connection, "SELECT count(*) FROM fetches") == 1
    assert scalar(connection, "SELECT stage FROM pages") == "read"
    assert scalar(connection, "SELECT lease_owner FROM pages") == OWNER


def test_workers_never_share_a_page(engine: Engine, now: datetime) -> None:
    """Workers that claim at the same time fetch every page once."""
    with engine.begin() as connection:
        poll(
            connection,
            now,
            [entry(number, host=f"h{number % 5}.example") for number in range(80)],
            add_feed(connection, now),
        )

    def work(owner: str) -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                pages = claim_pages(connection, owner=owner, now=now, limit=4)
            if not pages:
                return done
            with engine.begin() as connection:
                results = [fetched(page.id, now) for page in pages]
                done += len(record_fetches(connection, results, owner=owner, now=now))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, "abcd")) == 80
    with engine.connect() as connection:
        assert scalar(connection, "SELECT count(*) FROM fetches") == 80

"""Everything that servers do wrong, through whole cycles: each fault ends in its own named outcome, in its time."""

import ipaddress
import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from flows.steps.report import CycleReport
from flows.web import WebPolicy
from tests.flows.steps.factories import HOUR, NOW, article_page, rss
from tests.flows.steps.test_cycle import POLICY, count, cycle, listed, rows, serve
from tests.flows.steps.test_discover import index, sitemap
from tests.flows.web.fault_server import FaultServer, html, moved, reply, xml
from tests.flows.web.test_faults import FAULTS


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(hosts=120) as running:
        yield running


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'.encode()


CONTENT = {
    "/html-as-rss": ("failed", "html instead of a feed"),
    "/empty": ("failed", "empty"),
    "/to-login": ("failed", "html instead of a feed"),
    "/blank": ("failed", "empty"),
    "/json": ("failed", "not a feed"),
    "/noise": ("failed", "not a feed"),
    "/bomb": ("failed", "entity bomb"),
    "/no-items": ("read", None),
    "/cut": ("read", None),
    "/huge": ("read", "truncated"),
    "/gzip-half": ("read", "truncated"),
    "/index-of-nothing": ("failed", "http-404"),
}


def set_up_contents(server: FaultServer) -> None:
    server.answers |= {
        "/blank": xml(b" \n\t "),
        "/json": reply("200 OK", b'{"error": "none"}', "Content-Type: application/json"),
        "/noise": xml(bytes(range(256)) * 40),
        "/bomb": xml(entity_bomb()),
        "/no-items": xml(rss()),
        "/cut": xml(rss(*range(100, 120), base="http://127.0.0.1:9")[:1500]),
        "/index-of-nothing": xml(index(server.url("/none.xml"))),
    }


def test_each_fault_is_named_in_the_audit(engine: Engine, server: FaultServer) -> None:
    """Every fault, each on a host of its own, is a poll with its own reason; the good feed among them is done."""
    set_up_contents(server)
    expected = {path: ("failed", str(reason)) for path, reason in FAULTS.items()} | CONTENT
    urls = {server.url(path, host): outcome for host, (path, outcome) in enumerate(expected.items(), 1)}
    unreachable = {
        "http://127.0.0.1:9/feed": ("failed", "refused"),
        "http://no-such-host.invalid/feed": ("failed", "dns"),
    }
    urls |= unreachable
    listed(engine, serve(server, "/good", 1, 2), *urls)
    done: list[float] = []
    start = time.monotonic()
    report = cycle(
        engine,
        progress=lambda report: done.append(time.monotonic() - start) if report.articles["new"] == 2 else None,
    )
    found = rows(engine, "SELECT url, outcome, reason FROM polls JOIN feeds ON feeds.id = feed_id")
    assert {str(url): (outcome, reason) for url, outcome, reason in found if url != server.url("/good")} == urls
    assert report.ended == "done"
    assert rows(engine, "SELECT count(*) FROM feeds WHERE length(title) > 200") == [(0,)]  # nothing was expanded
    assert done[0] < 10
    assert time.monotonic() - start < 30
    assert rows(engine, "SELECT count(*) FROM feeds WHERE next_poll_at <= last_poll_at OR lease_owner IS NOT NULL") == [
        (0,)
    ]


def test_each_fault_of_a_page_is_named_too(engine: Engine, server: FaultServer) -> None:
    """The same faults met by pages: each page ends with a reason and another date, parked or gone."""
    links = "".join(
        f"<item><title>خبر</title><link>{server.url(path, host)}</link></item>" for host, path in enumerate(FAULTS)
    )
    feed = f'<rss version="2.0"><channel><title>الواحة</title>{links}</channel></rss>'.encode()
    server.answers["/feed"] = xml(feed)
    listed(engine, server.url("/feed", 119))
    report = cycle(engine)
    expected = {server.url(path, host): str(reason) for host, (path, reason) in enumerate(FAULTS.items())}
    expected[server.url("/lying-304", list(FAULTS).index("/lying-304"))] = "protocol"
    assert dict(rows(engine, "SELECT url, last_reason FROM pages")) == expected  # type: ignore[arg-type]
    assert report.pages["failed"] == len(FAULTS)
    assert rows(
        engine, "SELECT count(*) FROM pages WHERE due_at <= now() AND due_at IS NOT NULL AND state <> 'failing'"
    ) == [(0,)]


def test_private_addresses_are_not_reached(engine: Engine, server: FaultServer) -> None:
    """Without leave, neither a feed nor a redirect nor a page leads into the operator's own network."""
    assert ipaddress.ip_address("127.0.0.1").is_loopback
    listed(engine, server.url("/ok"), "http://169.254.169.254/latest", "http://[::1]/feed", "http://10.0.0.7/feed")
    report = cycle(engine, policy=replace(POLICY, allow_private_hosts=False))
    assert {failed.reason for failed in report.failed_feeds} == {"forbidden-address"}
    assert server.asked == []


def test_fifty_hosts_that_hang_hold_up_no_other(engine: Engine, server: FaultServer) -> None:
    """50 hanging and 50 fine feeds on 100 hosts: the fine ones are done, and soon, before one that hangs is given up."""
    fine = []
    for host in range(50):
        path = f"/fine?{host}"
        server.answers[path] = xml(rss(host, base=server.url("", host)))
        server.answers[f"/a/{host}"] = html(article_page(host))
        fine.append(server.url(path, host))
    listed(engine, *fine, *[server.url("/hang", host) for host in range(50, 100)])
    given_up: list[int] = []
    seconds: list[float] = []
    start = time.monotonic()

    def tell(report: CycleReport) -> None:
        if report.articles["new"] == 50:
            given_up.append(report.feeds["failed"])
            seconds.append(time.monotonic() - start)

    polite = WebPolicy(allow_private_hosts=True, host_delay=0.5, read_timeout=8, total_timeout=9)
    report = cycle(
        engine,
        policy=polite,
        progress=tell,
    )
    assert (report.feeds["read"], report.feeds["failed"], report.articles["new"]) == (50, 50, 50)
    assert given_up[0] == 0
    assert seconds[0] < 15
    assert time.monotonic() - start < 30


def listed_by(engine: Engine, url: str) -> tuple[object, ...]:
    found = rows(
        engine,
        "SELECT outcome, reason, entries_listed, entries_new, entries_known, skipped FROM polls"
        f" JOIN feeds ON feeds.id = feed_id WHERE url = '{url}' ORDER BY polls.id DESC LIMIT 1",
    )
    return found[0]


def test_entries_of_all_kinds_are_accounted_for(engine: Engine, server: FaultServer) -> None:
    """Twins, entries without a link, alien schemes, and dates of 1970 and the future: listed = new + known + skipped."""
    base = server.url("")
    dates = {"past": "Thu, 01 Jan 1970 00:00:00 GMT", "future": "Tue, 01 Jan 2030 00:00:00 GMT"}
    items = [
        f"<item><title>أ</title><link>{base}/a/1</link><guid>same</guid><pubDate>{dates['future']}</pubDate></item>",
        f"<item><title>ب</title><link>{base}/a/1?utm_source=x</link><guid>same</guid></item>",
        f"<item><title>ج\x00\u202e</title><link>//127.0.0.1:{server.port}/a/2</link><guid>same</guid></item>",
        f"<item><title>د</title><link>/a/3</link><pubDate>{dates['past']}</pubDate></item>",
        f"<item><title>ه</title><link>{base}/خبر</link></item>",
        f"<item><title>و</title><link>{base}/%D8%AE%D8%A8%D8%B1</link></item>",
        "<item><title>ز</title></item>",
        "<item><title>ح</title><link>javascript:alert(1)</link></item>",
        "<item><title>ط</title><link>file:///etc/passwd</link></item>",
    ]
    body = f'<rss version="2.0"><channel><title>الواحة</title>{"".join(items)}</channel></rss>'
    server.answers["/feed"] = xml(body.encode())
    listed(engine, server.url("/feed"))
    cycle(engine)
    outcome, _, total, new, known, skipped = listed_by(engine, server.url("/feed"))
    assert (outcome, total) == ("read", 9)
    assert new == 4
    assert known == 0
    assert sum(json.loads(json.dumps(skipped)).values()) == 5
    assert rows(engine, "SELECT count(*) FROM entries WHERE published_at > '2026-03-02'") == [(0,)]


def test_guids_that_change_each_time_make_nothing_new(engine: Engine, server: FaultServer) -> None:
    """A feed whose guids and dates are new at each poll lists the same articles."""
    feed = server.url("/feed")
    for turn in range(3):
        body = rss(1, 2, base=server.url("")).replace(b"<guid>", f"<guid>{turn}-".encode())
        server.answers["/feed"] = xml(body.replace(b"10:00:00", f"1{turn}:00:00".encode()))
        if not turn:
            listed(engine, feed)
        cycle(engine, NOW + turn * 12 * HOUR, feeds=[1])
    assert listed_by(engine, feed)[2:5] == (2, 0, 2)
    assert count(engine, "entries") == 2


def test_a_lying_304_is_found_out(engine: Engine, server: FaultServer) -> None:
    """A feed that answers 304 whatever changed is asked for its body after a day."""
    server.answers["/a/1"] = html(article_page(1))
    server.answers["/feed"] = xml(rss(1, base=server.url("")), 'ETag: "same"')
    listed(engine, server.url("/feed"))
    cycle(engine)
    server.answers["/feed"] = b'HTTP/1.1 304 Not Modified\r\nETag: "same"\r\n\r\n'
    assert cycle(engine, NOW + HOUR, feeds=[1]).feeds == {"unchanged": 1}
    cycle(engine, NOW + 26 * HOUR, feeds=[1])
    assert "if-none-match" not in [asked for asked in server.asked if asked.path == "/feed"][-1].headers


def test_a_moved_feed_is_adopted_after_days_of_agreement(engine: Engine, server: FaultServer) -> None:
    """A permanent redirect is followed at once, and after a week the new address is the feed's own."""
    new = serve(server, "/new", 1)
    server.answers["/old"] = moved("301 Moved Permanently", "/new")
    listed(engine, server.url("/old"))
    for days in (0, 3, 8):
        assert cycle(engine, NOW + days * 24 * HOUR, feeds=[1]).feeds["failed"] == 0
    assert rows(engine, "SELECT url FROM feeds") == [(new,)]


def test_what_is_gone_is_probed_weekly(engine: Engine, server: FaultServer) -> None:
    """410 slows a feed to a probe a week; when it answers again, it is active again."""
    listed(engine, server.url("/gone"))
    server.answers["/gone"] = reply("410 Gone")
    cycle(engine)
    assert rows(engine, "SELECT state FROM feeds") == [("gone",)]
    assert cycle(engine, NOW + 6 * 24 * HOUR).feeds_polled == 0
    server.answers["/gone"] = xml(rss(1, base=server.url("")))
    cycle(engine, NOW + 8 * 24 * HOUR)
    assert rows(engine, "SELECT state FROM feeds") == [("active",)]


def test_news_sitemaps_are_sources(engine: Engine, server: FaultServer) -> None:
    """A news sitemap, and an index that leads to one, are polled like feeds; a grown one brings what is new."""
    base = server.url("/")
    server.answers |= {f"/n/{n}": html(article_page(n)) for n in range(8)}
    server.answers["/news.xml"] = xml(sitemap(3, base))
    server.answers["/part-news.xml"] = xml(sitemap(5, base))
    server.answers["/index.xml"] = xml(index(server.url("/part-news.xml"), server.url("/none.xml")))
    listed(engine, server.url("/news.xml"), server.url("/index.xml"))
    report = cycle(engine)
    assert report.feeds == {"read": 2}
    assert report.articles["new"] == 5
    assert sorted(rows(engine, "SELECT kind FROM feeds")) == [("sitemap",), ("sitemap-index",)]
    server.answers["/part-news.xml"] = xml(sitemap(8, base))
    later = cycle(engine, NOW + 12 * HOUR)
    assert (later.entries["new"], later.articles["new"]) == (3, 3)

"""Bytes that nobody would send, for as long as wanted: no exception may escape, and the accounts must balance.

    python -m tests.fuzz --seconds 600

Feed and page bytes grow out of sound ones by cutting, doubling, mislabelling and noise. What breaks is shrunk by
Hypothesis and printed. The same checks run shortly in the test suite.
"""

import argparse
import sys
import time
from datetime import UTC, datetime

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db.entries import Tally
from extractors.coding import code_article
from extractors.reading.feed import read_feed
from extractors.reading.page import read_page
from extractors.records import Article, FeedDocument, NewsText, Publisher, Unreadable

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PUBLISHER = Publisher("صحيفة الواحة", "EG", "Africa/Cairo")
URL = "https://alwaha.example/feed"
TAGS = (
    *("<item>", "</item>", "<link>", "</link>", "<title>", "</title>", "<guid>", "<![CDATA[", "]]>", "<pubDate>"),
    *("<?xml version='1.0' encoding='windows-1256'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#xD800;"),
    *(
        "<p>",
        "</p>",
        "<article>",
        "<script>",
        "<!--",
        "-->",
        "<table>",
        "<svg>",
        "<urlset>",
        "<url>",
        "<loc>",
        "{",
        '"items":[',
    ),
)
ITEM = "<item><title>قتل 3 في بغداد</title><link>https://alwaha.example/a/1</link><guid>1</guid><pubDate>الأحد 1 مارس 2026</pubDate></item>"
SOUND = (
    f'<rss version="2.0"><channel><title>الواحة</title><ttl>30</ttl>{ITEM * 3}</channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>خبر</title><link href="/a/1"/><id>x</id><updated>2026-03-01T10:00:00Z</updated></entry></feed>',
    "<urlset><url><loc>https://alwaha.example/a/1</loc><lastmod>2026-03-01</lastmod></url></urlset>",
    '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","url":"https://alwaha.example/a/1"}]}',
    f"<html><head><title>خبر</title></head><body><article>{'<p>قتل ثلاثة أشخاص في انفجار وسط بغداد أمس وأصيب عشرة.</p>' * 5}</article></body></html>",
)
ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16", "utf-8-sig")


@st.composite
def hostile_bytes(draw: st.DrawFn) -> bytes:
    """Sound text with pieces thrown in, in some encoding, then cut and spoilt as bytes."""
    text = draw(st.sampled_from(SOUND))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(st.sampled_from(TAGS), st.text(max_size=20), st.sampled_from(SOUND)))
        text = text[:at] + piece * draw(st.sampled_from((1, 1, 1, 50))) + text[at + draw(st.integers(0, 30)) :]
    body = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(max_size=8)) + body[at + draw(st.integers(0, 12)) :]
    return body[: draw(st.one_of(st.none(), st.integers(0, len(body))))]


LABELS = st.sampled_from(
    (None, "", "text/xml", "text/html; charset=windows-1256", "application/rss+xml; charset=utf-8", "x; charset=\x00")
)


def check_feed(body: bytes, label: str | None) -> None:
    """A feed's bytes end in a document whose every entry is accounted for, or in a reason."""
    found = read_feed(body, url=URL, content_type=label, publisher=PUBLISHER, now=NOW)
    if isinstance(found, Unreadable):
        assert found.reason
        return
    assert isinstance(found, FeedDocument)
    tally = Tally.of(found.entries, found.skipped)
    assert tally.listed == len(found.entries) + sum(tally.skipped.values())
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert entry.published_at is None or entry.published_at.tzinfo is not None


def check_page(body: bytes, label: str | None) -> None:
    """A page's bytes end in an article, whose every report rests on its own words, or in a reason."""
    found = read_page(body, url=URL, content_type=label, publisher=PUBLISHER, entry=None, now=NOW)
    if isinstance(found, Unreadable):
        assert found.reason
        return
    assert isinstance(found, Article)
    text = NewsText(found.title or "", found.body, NOW.date(), "EG", PUBLISHER.name)
    for report in code_article(text).reports:
        assert text.body[report.evidence_start : report.evidence_end] or text.title


def fuzz(examples: int) -> None:
    """So many examples of each check; the first that fails is raised, shrunk."""
    phases = (Phase.generate, Phase.shrink)
    rules = settings(
        max_examples=examples, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )
    rules(given(hostile_bytes(), LABELS)(check_feed))()
    rules(given(hostile_bytes(), LABELS)(check_page))()


def main() -> int:
    """The command: 0 where nothing broke in the time given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=60)
    end = time.monotonic() + parser.parse_args().seconds
    examples = 0
    while time.monotonic() < end:
        fuzz(200)
        examples += 400
    print(f"{examples} examples, nothing broke")
    return 0


if __name__ == "__main__":
    sys.exit(main())

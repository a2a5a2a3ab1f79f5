"""Decoding: whatever the bytes are labelled as, the Arabic in them comes out whole."""

import codecs
import itertools
import json
from datetime import UTC, datetime

import pytest

from extractors.reading.decode import decode
from extractors.reading.feed import read_feed
from extractors.reading.page import read_page
from extractors.records import Article, Encoding, FeedDocument, Publisher

NOW = datetime(2026, 9, 30, tzinfo=UTC)
TITLE = "أمطار غزيرة تغلق طريق الساحل وتعطل الدراسة في المدينة"
TEXT = (
    "أغلقت السلطات المحلية طريق الساحل صباح اليوم بعد أمطار غزيرة هطلت على المدينة طوال الليل، وقال مسؤول في البلدية إن "
    "فرق الطوارئ تعمل على تصريف المياه من الأحياء المنخفضة وإن المدارس ستبقى مغلقة إلى يوم غد."
)
LINK = "https://news.example/a/1"

RSS = "<rss version='2.0'><channel><title>{t}</title><item><title>{t}</title><link>{l}</link><description>{x}</description></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>{t}</title><entry><title>{t}</title><id>1</id><link href='{l}'/><summary>{x}</summary></entry></feed>"
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'><title>{t}</title></channel>"
    "<item rdf:about='{l}'><title>{t}</title><link>{l}</link><description>{x}</description></item></rdf:RDF>"
)
SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>{l}</loc>"
    "<news:news><news:publication><news:name>{t}</news:name></news:publication><news:title>{t}</news:title></news:news></url></urlset>"
)
HTML = (
    "<html><head>{meta}<title>{t}</title></head><body><article><h1>{t}</h1><p>{x}</p><p>{x}</p></article></body></html>"
)

CODECS = ("utf-8", "cp1256", "iso8859-6")
LABELS = (None, "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1")
PLACES = ("inside", "http", "both")


def labelled(markup: str, codec: str, label: str | None, place: str) -> tuple[bytes, str | None]:
    """The document in that encoding, with that label inside it, in the HTTP header, or in both."""
    inside = label if place in ("inside", "both") else None
    if "{meta}" in markup:
        text = markup.replace("{meta}", f'<meta charset="{inside}">' if inside else "")
    else:
        text = f'<?xml version="1.0"{f""" encoding="{inside}" """ if inside else ""}?>' + markup
    text = text.replace("{t}", TITLE).replace("{x}", TEXT).replace("{l}", LINK)
    header = f"text/html; charset={label}" if label and place in ("http", "both") else None
    return text.encode(codec), header


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("markup", [RSS, ATOM, RDF, SITEMAP], ids=["rss", "atom", "rdf", "sitemap"])
def test_feeds_survive_every_label(markup: str, codec: str, label: str | None, place: str) -> None:
    """A feed's Arabic is read right, whether its label is right, wrong or missing."""
    body, header = labelled(markup, codec, label, place)

    feed = read_feed(body, url="https://news.example/feed", content_type=header, publisher=Publisher(), now=NOW)

    assert isinstance(feed, FeedDocument)
    assert [(entry.title, entry.url) for entry in feed.entries] == [(TITLE, LINK)]
    assert feed.entries[0].summary == (None if markup is SITEMAP else TEXT)
    assert feed.title == TITLE
    assert (feed.encoding.used, feed.encoding.repaired) == (codec, False)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("markup", [RSS, ATOM, RDF, SITEMAP, HTML], ids=["rss", "atom", "rdf", "sitemap", "html"])
def test_labels_that_contradict_each_other_do_no_harm(markup: str, codec: str) -> None:
    """What the document says and what the header says may differ, and neither need be right."""
    for inside, outside in itertools.permutations(filter(None, LABELS), 2):
        body, _ = labelled(markup, codec, inside, "inside")
        decoded = decode(body, f"text/xml; charset={outside}")
        assert (TITLE in decoded.text, decoded.encoding.used) == (True, codec), (inside, outside)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("codec", CODECS)
def test_pages_survive_every_label(codec: str, label: str | None, place: str) -> None:
    """A page's Arabic is read right, whether its label is right, wrong or missing."""
    body, header = labelled(HTML, codec, label, place)

    page = read_page(body, url=LINK, content_type=header, publisher=Publisher(), entry=None, now=NOW)

    assert isinstance(page, Article)
    assert page.title == TITLE
    assert page.body.split("\n")[0] == TEXT
    assert page.encoding.used == codec


def test_one_bad_byte_costs_one_character() -> None:
    """Nearly valid UTF-8 is mended: the rest of the feed stays whole, and the mending is told."""
    body, _ = labelled(RSS, "utf-8", "utf-8", "inside")
    broken = body.replace("الساحل".encode(), "الساحل".encode() + b"\xff", 1)

    feed = read_feed(broken, url="https://news.example/feed", content_type=None, publisher=Publisher(), now=NOW)

    assert isinstance(feed, FeedDocument)
    assert feed.encoding == Encoding("utf-8", "utf-8", repaired=True)
    assert feed.entries[0].summary == TEXT
    assert feed.title == TITLE.replace("الساحل", "الساحل\ufffd")


@pytest.mark.parametrize("label", [None, "utf-8", "iso-8859-1"])
def test_french_beside_it_hides_no_arabic(label: str | None) -> None:
    """Accents of French names and quotations do not make Arabic read as Western."""
    text = "<p>أمطار غزيرة تغلق طريق الساحل – « déjà vu » – l'été à Béjaïa et à Sétif, où l'eau a monté</p>"

    assert decode(text.encode("cp1256"), f"text/html; charset={label}" if label else None).text == text


def test_a_part_in_another_encoding_is_read() -> None:
    """Words in cp1256 that a page in UTF-8 takes in come out whole, and the mending is told."""
    decoded = decode(f"<p>{TEXT}</p>".encode() + "<p>أمطار غزيرة</p>".encode("cp1256"))

    assert decoded.text == f"<p>{TEXT}</p><p>أمطار غزيرة</p>"
    assert decoded.encoding == Encoding(None, "utf-8", repaired=True)


def test_a_mark_of_utf8_before_cp1256_decides_nothing() -> None:
    """A template's byte order mark does not spoil what it prints in another encoding."""
    decoded = decode(codecs.BOM_UTF8 + TEXT.encode("cp1256"))

    assert (decoded.text, decoded.encoding.used) == (TEXT, "cp1256")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_marks_and_wide_encodings(codec: str) -> None:
    """A byte order mark decides, and UTF-16 is known without one by its zero bytes."""
    decoded = decode(f"<rss>{TITLE}</rss>".encode(codec), "text/xml; charset=windows-1256")

    assert decoded.text.endswith(f"<rss>{TITLE}</rss>")
    assert decoded.encoding.declared == "cp1256"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [f" \n<rss>{TITLE}</rss>", f'{{"title": "{TITLE}"}}'])
def test_wide_encodings_without_a_mark(text: str, codec: str) -> None:
    """Blanks or JSON in UTF-16 are known by their zero bytes."""
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        ("Les manifestants ont été dispersés à l'aube près de la préfecture", "iso-8859-1", "cp1252"),
        ("Протестующие собрались вечером на площади перед зданием парламента", "windows-1251", "cp1251"),
        ("Göstericiler akşam saatlerinde meydanda toplandı, polis çağrı yaptı", "iso-8859-9", "iso8859-9"),
    ],
)
def test_other_languages_keep_their_label(text: str, label: str, codec: str) -> None:
    """What does not read as Arabic is read as it is labelled."""
    decoded = decode(text.encode(codec), f"text/html; charset={label}")

    assert decoded.text == text


@pytest.mark.parametrize("label", ["unicode_escape", "idna", "rot13", "zlib", "utf-7", "nonsense", "undefined"])
def test_odd_labels_do_no_harm(label: str) -> None:
    """A label that names no text encoding of the web is passed over."""
    assert decode(TEXT.encode("cp1256"), f"text/html; charset={label}").text == TEXT


def test_json_feed() -> None:
    """A JSON Feed is read like any other, and an item that is no object is skipped with its reason."""
    items = [{"id": "1", "url": LINK, "title": TITLE, "content_html": f"<p>{TEXT}</p>", "tags": ["طقس"]}, 7]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "items": items}).encode()

    feed = read_feed(body, url="https://news.example/f.json", content_type=None, publisher=Publisher(), now=NOW)

    assert isinstance(feed, FeedDocument)
    assert (feed.kind, feed.entries[0].summary, feed.entries[0].tags) == ("json", TEXT, ("طقس",))
    assert [skipped.reason for skipped in feed.skipped] == ["malformed"]

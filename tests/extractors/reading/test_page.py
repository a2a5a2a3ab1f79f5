"""Pages: the body whole and alone, the title without its site, and the moment that is most to be trusted."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.reading.page import read_page
from extractors.reading.version import READER_VERSION
from extractors.records import Article, Entry, Publisher, Unreadable

NOW = datetime(2026, 9, 30, tzinfo=UTC)
PAPER = Publisher("جريدة الساحل", "EG", "Africa/Cairo")
URL = "https://sahel.example/news/41"
TITLE = "إغلاق طريق الساحل بعد أمطار غزيرة"
PARAGRAPHS = (
    "أغلقت السلطات المحلية صباح اليوم طريق الساحل بعد أمطار غزيرة هطلت على المدينة طوال الليل وأغرقت عشرات المنازل.",
    "وقال مسؤول في البلدية إن فرق الطوارئ تعمل على تصريف المياه من الأحياء المنخفضة، وإن المدارس ستبقى مغلقة إلى يوم غد.",
    "ولم تسجل إصابات، لكن 12 سيارة علقت في الوحل قرب الجسر القديم قبل أن تسحبها الجرافات.",
)
BODY = "\n".join(PARAGRAPHS)
MENU = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>سياسة</a></li><li><a href='/r'>رياضة</a></li></ul></nav>"
RELATED = "<aside><h3>الأكثر قراءة</h3><a href='/n/1'>أسعار الخبز ترتفع في الأسواق</a><a href='/n/2'>معرض الكتاب يفتح أبوابه للزوار</a></aside>"
FOOT = "<footer><p>جميع الحقوق محفوظة © جريدة الساحل</p></footer>"
PUBLISHED = datetime(2026, 9, 24, 10, tzinfo=UTC)


def page(head: str = "", inside: str | None = None, *, around: str = "{}") -> str:
    """A page of the paper: menu, article, most-read list, footer."""
    text = inside if inside is not None else "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    main = around.format(f"<article><h1>{TITLE}</h1>{text}</article>")
    return f"<!doctype html><html lang='en-US'><head><meta charset='utf-8'>{head}</head><body>{MENU}{main}{RELATED}{FOOT}</body></html>"


def read(markup: str, *, entry: Entry | None = None, url: str = URL, publisher: Publisher = PAPER) -> Article:
    """The article of that page, which must have one."""
    article = read_page(markup.encode(), url=url, content_type="text/html", publisher=publisher, entry=entry, now=NOW)
    assert isinstance(article, Article), article
    return article


def entry(at: datetime | None = PUBLISHED, text: str | None = "Thu, 24 Sep 2026 10:00:00 GMT") -> Entry:
    """What the feed said of the page."""
    return Entry(guid="41", url=URL, title=TITLE, published_at=at, published_text=text)


# ---------------------------------------------------------------- body


def test_the_body_is_whole_and_alone() -> None:
    """Every paragraph on its own line, nothing of menu, lists and footer, and the language by its letters."""
    article = read(page())

    assert (article.title, article.body, article.language) == (TITLE, BODY, "ar")


LAYOUTS = {
    "spans and breaks": page(inside="".join(f"<span>{line}</span><br>" for line in PARAGRAPHS)),
    "bare text": page(inside="<br>".join(PARAGRAPHS)),
    "font": page(inside=f"<font size='3'>{'<br>'.join(PARAGRAPHS)}</font>"),
    "divisions between empty ones": page(inside="".join(f"<div dir='rtl'>{line}</div><div><br></div>" for line in PARAGRAPHS)),
    "a list of sentences": page(inside=f"<ul>{''.join(f'<li>{line}</li>' for line in PARAGRAPHS)}</ul>"),
    "one form around all": page(around="<form id='aspnetForm'><div>{}</div></form>"),
    "lead as a heading": page(inside=f"<h2>{PARAGRAPHS[0]}</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"),
    "lead in a teaser": page(inside=f"<div class='teaser'>{PARAGRAPHS[0]}</div><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"),
    "paragraphs in divisions": page(around="<div id='content'><div class='post'>{}</div></div>"),
    "breaks": page(inside=f"<div class='txt'>{'<br><br>'.join(PARAGRAPHS)}</div>"),
    "divisions": page(inside="".join(f"<div>{line}</div>" for line in PARAGRAPHS)),
    "layout table": page(around="<table width='100%'><tr><td class='side'><a href='/n/1'>أسعار الخبز</a></td><td>{}</td></tr></table>"),
    "nested layout tables": page(around="<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>"),
    "unclosed elements": page(inside="<font><b><span>" * 100 + "".join(f"<p>{line}" for line in PARAGRAPHS)),
    "xhtml": '<?xml version="1.0" encoding="windows-1256"?>' + page(),
    "title and date repeated": page(inside=f"<div class='d'>الخميس 24 سبتمبر 2026 01:00 م</div><p>{TITLE}</p>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)),
    "share line": page(inside="<p>مشاركة</p>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "<p>شارك الخبر</p><p>نسخ الرابط</p>"),
    "read also inside": page(inside=f"<p>{PARAGRAPHS[0]}</p><p>اقرأ أيضًا: <a href='/n/1'>أسعار الخبز ترتفع</a></p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"),
    "cookies": page(inside="<p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك.</p>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)),
    "disclaimer": page(inside="".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "<p>الآراء الواردة أدناه لا تعبر عن رأي الموقع.</p>"),
    "comments": page(inside="".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "<div id='comments'><p>كلام جميل يا أخي العزيز والله الموفق دائما وأبدا</p></div>"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    """However a page is built and whatever is strewn into it, the body is the same."""
    assert read(LAYOUTS[layout]).body == BODY


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_a_short_article_takes_nothing_in(paragraph: str) -> None:
    """An article of one sentence stays that sentence: menus do not make it longer."""
    assert read(page(inside=f"<p>{paragraph}</p>")).body == paragraph


def test_a_lead_apart_from_the_body_comes_first() -> None:
    """The lead that stands outside the text, and that the page's description repeats, belongs to the body."""
    head = f"<meta property='og:description' content='{PARAGRAPHS[0]}'>"
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[1:] * 2)

    article = read(
        page(
            head,
            around="<div class='a'><h1>"
            + TITLE
            + f"</h1><div class='teaser'><p>{PARAGRAPHS[0]}</p></div><div class='articleBody'>{text}</div></div>",
        )
    )

    assert article.body.split("\n")[0] == PARAGRAPHS[0]
    assert article.body.count(PARAGRAPHS[0]) == 1


# ---------------------------------------------------------------- title and head


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} | جريدة الساحل</title>",
        f"<title>{TITLE} - Sahel</title>",
        f"<title>جريدة الساحل - {TITLE}</title>",
        f"<title>{TITLE} - أخبار - محليات - جريدة الساحل</title>",
        f"<meta property='og:title' content='الساحل أونلاين: {TITLE}'><meta property='og:site_name' content='الساحل أونلاين'>",
        f"<meta property='og:title' content=' الناشر - {TITLE}'><meta name='twitter:title' content='{TITLE}'>",
        f"<meta property='og:title' content='{TITLE}&#160;'><meta property='og:site_name' content='https://sahel.example/'>",
    ],
)
def test_titles_lose_their_site(head: str) -> None:
    """The site's name goes, before or behind, whatever separates it and whoever names it."""
    assert read(page(head)).title == TITLE


def test_quotes_in_a_title_are_no_separators() -> None:
    """A title that ends in a quotation keeps its closing mark."""
    title = "بيان ينتقد «الإهمال»"
    markup = page(f"<title>{title} | جريدة الساحل</title>").replace(f"<h1>{TITLE}</h1>", f"<h2>{title}</h2>")

    assert read(markup).title == title


def test_the_head_is_read() -> None:
    """Author, section, tags, image and both times come from JSON-LD and meta tags."""
    head = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
      {"@type":["NewsArticle"],"headline":"x","author":[{"@type":"Person","name":"بقلم: سلمى نور"}],"articleSection":"محليات",
       "datePublished":"2026-09-24T13:00:00+03:00","dateModified":"2026-09-24T15:00:00+03:00","image":{"url":"/i/1.jpg"}}]}</script>
      <meta property="article:tag" content="مطر"><meta property="article:tag" content="طرق، ساحل">"""

    article = read(page(head))

    assert (article.author, article.section, article.tags) == ("سلمى نور", "محليات", ("مطر", "طرق", "ساحل"))
    assert article.image_url == "https://sahel.example/i/1.jpg"
    assert (article.published_at, article.modified_at) == (PUBLISHED, PUBLISHED + timedelta(hours=2))
    assert article.published_from == "page"


def test_broken_json_is_read_as_far_as_it_goes() -> None:
    """A script that is no JSON still tells its dates."""
    head = """<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-09-24T10:00:00Z","description":"a "b" c",}</script>"""

    assert read(page(head)).published_at == PUBLISHED


def test_the_site_is_nobody() -> None:
    """A site's name, an address or a handle is no author; a by-line is."""
    head = (
        "<meta name='author' content='جريدة الساحل'><meta property='article:author' content='https://facebook.com/x'>"
    )
    byline = "<div class='writer-name'>كتبت: سلمى نور</div>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)

    assert read(page(head)).author is None
    assert read(page(head, byline)).author == "سلمى نور"


# ---------------------------------------------------------------- time


def times(markup: str, *, feed: Entry | None = None, url: str = URL) -> tuple[datetime | None, str | None]:
    """When the article was published, and where that was found."""
    article = read(markup, entry=feed, url=url)
    return article.published_at, article.published_from


def meta(moment: str) -> str:
    """A page that marks that moment as its publication."""
    return page(f"<meta property='article:published_time' content='{moment}'>")


VISIBLE = page(
    inside="<div class='x'>نشر في: الخميس 24 سبتمبر 2026 01:00 م</div>"
    + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
)


def test_the_page_comes_first() -> None:
    """A marked-up moment with a time beats the feed's of the same days."""
    assert times(meta("2026-09-24T09:30:00Z"), feed=entry()) == (PUBLISHED - timedelta(minutes=30), "page")
    assert times(meta("الخميس، 24 سبتمبر 2026 - 01:00 م")) == (PUBLISHED, "page")


def test_a_first_of_january_never_wins() -> None:
    """What sites print that know only the year loses to the feed and to the address; alone it stays."""
    assert times(meta("2026-01-01"), feed=entry()) == (PUBLISHED, "feed")
    assert times(meta("2026-01-01T00:00:00Z"), url="https://sahel.example/2026/9/24/x") == (
        datetime(2026, 9, 23, 21, tzinfo=UTC),
        "url",
    )
    assert times(meta("2026-01-01T08:00:00Z"))[1] == "page"


def test_a_time_beats_a_bare_day_and_a_zone_beats_none() -> None:
    """Of two claims for one day the more precise one is taken."""
    assert times(meta("2026-09-24"), feed=entry()) == (PUBLISHED, "feed")
    assert times(meta("2026-09-24T10:00:00"), feed=entry()) == (PUBLISHED, "feed")
    assert times(VISIBLE, feed=entry(datetime(2026, 9, 23, 21, tzinfo=UTC), "2026-09-24")) == (PUBLISHED, "text")


def test_local_time_labelled_as_utc() -> None:
    """A wall clock marked "Z" gives way to a claim that shows the same digits as local time."""
    assert times(meta("2026-09-24T13:00:00Z"), feed=entry()) == (PUBLISHED, "feed")


def test_far_apart_the_address_decides() -> None:
    """Where page and feed are days apart, the one that the address agrees with is believed."""
    old = entry(PUBLISHED - timedelta(days=40), "Sat, 15 Aug 2026 10:00:00 GMT")

    assert times(meta("2026-09-24T10:00:00Z"), feed=old) == (PUBLISHED, "page")
    assert times(meta("2026-09-24T10:00:00Z"), feed=old, url="https://sahel.example/2026/08/15/x")[1] == "feed"


@pytest.mark.parametrize(
    "path", ["2026/9/24/x", "x-2026-09-24-1.77", "20260924/x", "2026/local/9/24/index.html", "news/202609241300-x"]
)
def test_the_day_in_the_address(path: str) -> None:
    """With nothing else to go by, the address's day is midnight at the publisher's."""
    assert times(page(), url=f"https://sahel.example/{path}") == (datetime(2026, 9, 23, 21, tzinfo=UTC), "url")


@pytest.mark.parametrize("path", ["2026/13/24/x", "a/2031/01/01/x", "1234567890", "a-20262424"])
def test_no_day_in_the_address(path: str) -> None:
    """Numbers that are no day of news are no date."""
    assert times(page(), url=f"https://sahel.example/{path}") == (None, None)


def test_the_visible_line() -> None:
    """A date line below the heading is read, unless it tells a later change or the address contradicts it."""
    assert times(VISIBLE) == (PUBLISHED, "text")
    assert times(VISIBLE, url="https://sahel.example/2026/09/03/x")[1] == "url"
    changed = read(VISIBLE.replace("نشر في", "آخر تحديث"), url="https://sahel.example/2026/09/03/x")
    assert (changed.published_from, changed.modified_at) == ("url", PUBLISHED)


def test_future_pages_are_unknown() -> None:
    """A page that says it will be published next year says nothing."""
    assert times(meta("2027-09-24T10:00:00Z")) == (None, None)


# ---------------------------------------------------------------- no article


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", None, "empty"),
        (b" \n ", "text/html", "empty"),
        (b"%PDF-1.7 ...", "text/html", "not html"),
        (b"\xff\xd8\xff\xe0 ...", "image/jpeg", "not html"),
        (b'{"a": 1}', "application/json", "not html"),
        (b"just words", "text/plain", "not html"),
        (page(inside="<p>خبر</p>").encode(), None, "too short"),
        (b"<html><body><p>Heavy rain closed the coastal road this morning and schools stay shut until tomorrow, officials said.</p></body></html>", None, "not arabic"),
        (b"<html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'></script></body></html>", None, "challenge"),
        ("<html><head><title>الصفحة غير موجودة</title></head><body><p>عذرا</p></body></html>".encode(), None, "missing page"),
        ("<html><head><title>الساحل</title></head><body><form><input type='password'></form><p>للمشتركين</p></body></html>".encode(), None, "login"),
    ],
)  # fmt: skip
def test_no_article_has_a_reason(body: bytes, content_type: str | None, reason: str) -> None:
    """A page without an Arabic article ends in its own named reason."""
    result = read_page(body, url=URL, content_type=content_type, publisher=PAPER, entry=entry(), now=NOW)

    assert isinstance(result, Unreadable)
    assert result.reason == reason


def test_the_reader_has_a_version() -> None:
    """The version is a short name made of the reader's content."""
    assert len(READER_VERSION) == 12

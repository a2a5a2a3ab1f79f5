"""`rasid report`: the page that analysts open."""

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import sync_playwright
from sqlalchemy import Engine

from db.roles import ANALYST_ROLE
from flows.overview.page import link, told
from flows.services.postgres import EmbeddedPostgres
from tests.db.analysis_stories import DAMASCUS, stories
from tests.db.linking.newsroom import link as link_all
from tests.db.linking.newsroom import publish, story
from tests.flows.cli.conftest import Rasid

EVIL = "قتل شخص في دمشق</blockquote><script>document.title='taken'</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
WEEK = ("--until", "2026-03-01", "--days", "7")


def hostile_story() -> list[object]:
    """An article whose headline, text and actor try to be markup."""
    evil = story("x", f"\u202e{EVIL}", f"{EVIL}. وانتهى.", killed=1, location=replace(DAMASCUS, place="<b>دمشق"))
    return [*stories(), evil]


@pytest.fixture
def page(rasid: Rasid, engine: Engine, now: datetime, tmp_path: Path) -> Path:
    """The page of a week with seven incidents and a hostile one."""
    with engine.begin() as connection:
        publish(connection, hostile_story(), now)  # type: ignore[arg-type]
        link_all(connection, now)
    written = tmp_path / "page.html"
    assert rasid("report", *WEEK, "--output", str(written))[::2] == (0, f"8 incidents in {written}\n")
    return written


def test_the_page_shows_where_when_and_on_whose_word(page: Path) -> None:
    """Every incident has its row with all its sentences and links, its dot where it has a point, its part of a day."""
    tree = html.fromstring(page.read_text("utf-8"))
    rows = tree.xpath("//tbody/tr")
    blast = next(row for row in rows if "Sidon Port" in row.text_content())
    passages = ["".join(quote.itertext()) for quote in blast.xpath(".//blockquote[@dir='rtl'][@lang='ar']")]

    assert len(rows) == 8
    assert len(passages) == 3
    assert passages[0].startswith("هز انفجار عنيف مستودع الوقود")
    assert blast.xpath(".//a/@href") == [f"https://papers.example/{key}" for key in "abc"]
    assert "killed 5 (told 3 to 6)" in " ".join(blast.text_content().split())
    assert "2 more reports, 3 independent stories in all" in blast.text_content()
    dots = tree.xpath("//*[@class='dots']/*")
    assert {dot.get("data-point") for dot in dots} == {row.get("data-point") for row in rows} - {""}
    days = tree.xpath("//*[@id='days']/div")
    assert len(days) == 7
    assert sum(int(count) for count in tree.xpath("//*[@id='days']//i/@data-count")) == 8
    assert len(tree.xpath("//*[@class='land']/*[@data-outline='LB']")) == 1


def test_nothing_in_the_page_is_markup_of_others(page: Path) -> None:
    """What articles say is text: no element, attribute, script or template is made by it, nothing turns the line round."""
    written = page.read_text("utf-8")
    tree = html.fromstring(written)

    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //b[contains(., 'دمشق')] | //@onerror") == []
    assert "{{ 7 * 7 }}" in tree.text_content()
    assert "\u202e" not in written
    assert told("a\u2067b\x00c\u200cd\ne") == "abc\u200cd\ne"
    assert told(None) == ""
    assert [link(one) for one in ("javascript:alert(1)", "data:text/html,x", None, " https://a.example")] == [None] * 4
    assert link("https://a.example/%22") == "https://a.example/%22"


def test_the_page_asks_nothing_of_the_network(page: Path) -> None:
    """All that it needs lies inside; the browser is told to fetch nothing and to run our script alone."""
    tree = html.fromstring(page.read_text("utf-8"))

    assert tree.xpath("//link | //iframe | //object | //@src | //*[starts-with(name(@*), 'on')]") == []
    assert re.search(r"url\(|@import", "".join(tree.xpath("//style/text()"))) is None
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert len(page.read_bytes()) < 200_000


def test_the_page_holds_what_was_asked_for(rasid: Rasid, page: Path) -> None:
    """Days, countries and kinds select; a kind or a folder that there is not is told in a line."""
    for wish, count in (("--country", "fj"), 1), (("--type", "political"), 3), (("--days", "1"), 0):
        assert rasid("report", *WEEK, *wish, "--output", str(page))[::2] == (0, f"{count} incidents in {page}\n")
    assert "Nothing was told" in page.read_text("utf-8")
    assert rasid("report", "--type", "Riot")[0] == 2
    assert rasid("report", "--output", "/no/where/x.html")[::2] == (2, "rasid: there is no folder /no/where\n")


def test_analysts_make_it_with_their_own_role(
    rasid: Rasid, page: Path, postgres: EmbeddedPostgres, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports and exports need no right to change anything."""
    monkeypatch.setenv("RASID_DATABASE_URL", postgres.url(f"rasid_{worker_id}", role=ANALYST_ROLE))

    assert rasid("report", *WEEK, "--output", str(page))[::2] == (0, f"8 incidents in {page}\n")
    assert rasid("export")[::2] == (0, "8 rows\n")
    assert rasid("link")[0] == 1


@pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine")
def test_a_browser_filters_the_page(page: Path) -> None:
    """Type, country and a dot leave their own rows, dots and days; hostile text stays text, and nothing is fetched."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        tab = browser.new_page()
        troubles, fetched = [], []  # type: ignore[var-annotated]
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("request", lambda request: fetched.append(request.url))
        tab.goto(page.as_uri())
        shown = tab.locator("tbody tr:visible")
        assert (tab.title(), shown.count()) == ("Incidents 2026-02-23 to 2026-03-01", 8)
        tab.select_option("#country", "SY")
        assert shown.count() == 5
        assert tab.locator("#map").get_attribute("viewBox") != "-330 -890 1450 950"
        tab.select_option("#type", "Protests")
        assert (shown.count(), tab.inner_text("#shown")) == (1, "1")
        assert tab.locator("#days i:visible").count() == 1
        tab.click("#all")
        tab.locator(".dots path[data-country=LB]").first.dispatch_event("click")
        assert 1 <= shown.count() < 8
        browser.close()
    assert troubles == []
    assert fetched == [page.as_uri()]

"""Sections: read off the marks and trails of a page whose head names none."""

import pytest

from tests.extractors.reading.test_page import PARAGRAPHS, TITLE, page, read


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("", '<a href="/local" itemprop="articleSection">محليات</a>'),
        (
            "",
            f'<ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a>محليات</a></li><li><a>{TITLE}</a></li></ul>',
        ),
        ("", '<nav aria-label="Breadcrumb"><a>جريدة الساحل</a> / <a>محليات</a></nav>'),
        (
            """<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[
            {"@type":"ListItem","position":1,"name":"الرئيسية"},{"@type":"ListItem","position":2,"item":{"name":"محليات"}}]}</script>""",
            "",
        ),
    ],
)
def test_the_section_is_read_off_the_trail(head: str, top: str) -> None:
    """Where the head names no section, the trail to the page does, without its home and the article itself."""
    markup = page(head, f"{top}{''.join(f'<p>{line}</p>' for line in PARAGRAPHS)}")

    assert read(markup).section == "محليات"

"""The newsroom's pages: an article inside the menus, share lines and related links that real sites put around it."""

import json
import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from flows.newsroom.stories import Outlet, Story, words, written


def page(outlet: Outlet, story: Story, base: str) -> bytes:
    """The article's page in the outlet's layout and encoding; `base` is the newsroom's root."""
    own, around = words()["page"], _around(outlet, story, base)
    url = base + story.path
    filled = _layouts()[outlet.page].substitute(
        around,
        encoding=outlet.encoding,
        title=escape(story.title),
        name=escape(outlet.name),
        section=escape(story.section),
        url=escape(url),
        published=story.published.isoformat(),
        written=written(story.published),
        linked_data=_linked_data(outlet, story, url),
        paragraphs="".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs),
        related_word=own["related"],
        rights=own["rights"],
        tags_word=own["tags"],
    )
    return filled.strip().encode(outlet.encoding, errors="xmlcharrefreplace")


@cache
def _layouts() -> dict[str, Template]:
    data = tomllib.loads((files(__package__) / "pages.toml").read_text("utf-8"))
    return {name: Template(text) for name, text in data.items()}


def _around(outlet: Outlet, story: Story, base: str) -> dict[str, str]:
    own = words()["page"]
    others = [other for other in outlet.stories if other is not story][:5]
    return {
        "menu": "".join(f'<li><a href="/section/{n}">{word}</a></li>' for n, word in enumerate(own["menu"])),
        "share": " ".join(f'<a href="#">{word}</a>' for word in own["share"]),
        "related": "".join(
            f'<div class="card"><a href="{escape(base + other.path)}"><h4>{escape(other.title)}</h4></a></div>'
            for other in others
        ),
    }


def _linked_data(outlet: Outlet, story: Story, url: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "url": url,
        "datePublished": story.published.isoformat(),
        "inLanguage": "ar",
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")

"""A page's tree -> what its head says of the article: meta tags, JSON-LD and marked-up times, as written."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.reading.markup import Node

_TITLE = ("og:title", "twitter:title", "dc.title", "title", "headline")
_SITE = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "copyright",
    "twitter:site",
    "al:android:app_name",
    "apple-mobile-web-app-title",
)
_AUTHOR = (
    "author",
    "article:author",
    "byl",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "mrf:authors",
)
_SECTION = ("article:section", "articlesection", "parsely-section", "cxenseparse:section", "mrf:sections")
_TAGS = ("article:tag", "news_keywords", "keywords", "parsely-tags")
_IMAGE = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "thumbnailurl",
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "date_published",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
)
_ARTICLE = re.compile(r"(article|posting|report|newsitem)$", re.IGNORECASE)
_JSON_FIELD = re.compile(r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,500})"')
_MOST_JSON = 2_000_000  # characters
_MOST_NODES = 2_000


@dataclass(slots=True)
class HeadData:
    """What the head says, each list in the order of trust, nothing cleaned. Texts are as written."""

    titles: list[str] = field(default_factory=list)
    site_names: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    base: str | None = None


def read_head(tree: Node) -> HeadData:
    """All that meta tags, JSON-LD and time elements tell: JSON-LD before meta tags, but for og:title and og:image."""
    metas = _metas(tree)
    data = HeadData()
    for node in _json_nodes(tree):
        if _is_article(node):
            _take_json(node, data)
        elif "BreadcrumbList" in _texts(node.get("@type")):
            data.trail += _steps(node)
    data.titles = _named(metas, _TITLE[:1]) + data.titles + _named(metas, _TITLE[1:])
    data.site_names += _named(metas, _SITE)
    data.authors += _named(metas, _AUTHOR)
    data.sections += _named(metas, _SECTION)
    data.tags = (
        _named(metas, _TAGS[:1]) or data.tags or next((tags for name in _TAGS[1:] if (tags := metas.get(name))), [])
    )
    data.images = _named(metas, _IMAGE) + data.images
    data.published += _named(metas, _PUBLISHED) + list(_times(tree, "datepublished"))
    data.modified += _named(metas, _MODIFIED) + list(_times(tree, "datemodified"))
    data.descriptions = _named(metas, ("og:description", "description", "twitter:description")) + data.descriptions
    base = next(tree.iter("base"), None)
    data.base = base.get("href") if base is not None else None
    return data


def _named(metas: Mapping[str, list[str]], names: Sequence[str]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _metas(tree: Node) -> dict[str, list[str]]:
    """Contents of meta tags by their property, name or itemprop, lower-cased."""
    found: dict[str, list[str]] = defaultdict(list)
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        if content:
            for key in {(meta.get(name) or "").strip().lower() for name in ("property", "name", "itemprop")} - {""}:
                found[key].append(content)
    return found


def _times(tree: Node, name: str) -> Iterator[str]:
    """Moments of <time> elements with that itemprop; a `pubdate` attribute says the same as datePublished."""
    for node in tree.iter("time"):
        marked = name in (node.get("itemprop") or "").lower() or (
            name == "datepublished" and node.get("pubdate") is not None
        )
        if marked and node.get("datetime"):
            yield node.get("datetime", "")


# ---------------------------------------------------------------- JSON-LD


def _json_nodes(tree: Node) -> Iterator[Mapping[str, Any]]:
    """The objects of all JSON-LD scripts; of a broken script, the fields of an article that can still be read."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        text = script.text.strip().removesuffix(";")[:_MOST_JSON]
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            found = {key: _unescaped(value) for key, value in reversed(_JSON_FIELD.findall(text))}
            yield {"@type": "Article"} | found
            continue
        yield from _nodes(data)


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON of any shape
    """Objects of a JSON-LD document: at its top, in lists, under @graph and mainEntity."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb")
                if isinstance(node.get(key), dict | list)
            ]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _texts(node.get("@type"))) or (
        "datePublished" in node and "headline" in node
    )


def _take_json(article: Mapping[str, Any], data: HeadData) -> None:
    data.titles += _texts(article.get("headline"))
    data.site_names += _texts(article.get("publisher"), "name")
    data.authors += _texts(article.get("author"), "name")
    data.sections += _texts(article.get("articleSection"))
    data.tags += _texts(article.get("keywords"))
    data.images += _texts(article.get("image"), "url")
    data.published += _texts(article.get("datePublished"))
    data.modified += _texts(article.get("dateModified"))
    data.descriptions += _texts(article.get("description"))
    data.bodies += _texts(article.get("articleBody"))


def _steps(node: Mapping[str, Any]) -> list[str]:
    """The names along a trail."""
    steps = node.get("itemListElement")
    named = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    return [name for step in named for name in (_texts(step.get("name")) or _texts(step.get("item"), "name"))[:1]]


def _texts(value: Any, key: str | None = None) -> list[str]:  # noqa: ANN401 - JSON of any shape
    """The strings of a value: itself, those of a list, or the `key` of objects."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for part in value[:100] if not isinstance(part, list) for text in _texts(part, key)]
    return _texts(value.get(key)) if isinstance(value, dict) and key else []

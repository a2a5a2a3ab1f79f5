"""JSON Feed (jsonfeed.org) items -> listed items."""

import json
from collections.abc import Mapping
from typing import Any

from extractors.reading.listing import Listed


def parse_json_feed(text: str) -> tuple[Mapping[str, Any], list[Listed | None]] | None:
    """The feed's own fields and its items (None for one that is no object); None if the text is no JSON Feed."""
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    if "jsonfeed.org" not in str(feed.get("version")):
        return None
    return feed, [_listed(item) if isinstance(item, dict) else None for item in feed["items"]]


def _listed(item: Mapping[str, Any]) -> Listed:
    return Listed(
        links=tuple(link for key in ("url", "external_url", "id") if (link := text_of(item, key))),
        guid=text_of(item, "id"),
        title=text_of(item, "title"),
        summary=text_of(item, "summary") or text_of(item, "content_text") or text_of(item, "content_html"),
        author=_author(item),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        published=text_of(item, "date_published"),
    )


def _author(item: Mapping[str, Any]) -> str | None:
    authors = [item.get("author"), *_list(item, "authors")]
    return next((name for author in authors if isinstance(author, dict) and (name := text_of(author, "name"))), None)


def _list(item: Mapping[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def text_of(item: Mapping[str, Any], key: str) -> str | None:
    """The field where it is a string or a number that is written as one (ids)."""
    value = item.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None

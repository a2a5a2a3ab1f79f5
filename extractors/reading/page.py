"""Page bytes -> Article, or Unreadable with its reason: decoded once, parsed once, all read from the one tree."""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from extractors.reading.body import ENOUGH, SHORTEST, article_lines
from extractors.reading.boilerplate import levelled, without_boilerplate
from extractors.reading.dateline import Claims, Times, choose_times, day_in_url, feed_stamp
from extractors.reading.decode import Decoded, TooLargeError, decode, inflate
from extractors.reading.headline import clean_author, clean_title
from extractors.reading.language import language_of
from extractors.reading.listing import MAX_NAME, MAX_TITLE, clean_tags
from extractors.reading.markup import MAX_MARKUP, Node, flatten_layout_tables, is_too_large, parse_html, text_of
from extractors.reading.metadata import HeadData, read_head
from extractors.reading.obstacles import Reason, obstacle
from extractors.reading.published import Stamp, date_line, parse_stamp
from extractors.reading.surroundings import Surroundings, look_around
from extractors.reading.text import one_line, plain
from extractors.reading.trail import shown_section
from extractors.reading.urls import canonical_url, host_of
from extractors.records import Article, Entry, Publisher, Unreadable

_LEAD_START = 60  # characters by which a lead is found again in the body
_TOP = 4  # lines of a body in which its title, date and author may be repeated
_MOST_TAGS = 20  # more keywords than that describe the site
_NOT_TEXT = re.compile(
    r"\s*(image|video|audio|font)/|\s*application/(pdf|zip|json|msword|octet-stream|vnd)", re.IGNORECASE
)
_MAGIC = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"\x00\x00\x00")
_ELEMENT = re.compile(r"<[a-zA-Z!]")


def read_page(
    body: bytes, *, url: str, content_type: str | None, publisher: Publisher, entry: Entry | None, now: datetime
) -> Article | Unreadable:
    """The article of a page, or why there is none.

    Args:
        body: the answer's bytes, free of any transfer or content coding.
        url: the address that answered.
        content_type: the HTTP header, or None.
        publisher: whose zone dates are read in and whose name is cut off titles.
        entry: what the feed said of it; its date and title are weighed against the page's.
        now: aware; later dates (with a slack of hours) are unknown.
    """
    try:
        unpacked = inflate(body)
    except TooLargeError as error:
        return Unreadable(Reason.TOO_LARGE, str(error))
    if _is_other_medium(unpacked, content_type):
        return Unreadable(Reason.NOT_HTML, one_line(content_type, MAX_NAME))
    decoded = decode(unpacked, content_type)
    reason = _unfit(decoded.text)
    tree = None if reason else parse_html(decoded.text)
    if tree is None:
        return Unreadable(reason or Reason.NOT_HTML, encoding=decoded.encoding)
    return _read_tree(tree, decoded, url, publisher, entry, now)


def _is_other_medium(body: bytes, content_type: str | None) -> bool:
    """Whether this is a picture, a PDF or the like, by its first bytes or by a label that no markup contradicts."""
    labelled = content_type is not None and _NOT_TEXT.match(content_type) is not None
    return body.startswith(_MAGIC) or (labelled and b"<html" not in body[:2000].lower())


def _unfit(text: str) -> Reason | None:
    if not text.strip("\ufeff\x00 \t\r\n"):
        return Reason.EMPTY
    if is_too_large(text):
        return Reason.TOO_LARGE
    return None if _ELEMENT.search(text[:50_000]) else Reason.NOT_HTML


def _read_tree(
    tree: Node, decoded: Decoded, url: str, publisher: Publisher, entry: Entry | None, now: datetime
) -> Article | Unreadable:
    head = read_head(tree)
    title = _title(tree, head, url, publisher, entry)
    description = next(iter(head.descriptions), None)
    around = look_around(tree, title=title, description=description, publisher=publisher, now=now)
    section = _section(tree, head, title, publisher)  # before the body's making changes the tree
    body = "\n".join(_body_lines(tree, head, title, around, publisher, now))
    language = language_of(body)
    if language != "ar" or len(body) < SHORTEST:
        return _no_article(decoded, body, language)
    times = _times(head, around, url, publisher, entry, now)
    return Article(
        url=url,
        title=title,
        body=body,
        encoding=decoded.encoding,
        language=language,
        author=_author(head, around, url, publisher, entry),
        section=section,
        tags=_tags(head, entry),
        image_url=next((image for raw in head.images if (image := canonical_url(raw, url))), None),
        published_at=times.published_at,
        published_from=times.published_from,
        modified_at=times.modified_at,
    )


def _no_article(decoded: Decoded, body: str, language: str | None) -> Unreadable:
    """Why the page has no Arabic article: a bot defence or an error page, where it looks like one."""
    if len(body) >= SHORTEST:
        return Unreadable(Reason.NOT_ARABIC, language, decoded.encoding)
    reason = obstacle(decoded.text) or (Reason.TOO_SHORT if body else Reason.NO_BODY)
    return Unreadable(reason, one_line(body, MAX_NAME), decoded.encoding)


def _title(tree: Node, head: HeadData, url: str, publisher: Publisher, entry: Entry | None) -> str | None:
    headings = [text_of(node, MAX_TITLE) for node in islice(tree.iter("h1"), 5)]
    own = headings if len(headings) == 1 else []
    candidates = [*head.titles, *own, *_title_tag(tree), *headings, entry.title if entry else None]
    return clean_title(candidates, site_names=[publisher.name, *head.site_names, *head.authors], host=host_of(url))


def _section(tree: Node, head: HeadData, title: str | None, publisher: Publisher) -> str | None:
    told = next(iter(clean_tags(head.sections)), None)
    return told or shown_section(tree, clean_tags(head.trail), title=title, names=[publisher.name, *head.site_names])


def _title_tag(tree: Node) -> list[str | None]:
    return [text_of(node, MAX_TITLE) for node in islice(tree.iter("title"), 1)]


def _author(head: HeadData, around: Surroundings, url: str, publisher: Publisher, entry: Entry | None) -> str | None:
    return clean_author(
        [*head.authors, around.author, entry.author if entry else None],
        site_names=[publisher.name, *head.site_names],
        host=host_of(url),
        titles=head.titles,
    )


def _times(
    head: HeadData, around: Surroundings, url: str, publisher: Publisher, entry: Entry | None, now: datetime
) -> Times:
    claims = Claims(
        page=_first_stamp(head.published, publisher, now),
        feed=feed_stamp(entry, publisher, now),
        text=around.published,
        url_day=day_in_url(url, now),
    )
    return choose_times(claims, _first_stamp(head.modified, publisher, now), around.modified, publisher)


def _body_lines(
    tree: Node, head: HeadData, title: str | None, around: Surroundings, publisher: Publisher, now: datetime
) -> list[str]:
    """The article's lines, its lead first, without what pages repeat at its top and add around it."""
    flatten_layout_tables(tree)
    lines = without_boilerplate(article_lines(tree), links=_LinkTexts(tree))
    lines = _without_top(lines, title, around.author, publisher, now)
    if _length(lines) < ENOUGH:
        told = [line for text in head.bodies[:1] for raw in text.splitlines() if (line := plain(raw, MAX_MARKUP))]
        if _length(told) > 2 * _length(lines):
            lines = without_boilerplate(told)
    if around.lead and lines and levelled(around.lead)[:_LEAD_START] not in levelled(" ".join(lines)):
        lines.insert(0, around.lead)
    return lines


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


class _LinkTexts:
    """The levelled texts of a page's links, gathered when first asked for: few pages need them."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._texts: frozenset[str] | None = None

    def __contains__(self, text: object) -> bool:
        if self._texts is None:
            links = (text_of(node, MAX_NAME) for node in self._tree.iter("a"))
            self._texts = frozenset(levelled(link) for link in links if link)
        return text in self._texts


def _without_top(
    lines: list[str], title: str | None, author: str | None, publisher: Publisher, now: datetime
) -> list[str]:
    """The lines without those at the top that repeat the title, the date or the author."""
    repeated = {levelled(text) for text in (title, author, publisher.name) if text}
    top = [line for line in lines[:_TOP] if levelled(line) not in repeated and not _is_date_line(line, publisher, now)]
    return top + lines[_TOP:]


def _is_date_line(line: str, publisher: Publisher, now: datetime) -> bool:
    found = date_line(line, publisher, now)
    return found is not None and found[1] == 0


def _first_stamp(texts: Iterable[str], publisher: Publisher, now: datetime) -> Stamp | None:
    """The first readable moment; one with a time of day before one without."""
    stamps = [stamp for text in texts if (stamp := parse_stamp(text, publisher, now))]
    return next((stamp for stamp in stamps if stamp.has_time), stamps[0] if stamps else None)


def _tags(head: HeadData, entry: Entry | None) -> tuple[str, ...]:
    tags = clean_tags(part for raw in head.tags for part in raw.replace("\u060c", ",").split(","))
    return tags if 0 < len(tags) <= _MOST_TAGS else (entry.tags if entry else ())

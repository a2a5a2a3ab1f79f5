"""Fetched pages -> articles: the reader's outcome for each, whatever the page does to it."""

from datetime import datetime

from db.pages import ClaimedPage
from db.progress import Failure
from db.readings import StoredPage
from extractors.reading.page import read_page
from extractors.records import Article, Unreadable
from flows.web import WebResponse

READER_ERROR = "reader error"


def stored_page(page: ClaimedPage, fetch_id: int, answer: WebResponse, *, fetched_at: datetime) -> StoredPage:
    """A page that was fetched just now, as it would come from the database."""
    return StoredPage(
        page_id=page.id,
        fetch_id=fetch_id,
        url=answer.final_url,
        content_type=answer.headers.get("content-type"),
        body=answer.body,
        publisher=page.publisher,
        entry=page.entry,
        fetched_at=fetched_at,
    )


def read(page: StoredPage) -> Article | Unreadable | Failure:
    """The page's article. An error of the reader itself is an outcome too, to be tried again and looked into."""
    try:
        return read_page(
            page.body,
            url=page.url,
            content_type=page.content_type,
            publisher=page.publisher,
            entry=page.entry,
            now=page.fetched_at,
        )
    except Exception as error:  # noqa: BLE001 - one page must not take its batch with it
        return Failure(READER_ERROR, f"{type(error).__name__}: {error}")

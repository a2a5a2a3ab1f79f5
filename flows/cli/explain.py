"""`rasid explain`: how a text became its rows."""

from datetime import date, datetime
from typing import Annotated

import typer

from db.replay import articles_after, news_text
from extractors.explain import explain_article
from extractors.reading.decode import decode
from extractors.reading.page import read_page
from extractors.records import NewsText, Publisher, Unreadable
from flows.cli.errors import FAILED, WRONG, CommandError
from flows.cli.fetch import read_file_or_url
from flows.cli.show import console
from flows.clock import utc_now
from flows.services.database import opened
from flows.settings import Settings


def explain(
    source: Annotated[
        str, typer.Argument(help="A page or a plain text (its headline first) as file or address, or an article_id.")
    ],
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The publication day, where the text names none.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="The publisher's country, two letters.")] = None,
) -> None:
    """Show how a text became its rows: what each sentence gave, the rules and spans, what was left and why."""
    settings = Settings.load()
    day = published.date() if published is not None else None
    text = _stored(int(source), settings) if source.isdecimal() else _given(source, settings, day, country)
    for line in explain_article(text):
        console().print(line, markup=False, highlight=False, soft_wrap=True)


def _stored(article_id: int, settings: Settings) -> NewsText:
    with opened(settings) as engine, engine.connect() as connection:
        found = articles_after(connection, article_id - 1, 1)
    if not found or found[0].article_id != article_id:
        raise CommandError(f"there is no current article with the id {article_id}", FAILED)
    return found[0].text


def _given(source: str, settings: Settings, day: date | None, country: str | None) -> NewsText:
    body = read_file_or_url(source, settings)
    publisher = Publisher(country=country)
    url = source if source.startswith(("http://", "https://")) else "https://localhost/"
    page = read_page(body, url=url, content_type=None, publisher=publisher, entry=None, now=utc_now())
    if not isinstance(page, Unreadable) and b"<" in body[:2000]:
        read = news_text(page.title, page.body, page.published_at, publisher)
    else:
        read = _plain(decode(body, None).text, country)
    if not read.body.strip():
        raise CommandError(f"{source}: there is no text to explain", WRONG)
    dated = day or read.published or utc_now().date()
    return NewsText(read.title, read.body, dated, read.country, read.publisher)


def _plain(text: str, country: str | None) -> NewsText:
    """A text file: its first line is the headline; of a single line all is body."""
    head, _, rest = text.strip().partition("\n")
    return NewsText(head if rest.strip() else "", rest.strip() or head, None, country)

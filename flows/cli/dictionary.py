"""`rasid dictionary`: what the tables, views and functions mean, as Markdown."""

from db.dictionary import dictionary as page_of
from flows.services.database import opened
from flows.settings import Settings


def dictionary() -> None:
    """Print the data dictionary, made from the comments in the database, with worked queries."""
    with opened(Settings.load()) as engine, engine.connect() as connection:
        print(page_of(connection), end="")  # noqa: T201 - the page itself, unwrapped

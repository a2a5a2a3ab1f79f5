"""Sources as the database lists them: by canonical address, so that one feed is never listed twice."""

from collections.abc import Iterable

from db.feeds import FeedSpec
from extractors.reading.urls import canonical_url
from flows.catalogue.sources import CatalogueError, Source


def feed_specs(sources: Iterable[Source]) -> tuple[FeedSpec, ...]:
    """The sources in order, each address once.

    Raises:
        CatalogueError: an address is no http(s) address.
    """
    specs = [
        FeedSpec(feed_address(source.url), source.title, source.publisher, source.country, source.timezone)
        for source in sources
    ]
    return tuple({spec.url: spec for spec in specs}.values())


def feed_address(url: str) -> str:
    """The canonical form of a feed's address as a person typed it.

    Raises:
        CatalogueError: it is no http(s) address.
    """
    address = canonical_url(url)
    if address is None:
        raise CatalogueError(f"no http address: {url}")
    return address

"""Bytes of feeds and pages -> records. Pure: what comes out depends on what goes in alone."""

from extractors.reading.discover import FeedLink, discover_feeds
from extractors.reading.feed import read_feed
from extractors.reading.page import read_page
from extractors.reading.published import publisher_zone
from extractors.reading.urls import canonical_url
from extractors.reading.version import READER_VERSION

__all__ = ["READER_VERSION", "FeedLink", "canonical_url", "discover_feeds", "publisher_zone", "read_feed", "read_page"]

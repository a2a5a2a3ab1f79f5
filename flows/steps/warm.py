"""Imported once by the server that worker processes are forked from: what they share is loaded before the fork."""

import contextlib
import gc
from datetime import date

from extractors.records import NewsText

with contextlib.suppress(Exception):  # an error here would meet every page too, where it is named
    from extractors.coding import code_article
    from extractors.reading.page import read_page as read_page  # noqa: PLC0414 - loaded for the workers

    code_article(NewsText(title="", body=".", published=date(2026, 1, 1)))
gc.collect()
gc.freeze()  # so that the collector of a worker leaves shared memory untouched, and shared

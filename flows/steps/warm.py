"""Imported once by the server that worker processes are forked from: what they share is loaded before the fork."""

import contextlib
import gc

with contextlib.suppress(Exception):  # an error here would meet every page too, where it is named
    from extractors.coding import prepare
    from extractors.reading.page import read_page as read_page  # noqa: PLC0414 - loaded for the workers

    prepare()
gc.collect()
gc.set_threshold(50_000, 20, 20)  # of what a text is read into hardly anything outlives it
gc.freeze()  # so that the collector of a worker leaves shared memory untouched, and shared

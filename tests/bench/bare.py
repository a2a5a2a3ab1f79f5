"""Trafilatura alone over the same bytes: the measure that everything is held against."""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from trafilatura import bare_extraction

from flows.steps.workshop import PRELOADED

CHUNK = 16


def rate(files: Sequence[Path], processes: int) -> float:
    """Pages a second that trafilatura reads as it comes, in so many processes that have it loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        list(pool.map(extract, files[: processes * CHUNK], chunksize=1))  # the processes are there
        began = time.perf_counter()
        list(pool.map(extract, files, chunksize=CHUNK))
        return len(files) / (time.perf_counter() - began)


def extract(file: Path) -> bool:
    """Whether it found anything in a page."""
    return extracted(file.read_bytes())


def extracted(page: bytes) -> bool:
    """Whether it found anything in a page, read as it does by itself: body, title, author and date."""
    return bare_extraction(page, with_metadata=True) is not None

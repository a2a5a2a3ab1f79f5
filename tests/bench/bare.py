"""Trafilatura alone over the same bytes: the measure that everything is held against."""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from trafilatura import bare_extraction

from flows.steps.workshop import PRELOADED

CHUNK = 16


@dataclass(frozen=True, slots=True)
class Bare:
    """Pages a second by the clock, and seconds of processor time a page."""

    rate: float
    spent: float


def measure(files: Sequence[Path], processes: int) -> Bare:
    """How fast trafilatura reads as it comes, in so many processes that have it loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        list(pool.map(extract, files[: processes * CHUNK], chunksize=1))  # the processes are there
        began = time.perf_counter()
        spent = sum(pool.map(extract, files, chunksize=CHUNK))
        return Bare(len(files) / (time.perf_counter() - began), spent / len(files))


def extract(file: Path) -> float:
    """Read a page -> the seconds of processor time it took."""
    began = time.process_time()
    extracted(file.read_bytes())
    return time.process_time() - began


def extracted(page: bytes) -> bool:
    """Whether it found anything in a page, read as it does by itself: body, title, author and date."""
    return bare_extraction(page, with_metadata=True) is not None

"""On PYTHONPATH, it makes a process of Rasid's live fast: its clock starts at one moment and runs at a rate.

FAST_CLOCK="STARTED BEGAN RATE": the machine's time and Rasid's when it was started, in seconds of the epoch, and how
many of Rasid's seconds pass in one of the machine's. Prefect keeps the machine's time.
"""

import os
import time
from datetime import UTC, datetime

import flows.clock

if told := os.environ.get("FAST_CLOCK"):  # noqa: TID251 - it runs before all settings
    started, began, rate = map(float, told.split())

    def utc_now() -> datetime:
        """The moment by the fast clock."""
        return datetime.fromtimestamp(began + (time.time() - started) * rate, UTC)

    flows.clock.utc_now = utc_now

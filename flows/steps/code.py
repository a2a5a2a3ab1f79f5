"""Articles -> codings: the extractors' outcome for each, whatever the text does to them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from db.progress import Failure
from extractors.records import Coding, NewsText

CODER_ERROR = "extractor error"
Coder = Callable[[NewsText], Coding]


@dataclass(frozen=True, slots=True)
class Coded:
    """What the extractors made of a text, and the milliseconds that they took."""

    text: NewsText
    outcome: Coding | Failure
    duration_ms: float


def code(text: NewsText, coder: Coder) -> Coded:
    """The text's coding. An error of the extractors is an outcome too, to be tried again and looked into."""
    start = time.perf_counter()
    try:
        outcome: Coding | Failure = coder(text)
    except Exception as error:  # noqa: BLE001 - one article must not take its batch with it
        outcome = Failure(CODER_ERROR, f"{type(error).__name__}: {error}")
    return Coded(text, outcome, (time.perf_counter() - start) * 1000)

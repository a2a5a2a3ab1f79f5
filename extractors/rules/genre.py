"""Words -> how much a text reads like the report of an incident, and not like opinion, sport, business or a statement.

The table language/ar/genre.tsv holds a word and its weight on each line: how much more often, as a logarithm, it
stands in reports of incidents than elsewhere. deploy/fit_genre.py makes it. Words are as folded, with what is written
on to them.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

_STEADY = 12  # words: what is known of a shorter text weighs less
_SCALE = 0.5


@lru_cache(maxsize=1)
def word_weights() -> Mapping[str, float]:
    """The weight of each word of the table."""
    lines = files("extractors").joinpath("language/ar/genre.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(weight) for word, weight in pairs}


def lean(forms: Sequence[str]) -> float:
    """The mean weight of the different known words of a text, between -1 (nothing of a report) and 1."""
    table = word_weights()
    weights = [table[form] for form in set(forms) if form in table]
    # fsum rounds once: the order of a set, which differs from process to process, must not show in a result.
    return math.tanh(math.fsum(weights) / (len(weights) + _STEADY) / _SCALE)

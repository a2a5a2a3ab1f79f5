"""An article -> the incidents it reports: the one entry point of the extractors, pure and deterministic."""

import gc
import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.places.gazetteer import gazetteer
from extractors.records import Coding, Mention, NewsText, Report
from extractors.rules.analysis import Analysis, analyse
from extractors.rules.belief import threshold, weights
from extractors.rules.genre import word_weights
from extractors.rules.knowledge import knowledge
from extractors.rules.place_names import place_reaches
from extractors.rules.place_words import adjectives
from extractors.rules.reporting import mentions_of, report_of, unbelieved

_PARTS = ("arabic", "rules", "language", "places")
_ENDINGS = (".toml", ".tsv", ".py")


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """The content hash of all rules and language data: the same version gives the same rows."""
    digest = hashlib.sha256()
    root = files("extractors")
    for part in _PARTS:
        for path in sorted(_files(root / part), key=str):
            digest.update(path.read_bytes())
    digest.update((root / "coding.py").read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for path in folder.iterdir():
        if path.is_dir():
            found.extend(_files(path))
        elif path.name.endswith(_ENDINGS):
            found.append(path)
    return found


def prepare() -> None:
    """Load all that coding needs, which else the first articles wait for: for processes that are forked from this."""
    collects = gc.isenabled()
    gc.disable()  # all of it stays: looking it through for garbage is a sixth of the time
    try:
        for load in (knowledge, gazetteer, place_reaches, adjectives, word_weights, threshold, weights):
            load()
    finally:
        if collects:
            gc.enable()


def code_article(text: NewsText, at_least: float | None = None) -> Coding:
    """The incident reports of an article, and the tellings that made none with the reason of each.

    `at_least`: the least confidence of a report; the fitted threshold where it is not given.
    """
    return coded(analyse(text), threshold() if at_least is None else at_least)


def coded(analysis: Analysis, at_least: float) -> Coding:
    """The coding of an article already analysed."""
    reports: list[Report] = []
    weak: list[Mention] = []
    for incident in analysis.incidents:
        report = report_of(analysis, incident)
        if report is None:
            continue
        if report.confidence >= at_least:
            reports.append(report)
        else:
            weak.append(unbelieved(analysis.scene, incident, report))
    left = mentions_of(analysis.scene, analysis.tellings)
    return Coding(tuple(reports), (*left, *weak), None if reports else _reason(analysis, weak))


def _reason(analysis: Analysis, weak: list[Mention]) -> str:
    if weak:
        return "tells of an event too weakly"
    real = sorted({telling.status.reality for telling in analysis.unreal})
    if real:
        return f"told only as {', '.join(real)}"
    return "tells of an event without place or kind" if analysis.tellings else "tells of no event"

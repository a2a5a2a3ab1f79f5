"""Fit the weights of extractors/language/belief.toml on labelled articles and print how well they are calibrated.

    python deploy/fit_belief.py FOLDER... [--write]

Each folder holds NAME.articles.jsonl beside NAME.gold.jsonl, in the shape of tests/gold. A report is right where it
agrees with a label of its article on event type and country. Logistic regression with a ridge, by Newton's method; the
threshold is the one whose F1 over reports is best on articles that the weights were not fitted on.
"""

import argparse
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from extractors.coding import code_article
from extractors.records import NewsText, Report
from extractors.rules import belief
from extractors.taxonomy import type_of

TABLE = Path(belief.__file__).parents[1] / "language" / "belief.toml"
RIDGE = 2.0
STEPS = 30
PARTS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A report's signs, whether it is right, and whose it is."""

    signs: dict[str, float]
    right: bool
    article: str


def labelled(folders: Iterable[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each article with its label."""
    for folder in folders:
        for gold in sorted(folder.glob("*gold*.jsonl")):
            articles = {a["id"]: a for a in map(json.loads, (folder / gold.name.replace("gold", "articles")).open())}
            for label in map(json.loads, gold.open()):
                if "incidents" in label:
                    yield articles[label["id"]], label


def reports_of(article: dict[str, Any]) -> tuple[Report, ...]:
    """All reports of an article, whatever their confidence."""
    published = datetime.fromisoformat(article["published"]).date()
    country, publisher = article.get("country"), article.get("source")
    text = NewsText(article["title"], article["text"], published, country, publisher)
    return code_article(text, at_least=0.0).reports


def judge(article: dict[str, Any], label: dict[str, Any]) -> Iterator[Judged]:
    """The article's reports against its labels, each label taken once."""
    free = [
        ({type_of(sub) for sub in (one["sub_event_type"], *one.get("alt", []))}, one["country"])
        for one in label["incidents"]
    ]
    for report in sorted(reports_of(article), key=lambda r: r.evidence_start):
        hit = next((one for one in free if report.event_type in one[0] and report.location.country == one[1]), None)
        if hit is not None:
            free.remove(hit)
        yield Judged(dict(report.signs), hit is not None, article["id"])


def fit(judged: list[Judged]) -> dict[str, float]:
    """The weight of each sign."""
    names = sorted({name for one in judged for name in one.signs})
    x = np.array([[one.signs.get(name, 0.0) for name in names] for one in judged])
    y = np.array([float(one.right) for one in judged])
    ridge = np.diag([0.0 if name == "bias" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - ridge @ weights
        curve = (x.T * (p * (1 - p))) @ x + ridge
        weights = weights + np.linalg.solve(curve, gradient)
    return dict(zip(names, weights.round(2).tolist(), strict=True))


def apart(judged: list[Judged]) -> list[tuple[float, bool]]:
    """What weights say of articles that they were not fitted on, a fifth of them at a time: probability, and truth."""
    scored: list[tuple[float, bool]] = []
    for part in range(PARTS):
        kept_aside = [one for one in judged if crc32(one.article.encode()) % PARTS == part]
        table = fit([one for one in judged if crc32(one.article.encode()) % PARTS != part])
        scored.extend((_probability(table, one), one.right) for one in kept_aside)
    return scored


def f1(scored: list[tuple[float, bool]], limit: float) -> float:
    """F1 over reports when those below the limit are left out."""
    kept = [right for value, right in scored if value >= limit]
    return 2 * sum(kept) / (len(kept) + sum(right for _, right in scored)) if kept else 0.0


def best_threshold(scored: list[tuple[float, bool]]) -> float:
    """The confidence from which on reports are kept, for the best F1."""
    return max((step / 50 for step in range(5, 40)), key=lambda limit: f1(scored, limit))


def main() -> None:
    """Fit, show, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    judged = [one for article, label in labelled(options.folders) for one in judge(article, label)]
    unseen = apart(judged)
    limit = best_threshold(unseen)
    loss = -sum(math.log(value if right else 1 - value) for value, right in unseen) / len(unseen)
    print(f"on articles not fitted on: log loss {loss:.3f}, F1 {f1(unseen, limit):.3f} at {limit}")
    table = fit(judged)
    scored = [(_probability(table, one), one.right) for one in judged]
    _show(table, scored, limit)
    if options.write:
        _write(table, limit)


def _probability(table: dict[str, float], one: Judged) -> float:
    points = sum(table.get(name, 0.0) * value for name, value in one.signs.items())
    return float(1 / (1 + np.exp(-points)))


def _show(table: dict[str, float], scored: list[tuple[float, bool]], limit: float) -> None:
    for name, weight in sorted(table.items(), key=lambda item: -item[1]):
        print(f"{weight:6.2f}  {name}")
    for low in np.arange(0, 1, 0.1):
        inside = [right for value, right in scored if low <= value < low + 0.1]
        if inside:
            print(f"{low:.1f}-{low + 0.1:.1f}: {len(inside):4d} reports, {sum(inside) / len(inside):.2f} right")
    print(f"threshold {limit}")


def _write(table: dict[str, float], limit: float) -> None:
    head = TABLE.read_text("utf-8").split("threshold")[0]
    lines = [f"threshold = {limit}", "", "[weights]", *(f'"{name}" = {weight}' for name, weight in table.items())]
    TABLE.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()

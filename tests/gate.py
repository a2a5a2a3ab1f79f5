"""How well the extractors read: their rows for the labelled articles in gold/, measured, and held above floors.

    python -m tests.gate                       print the measures
    python -m tests.gate --show 10             and the articles that went wrong
    python -m tests.gate --update              raise the floors to what is reached now
    python -m tests.gate --update --allow-lower    and lower those that are no longer reached

gold/articles.jsonl holds the texts, gold/gold.jsonl their labels by the codebook, line for line. A label that is not
`core` is neither demanded nor, where it is found, held against anybody. gold/floors.json pins the content of both files:
a changed set needs --update, so that no label is bent unseen.
"""

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from extractors.coding import code_article
from extractors.records import Coding, NewsText, Report
from extractors.taxonomy import type_of

GOLD = Path(__file__).parent / "gold"
FLOORS = GOLD / "floors.json"
COUNTED = ("killed", "injured", "detained", "abducted", "participants")
SLOTS = ("type", "day", "place", *COUNTED)
EARTH_RADIUS_KM = 6371.0

# How far below what is reached each floor lies. The shares are taken over matched reports: a reader that finds more
# incidents meets harder ones, and may lose a little there while it gains. Kinds that are counted rarely have no floor of
# their own; figures_exact holds them.
ROOM = {
    "articles_f1": 0.0,
    "coarse_f1": 0.0,
    "strict_f1": 0.0,
    "silence": 0.0,
    "figures_exact": 0.01,
    "type": 0.03,
    "day": 0.03,
    "place": 0.03,
    "killed": 0.03,
    "injured": 0.03,
}

Label = dict[str, Any]  # one incident of gold.jsonl
Code = Callable[[NewsText], Coding]


@dataclass(frozen=True, slots=True)
class Case:
    """An article with its labels."""

    id: str
    text: NewsText
    labels: tuple[Label, ...]

    @property
    def demanded(self) -> tuple[Label, ...]:
        """The labels that a reader must find."""
        return tuple(label for label in self.labels if label["core"])


@dataclass(frozen=True, slots=True)
class Match:
    """A report beside the label that it answers: the same country and event type, and what else is right."""

    report: Report
    label: Label
    right: frozenset[str]

    @property
    def strict(self) -> bool:
        """Sub-event type, day and place are all right."""
        return {"type", "day", "place"} <= self.right


@dataclass(slots=True)
class Tally:
    """Hits, false alarms and misses on the way to an F1."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.alarms + other.alarms, self.misses + other.misses)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.hits + self.alarms + self.misses
        return 2 * self.hits / total if total else 1.0


@dataclass(slots=True)
class Scorecard:
    """What is counted over all articles."""

    articles: Tally = field(default_factory=Tally)
    coarse: Tally = field(default_factory=Tally)
    strict: Tally = field(default_factory=Tally)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # a line for each article that is not read as labelled

    def measures(self) -> dict[str, float]:
        """Each measure by name, between 0 and 1."""
        figures = sum(self.right[kind] for kind in COUNTED), sum(self.asked[kind] for kind in COUNTED)
        shares = {name: self.right[name] / self.asked[name] for name in (*SLOTS, "silence") if self.asked[name]}
        return {
            "articles_f1": self.articles.f1,
            "coarse_f1": self.coarse.f1,
            "strict_f1": self.strict.f1,
            "figures_exact": figures[0] / figures[1] if figures[1] else 1.0,
            **shares,
        }


def load_cases(folder: Path = GOLD) -> tuple[Case, ...]:
    """The labelled set, each article with the day it was published in its publisher's zone."""
    pairs = zip(_lines(folder / "articles.jsonl"), _lines(folder / "gold.jsonl"), strict=True)
    return tuple(_case(article, gold) for article, gold in pairs)


def digest(folder: Path = GOLD) -> str:
    """The content hash of the labelled set."""
    content = (folder / "articles.jsonl").read_bytes() + (folder / "gold.jsonl").read_bytes()
    return hashlib.sha256(content).hexdigest()


def grade(cases: Iterable[Case], code: Code = code_article) -> Scorecard:
    """Code every article and count what was right."""
    card = Scorecard()
    for case in cases:
        _enter(card, case, code(case.text).reports)
    return card


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _case(article: dict[str, Any], gold: dict[str, Any]) -> Case:
    if article["id"] != gold["id"]:
        raise ValueError(f"line of {article['id']} is labelled {gold['id']}")
    text = NewsText(
        title=article["title"],
        body=article["text"],
        published=datetime.fromisoformat(article["published"]).date(),
        country=article["country"],
        publisher=article["source"],
    )
    return Case(article["id"], text, tuple(gold["incidents"]))


def _enter(card: Scorecard, case: Case, reports: Sequence[Report]) -> None:
    _enter_article(card, case, bool(reports))
    matches = _pair(reports, case.labels)
    found = [match for match in matches if match.label["core"]]
    strict = sum(match.strict for match in found)
    spare = len(reports) - len(matches)
    card.coarse += Tally(len(found), spare, len(case.demanded) - len(found))
    card.strict += Tally(strict, spare + len(found) - strict, len(case.demanded) - strict)
    for match in found:
        _enter_slots(card, match)
    if spare or strict < len(case.demanded):
        told = [f"{label['sub_event_type']} {label['country']} {label['date_start']}" for label in case.demanded]
        read = [f"{report.sub_event_type} {report.location.country} {report.date_start}" for report in reports]
        card.wrong.append(f"{case.id}\n  label {told}\n  read  {read}")


def _enter_article(card: Scorecard, case: Case, any_report: bool) -> None:
    if case.demanded:
        card.articles.hits += any_report
        card.articles.misses += not any_report
    elif not case.labels:
        card.articles.alarms += any_report
        card.asked["silence"] += 1
        card.right["silence"] += not any_report


def _enter_slots(card: Scorecard, match: Match) -> None:
    for slot in SLOTS:
        if slot in COUNTED and _told(match.label, slot) is None and _read(match.report, slot) is None:
            continue
        card.asked[slot] += 1
        card.right[slot] += slot in match.right


def _pair(reports: Sequence[Report], labels: Sequence[Label]) -> list[Match]:
    """One report to one label at most, the best agreements first."""
    possible = [match for report in reports for label in labels if (match := _compare(report, label))]
    possible.sort(key=lambda match: (match.strict, match.label["core"], len(match.right)), reverse=True)
    matches: list[Match] = []
    for match in possible:
        if not any(match.report is other.report or match.label is other.label for other in matches):
            matches.append(match)
    return matches


def _compare(report: Report, label: Label) -> Match | None:
    accepted = {label["sub_event_type"], *label["alt"]}
    if report.location.country != label["country"] or report.event_type not in map(type_of, accepted):
        return None
    checks = {
        "type": report.sub_event_type in accepted,
        "day": _on_day(report, label),
        "place": _at_place(report, label),
    }
    checks |= {kind: _told(label, kind) == _read(report, kind) for kind in COUNTED}
    return Match(report, label, frozenset(name for name, is_right in checks.items() if is_right))


def _on_day(report: Report, label: Label) -> bool:
    # Where the article names no day, a reader may be a day off.
    grace = timedelta(days=1 if label["time_precision"] == "assumed" else 0)
    first, last = date.fromisoformat(label["date_start"]), date.fromisoformat(label["date_end"])
    return first - grace <= report.date_start <= last + grace


def _at_place(report: Report, label: Label) -> bool:
    if label["km"] is None:
        return True  # the country is all that the article gives
    here = report.location
    if here.latitude is None or here.longitude is None:
        return False
    return _distance_km(here.latitude, here.longitude, label["lat"], label["lon"]) <= float(label["km"])


def _distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    phi1, phi2, turn = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    rise = math.sin((phi2 - phi1) / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, rise)))


def _told(label: Label, kind: str) -> int | None:
    pair = label[kind]
    return pair[0] if pair else None


def _read(report: Report, kind: str) -> int | None:
    return next((total.min for total in report.totals if total.kind == kind), None)


def read_floors() -> tuple[str, dict[str, float]]:
    """The pinned content hash of the set, and the floor of each measure."""
    if not FLOORS.exists():
        return "", {}
    data = json.loads(FLOORS.read_text("utf-8"))
    return data["set"], data["floors"]


def below(measures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each measure that has fallen below its floor, or is no longer taken."""
    return [
        f"{name} is {measures.get(name, 0):.4f}, its floor is {floor:.4f}"
        for name, floor in sorted(floors.items())
        if measures.get(name, 0) < floor
    ]


def update(measures: dict[str, float], *, allow_lower: bool) -> list[str]:
    """Raise the floors to what is reached; returns why not, and writes nothing, where one has fallen unasked."""
    _, floors = read_floors()
    fallen = below(measures, floors)
    if fallen and not allow_lower:
        return fallen
    reached = {name: math.floor((measures[name] - room) * 1000) / 1000 for name, room in ROOM.items()}
    kept = {} if allow_lower else floors
    best = {name: max(floor, kept.get(name, 0.0)) for name, floor in reached.items()}
    FLOORS.write_text(json.dumps({"set": digest(), "floors": best}, indent=2) + "\n", "utf-8")
    return []


def main() -> int:
    """Print the measures beside their floors; exit 1 where one is below its floor or may not be lowered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached now")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print this many articles that went wrong")
    options = parser.parse_args()
    card = grade(load_cases())
    measures, (_, floors) = card.measures(), read_floors()
    for name, value in measures.items():
        print(f"{name:14} {value:.3f}", f"  floor {floors[name]:.3f}" if name in floors else "")
    print(*card.wrong[: options.show], sep="\n")
    fallen = update(measures, allow_lower=options.allow_lower) if options.update else below(measures, floors)
    print(*fallen, sep="\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())

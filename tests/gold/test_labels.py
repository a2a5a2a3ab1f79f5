"""The labelled set itself is sound: its labels keep to the codebook and rest on their texts."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from extractors.records import ActorCategory, FigureKind, GeoPrecision, TimePrecision
from extractors.taxonomy import taxonomy, type_of

HERE = Path(__file__).parent
PAIRS = ("killed", "injured", "detained", "abducted", "missing", "displaced", "participants")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


ARTICLES = {article["id"]: article for article in lines("articles.jsonl")}
GOLD = lines("gold.jsonl")
INCIDENTS = [
    pytest.param(ARTICLES[gold["id"]], incident, id=f"{gold['id']}-{number}")
    for gold in GOLD
    for number, incident in enumerate(gold["incidents"])
]


def test_lines_belong_together() -> None:
    """Articles and labels are in the same order, each once."""
    assert [gold["id"] for gold in GOLD] == list(ARTICLES)
    assert len(ARTICLES) == len(lines("articles.jsonl"))


def test_set_is_wide() -> None:
    """At least 100 articles of at least 20 countries, all sub-types, 25 to 35 % without an incident."""
    incidents = [incident for gold in GOLD for incident in gold["incidents"]]
    silent = sum(not gold["incidents"] for gold in GOLD)

    assert len(GOLD) >= 100
    assert len({incident["country"] for incident in incidents}) >= 20
    assert {incident["sub_event_type"] for incident in incidents} == {kind.sub_event_type for kind in taxonomy()}
    assert 0.25 <= silent / len(GOLD) <= 0.35
    assert sum(len(gold["incidents"]) > 1 for gold in GOLD) >= 10


def test_no_template_is_repeated() -> None:
    """No two articles share seven words in a row: the set tests language, not a pattern."""
    seen: Counter[str] = Counter()
    for article in ARTICLES.values():
        words = article["text"].split()
        seen.update({" ".join(words[start : start + 7]) for start in range(len(words) - 6)})

    assert [phrase for phrase, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_label_says_whether_there_is_an_incident(gold: dict[str, Any]) -> None:
    """`label` and the incidents agree."""
    assert gold["label"] == ("incident" if gold["incidents"] else "none")


@pytest.mark.parametrize(("article", "incident"), INCIDENTS)
def test_incident_rests_on_its_text(article: dict[str, Any], incident: dict[str, Any]) -> None:
    """The evidence is a passage of the body, and the place is named in the article."""
    assert incident["evidence"] in article["text"]
    assert incident["place"] in f"{article['title']}\n{article['text']}"


@pytest.mark.parametrize("incident", [pytest.param(case.values[1], id=case.id) for case in INCIDENTS])
def test_incident_keeps_the_codebook(incident: dict[str, Any]) -> None:
    """Types, precisions, categories and figures are of the codebook's closed lists."""
    assert incident["event_type"] == type_of(incident["sub_event_type"])
    assert all(type_of(other) for other in incident["alt"])
    assert incident["time_precision"] in get_args(TimePrecision)
    assert incident["geo_precision"] in get_args(GeoPrecision)
    assert {incident["actor1_cat"], incident["actor2_cat"]} <= {*get_args(ActorCategory), None}
    assert all(damage["kind"] in get_args(FigureKind) for damage in incident["damage"])
    for low, high in (incident[kind] for kind in PAIRS if incident[kind]):
        assert low >= 1
        assert high is None or high >= low


@pytest.mark.parametrize(("article", "incident"), INCIDENTS)
def test_incident_is_recent_and_placed(article: dict[str, Any], incident: dict[str, Any]) -> None:
    """It began within 30 days before publication, and has a point with its radius or a country alone."""
    published = datetime.fromisoformat(article["published"]).date()
    start, end = date.fromisoformat(incident["date_start"]), date.fromisoformat(incident["date_end"])
    pinned = [incident[name] is not None for name in ("lat", "lon")]

    assert published - timedelta(days=30) <= start <= end <= published
    assert all(pinned) or (not any(pinned) and incident["geo_precision"] == "country")
    assert len(incident["country"]) == 2

"""The gate: the extractors' rows for the labelled set may get better and never silently worse."""

from datetime import date
from pathlib import Path

import pytest

from extractors.records import Coding, Location, NewsText, Report, Total
from tests import gate
from tests.gate import COUNTED, ROOM, Case, Label, below, digest, grade, load_cases, read_floors, update

FOUND = ("articles_f1", "coarse_f1", "strict_f1")


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases()


def as_report(label: Label, text: NewsText) -> Report:
    """The report that a perfect reader makes of a label."""
    start = text.body.index(label["evidence"])
    totals = [(kind, label[kind]) for kind in COUNTED if label[kind]]
    return Report(
        domain="",
        event_type=label["event_type"],
        sub_event_type=label["sub_event_type"],
        date_start=date.fromisoformat(label["date_start"]),
        date_end=date.fromisoformat(label["date_end"]),
        time_precision=label["time_precision"],
        location=Location(
            label["country"], label["place"], label["geo_precision"], None, None, label["lat"], label["lon"]
        ),
        confidence=1.0,
        evidence_start=start,
        evidence_end=start + len(label["evidence"]),
        totals=tuple(Total(kind, low, high) for kind, (low, high) in totals),
    )


def test_set_is_the_one_that_the_floors_were_taken_from() -> None:
    """A changed text or label needs new floors, taken on purpose by `python -m tests.gate --update`."""
    assert digest() == read_floors()[0]


def test_every_measure_holds_its_floor(cases: tuple[Case, ...]) -> None:
    """No measure over the labelled set falls below what was once reached."""
    _, floors = read_floors()

    assert floors.keys() == ROOM.keys()
    assert below(grade(cases).measures(), floors) == []


def test_perfect_reader_scores_one(cases: tuple[Case, ...]) -> None:
    """Reports made from the labels are right in every measure."""
    answers = {case.text: Coding(tuple(as_report(label, case.text) for label in case.labels)) for case in cases}

    assert set(grade(cases, answers.__getitem__).measures().values()) == {1.0}


def test_silent_reader_scores_nothing_but_silence(cases: tuple[Case, ...]) -> None:
    """Without reports nothing is found, and no article is wrongly spoken of."""
    measures = grade(cases, lambda _: Coding(())).measures()

    assert {name: measures[name] for name in FOUND} == dict.fromkeys(FOUND, 0.0)
    assert measures["silence"] == 1.0


def test_reader_that_says_all_twice_is_marked_down(cases: tuple[Case, ...]) -> None:
    """An incident reported twice is a false alarm, though the article is found."""
    answers = {case.text: Coding(tuple(as_report(label, case.text) for label in case.labels) * 2) for case in cases}
    measures = grade(cases, answers.__getitem__).measures()

    assert measures["articles_f1"] == 1.0
    assert measures["coarse_f1"] < 0.7


def test_wrong_fields_are_told_apart(cases: tuple[Case, ...]) -> None:
    """A report of the wrong day keeps its coarse hit and loses the strict one."""
    case = next(case for case in cases if case.id == "gate:tn-bus-mateur")
    report = as_report(case.labels[0], case.text)
    late = Report(**{name: getattr(report, name) for name in Report.__slots__} | {"date_start": date(2016, 11, 10)})
    measures = grade([case], lambda _: Coding((late,))).measures()

    assert (measures["coarse_f1"], measures["strict_f1"], measures["day"], measures["place"]) == (1.0, 0.0, 0.0, 1.0)


def test_floors_rise_freely_and_fall_only_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--update` writes better floors, refuses worse ones, and lowers them when that is asked for by name."""
    good, bad = dict.fromkeys(ROOM, 0.71239), dict.fromkeys(ROOM, 0.6)
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")

    assert update(good, allow_lower=False) == []
    assert read_floors()[0] == digest()
    assert read_floors()[1]["strict_f1"] == 0.712
    assert "strict_f1 is 0.6000, its floor is 0.7120" in update(bad, allow_lower=False)
    assert read_floors()[1]["strict_f1"] == 0.712
    assert update(bad, allow_lower=True) == []
    assert read_floors()[1]["strict_f1"] == 0.6


def test_a_share_may_slip_by_its_room_and_its_floor_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share over more matches may be a little less: the floor, once taken, is not lowered for it."""
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    measures = dict.fromkeys(ROOM, 0.8)
    update(measures, allow_lower=False)

    assert update(measures | {"place": 0.78}, allow_lower=False) == []
    assert read_floors()[1]["place"] == 0.77


def test_a_measure_that_is_no_longer_taken_has_fallen() -> None:
    """A floor without its measure fails: none can be dropped unseen."""
    assert below({}, {"place": 0.5}) == ["place is 0.0000, its floor is 0.5000"]

"""Scores: what speaks for one incident and what against it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.linking.clue import Clue, article_words, rarest, report_words
from extractors.linking.reasons import reason, span
from extractors.linking.score import comparable, kilometres, link_score, score, share, weights
from extractors.linking.words import words_of
from extractors.taxonomy import types

TOLD = "قتل ثلاثة عمال في انفجار مستودع للوقود قرب مرفأ صيدا ظهر اليوم"
RETOLD = "ارتفعت حصيلة انفجار مستودع الوقود في مرفأ صيدا إلى خمسة قتلى"
ELSE = "أصيب عامل بحروق في حريق معمل للأخشاب ببلدة حلبا مساء اليوم"
NONE = ((None, None),) * 7


def clue(text: str = TOLD, number: int = 1, killed: int | None = None, **changed: object) -> Clue:
    values: dict[str, object] = {
        "report_id": number,
        "article": number,
        "tie": number,
        "country": "LB",
        "sub_event_type": "Explosion",
        "first_day": date(2026, 2, 27).toordinal(),
        "last_day": date(2026, 2, 27).toordinal(),
        "time_precision": "day",
        "latitude": 33.563,
        "longitude": 35.369,
        "geo_precision": "city",
        "alone": True,
        "words": report_words(text, "صيدا", None),
        "article_words": article_words(None, text),
        "place_words": words_of("صيدا"),
        "figures": ((killed, killed), *NONE[1:]) if killed is not None else NONE,
    }
    return Clue(**(values | changed))  # type: ignore[arg-type]


def odds(one: Clue, other: Clue) -> float:
    return score(one, other).odds


def test_a_rising_toll_is_one_incident() -> None:
    """The same place, day and words outweigh another number."""
    found = score(clue(killed=3), clue(RETOLD, 2, killed=5))

    assert found.odds > 0
    assert share(found.odds) > 0.5
    assert sum(found.signs.values()) == pytest.approx(found.odds)


def test_the_order_of_two_does_not_matter() -> None:
    """A pair has one score."""
    one, other = clue(killed=3), clue(RETOLD, 2, killed=5, time_precision="assumed")

    assert score(one, other) == score(other, one)
    assert reason(one, other) == reason(other, one)


def test_reasons_name_what_was_compared() -> None:
    """An analyst reads why two reports are linked."""
    found = reason(clue(killed=3), clue(RETOLD, 2, killed=5, time_precision="assumed", sub_event_type="Fire"))

    assert found.endswith("of the words, same day (one assumed), 0 km, Explosion / Fire, killed 3 and 5")
    assert (
        reason(clue(), clue(TOLD, 2, latitude=None, longitude=None))
        == "100% of the words, same day, same country, same type"
    )


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_glance_loses_no_link(data: st.DataObject) -> None:
    """What is passed over at a glance would not have been linked by a closer look."""
    one, other = (
        clue(
            data.draw(st.sampled_from([TOLD, RETOLD, ELSE])),
            number,
            data.draw(st.sampled_from([None, 0, 3, 47])),
            sub_event_type=data.draw(st.sampled_from(["Explosion", "Fire", "Homicide", "Flood/storm"])),
            time_precision=data.draw(st.sampled_from(["day", "assumed"])),
            first_day=(day := 739_000 + data.draw(st.integers(0, 7))),
            last_day=day,
            geo_precision=data.draw(st.sampled_from(["exact", "city", "admin"])),
            latitude=data.draw(st.sampled_from([33.5, 33.6, 36.0])),
        )
        for number in (1, 2)
    )
    full = score(one, other)

    assert link_score(one, other) == (full if full.odds > 0 else None)


def test_other_words_are_another_incident() -> None:
    """Day and town alone make no link."""
    assert odds(clue(), clue(ELSE, 2, sub_event_type="Fire")) < 0


def test_each_difference_counts_against() -> None:
    """Another day, a far place, another type, another number: each lowers the score."""
    same, one = clue(TOLD, 2, killed=12), clue(killed=12)
    later = replace(same, first_day=same.first_day + 2, last_day=same.last_day + 2)
    differing = (
        later,
        replace(same, latitude=36.0),
        replace(same, sub_event_type="Earthquake"),
        replace(same, figures=((90, 90), *NONE[1:])),
        replace(same, words=words_of(ELSE), article_words=words_of(ELSE)),
    )

    assert all(odds(one, other) < odds(one, same) for other in differing)


def test_an_assumed_day_is_never_before_the_incident() -> None:
    """What is printed without a day may be days old; it cannot have been printed before it happened."""
    one = clue()
    after = clue(TOLD, 2, time_precision="assumed", first_day=one.first_day + 3, last_day=one.last_day + 3)
    before = replace(after, first_day=one.first_day - 3, last_day=one.last_day - 3)

    assert odds(one, after) > odds(one, before)


def test_what_seldom_happens_is_seldom_another() -> None:
    """Two reports of a train crash are one incident sooner than two of an attack, all else being equal."""
    crash, attack = ({"sub_event_type": kind} for kind in ("Rail/air/sea accident", "Attack"))

    assert odds(clue(**crash), clue(RETOLD, 2, **crash)) > odds(clue(**attack), clue(RETOLD, 2, **attack))


def test_what_is_never_compared() -> None:
    """Two rows of one article, of two countries, or weeks apart are not one incident."""
    one = clue()

    assert comparable(one, clue(TOLD, 2))
    assert not comparable(one, clue(TOLD, 2, article=1))
    assert not comparable(one, clue(TOLD, 2, country="SY"))
    assert not comparable(one, clue(TOLD, 2, first_day=one.first_day + 8, last_day=one.last_day + 8))


def test_kilometres() -> None:
    """Distances are those of the globe; a country alone has none."""
    beirut = clue(latitude=33.894, longitude=35.502)

    assert kilometres(clue(), beirut) == pytest.approx(38.8, abs=0.5)
    assert kilometres(clue(), clue(latitude=None, longitude=None)) is None


def test_weights_name_known_types() -> None:
    """Every type in the table of weights is one of the codebook's."""
    named = {name for group in ("close", "kin") for row in weights()[group] for name in row["types"]}
    named |= {name for group in ("series", "seldom") for name in weights()[group]["types"]}

    assert named <= set(types())


def test_rarest_words_do_not_depend_on_order() -> None:
    """The words by which reports find each other are the same whatever order a set has."""
    words = sorted(words_of(TOLD))

    assert rarest(words, 5) == rarest(words[::-1], 5)


def test_pairs_read_as_people_write_them() -> None:
    """Reasons are for people."""
    assert [span(pair) for pair in ((3, 3), (20, None), (10, 15), (None, 9))] == ["3", "20+", "10-15", "0-9"]

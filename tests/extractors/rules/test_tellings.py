"""Tellings: what each sentence says happened, which words tell one event, and to which a figure belongs."""

from datetime import date

import pytest

from extractors.records import NewsText
from extractors.rules.analysis import analyse
from extractors.rules.frames import akin
from extractors.rules.telling import Telling

DAY = date(2024, 5, 14)


def _tellings(body: str, country: str = "SY") -> list[Telling]:
    return analyse(NewsText("", body, DAY, country)).tellings


def _real(body: str, country: str = "SY") -> list[Telling]:
    return [telling for telling in _tellings(body, country) if telling.status.reality == "happened"]


def _figures(telling: Telling) -> dict[str, int | None]:
    return {figure.kind: figure.count.min for figure in telling.figures}


def _ids(telling: Telling) -> list[str]:
    return [place.place.name_en for place in telling.places if place.place]


@pytest.mark.parametrize(
    ("one", "other", "kindred"),
    [
        ("clash", "shell", True),
        ("protest", "disperse", True),
        ("flood", "drown", True),
        ("flood", "protest", False),
        ("agreement", "airstrike", False),
        ("road", "suicide", False),
    ],
)
def test_frames_of_a_group_tell_one_incident(one: str, other: str, kindred: bool) -> None:
    """A battle is told with its shells, a march with its dispersal; a flood and a march are two things."""
    assert akin(frozenset({one}), frozenset({other})) is kindred


def test_kindred_words_of_a_sentence_are_one_telling() -> None:
    """The blast, the device and the attack of one sentence are one event."""
    tellings = _real("انفجرت عبوة ناسفة في هجوم على دورية في مدينة حلب أمس.")
    assert len(tellings) == 1
    assert {"ied", "attack"} <= tellings[0].frames


def test_words_of_different_kinds_part() -> None:
    """A flood and a demonstration of one sentence are two tellings."""
    tellings = _real("شهدت مدينة حمص أمس سيولا في أطرافها ووقفة احتجاجية للمعلمين.")
    assert [set(telling.heavy) for telling in tellings] == [{"flood"}, {"protest"}]


def test_clauses_with_places_of_their_own_part() -> None:
    """The same word told of two towns in two clauses is two tellings, each with its town and toll."""
    tellings = _real("أدى انفجار عبوة في مدينة حلب إلى مقتل ثلاثة، فيما أدى انفجار عبوة في مدينة حماة إلى مقتل خمسة.")
    assert [(_ids(t)[0], _figures(t)) for t in tellings] == [("Aleppo", {"killed": 3}), ("Hamah", {"killed": 5})]


@pytest.mark.parametrize(
    ("body", "frame"),
    [
        ("قتل أربعة في اشتباكات في مدينة درعا بعد توقيع اتفاق هدنة.", "clash"),
        ("أصيب سبعة في تصادم حافلتين في مدينة طرطوس خلال حملة أمنية.", "road"),
    ],
)
def test_a_toll_goes_to_what_can_cause_it(body: str, frame: str) -> None:
    """Nobody is killed by a truce, or wounded by a search: the toll is the fight's, the crash's."""
    owner = next(telling for telling in _tellings(body) if telling.figures)
    assert frame in owner.frames


def test_harm_without_a_word_for_how_is_a_telling() -> None:
    """«قتل ثلاثة» tells of a killing though no word names its kind."""
    (telling,) = _real("قتل ثلاثة أشخاص في مدينة الحسكة أمس.")
    assert (telling.frames, _figures(telling)) == (frozenset({"kill"}), {"killed": 3})


def test_a_strike_on_a_list_is_a_telling_for_each_place() -> None:
    """Each town of a list is struck; the sum stands with the first."""
    tellings = _real("شن الطيران غارات على مدن خان يونس ورفح وغزة أمس وقتل تسعة مدنيين.", "PS")
    assert [_figures(telling) for telling in tellings] == [{"killed": 9}, {}, {}]
    assert len({_ids(telling)[0] for telling in tellings}) == 3


def test_a_blast_near_a_list_is_one_telling() -> None:
    """What is no strike happens once, however many names stand beside it."""
    assert len(_real("انقلبت حافلة بين مدينتي حمص وحماة أمس وأصيب تسعة ركاب.")) == 1


def test_what_an_act_is_for_did_not_happen() -> None:
    """«لاستعادة المدينة» is the aim of an attack."""
    told = {
        frame: t.status.reality for t in _tellings("شن الجيش هجوما لاستعادة مدينة الرقة أمس.") for frame in t.frames
    }
    assert told["retake"] == "planned"
    assert told["attack"] == "happened"


def test_arrests_beside_a_riot_stand_apart_when_told_twice_with_a_number() -> None:
    """Arrests are a riot's figure where they are named in passing, an act of their own where they are told again."""
    riot = "رشق محتجون الشرطة بالحجارة في مدينة القصرين أمس واعتقلت الشرطة 14 شخصا."
    passing = _real(riot, "TN")
    retold = _real(f"{riot} وقالت الداخلية إن اعتقال 14 شخصا جرى في مدينة القصرين.", "TN")
    assert not any(telling.arrests_apart for telling in passing)
    assert any(telling.arrests_apart for telling in retold)


def test_a_future_verb_is_a_plan() -> None:
    """«ستنظم» is yet to come."""
    assert not _real("ستتظاهر النقابة في مدينة صفاقس.", "TN")


def test_weak_words_alone_begin_no_group_beside_stronger_ones() -> None:
    """A word that only supports does not make an event of its own beside one of another kind."""
    tellings = _real("اجتاحت السيول مدينة سيئون أمس وعلت هتافات الناس.", "YE")
    assert [set(telling.heavy) for telling in tellings] == [{"flood"}]


def test_a_condemned_bombing_names_the_act_that_its_sentence_tells() -> None:
    """One telling, with the kind of what is condemned and the toll of what is told of it."""
    told = _real(
        "أدان المجلس في بيانه التفجير الانتحاري الآثم الغادر الجبان، الذي استهدف أمس مسجدا بمدينة حمص وأسفر عن مقتل ستة."
    )
    assert [sorted(telling.frames) for telling in told if telling.triggers] == [["attack", "suicide"]]
    assert _figures(told[0]) == {"killed": 6}


def test_a_day_right_behind_the_toll_is_the_events() -> None:
    """What an office did yesterday stands before; the accident's own day follows its toll at once."""
    body = "شكلت الإدارة أمس لجنة عن حادث حافلة، الذي أسفر عن وفاة تسعة، قبل نحو عشرة أيام قرب الأحساء."
    assert _real(body, "SA")[0].dates[0].start == date(2024, 5, 4)


def test_a_killing_that_people_demonstrate_about_is_told_apart() -> None:
    """Its day, place and toll are its own, and none of theirs."""
    march, killing = _real(
        "اعتصم مئات الأهالي عند الدوار في مدينة حمص احتجاجا على مقتل طبيب ليل الجمعة في حي الخالدية بإطلاق النار عليه."
    )
    assert (sorted(march.frames), march.dates) == (["protest"], [])
    assert sorted(killing.frames) == ["shoot"]
    assert killing.dates
    assert killing.grief

"""Tellings of several places: which lists are one act on each place, and which are one act."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import NewsText, Report

DAY = date(2024, 5, 14)


def _rows(body: str, country: str = "SY") -> list[Report]:
    return list(code_article(NewsText("", body, DAY, country), at_least=0.0).reports)


def _told(body: str, country: str = "SY") -> list[tuple[str, dict[str, int | None]]]:
    """Place and figures of each row."""
    return [(row.location.place, {t.kind: t.min for t in row.totals}) for row in _rows(body, country)]


def test_tolls_by_place_are_a_row_each_though_the_table_lacks_the_places() -> None:
    """Two unknown villages of one countryside, each with its toll, are two rows."""
    body = "شن الطيران الحربي غارات على ريف إدلب أمس، مخلفا أربعة قتلى في قرية المرشوحة، وسبعة قتلى في قرية الدبنة."
    assert _told(body) == [("قرية المرشوحة", {"killed": 4}), ("قرية الدبنة", {"killed": 7})]


def test_names_joined_behind_a_word_for_villages_are_villages() -> None:
    """«قريتي المرشوحة والدبنة»: a strike on each."""
    rows = _rows("قصفت المدفعية أمس قريتي المرشوحة والدبنة في ريف حماة.")
    assert [row.location.admin1 for row in rows] == ["Hama", "Hama"]
    assert [row.location.geo_precision for row in rows] == ["exact", "exact"]


@pytest.mark.parametrize(("joint", "rows"), [("وفي", 2), ("و", 1)])
def test_fights_in_and_in_are_two(joint: str, rows: int) -> None:
    """Fights told of two places are two where the preposition is told anew, else one."""
    space = "" if joint == "و" else " "
    assert len(_rows(f"دارت أمس اشتباكات عنيفة في حي برزة {joint}{space}حي جوبر بدمشق.")) == rows


def test_a_verbs_object_is_its_place() -> None:
    """A shelling and a strike of one sentence have each the place that their own clause names."""
    body = "استهدف قصف مدفعي أمس مخيم المغازي وسط قطاع غزة، فيما استهدفت غارة منطقة المواصي غربي خان يونس."
    assert [place for place, _ in _told(body, "PS")] == ["مخيم المغازي", "منطقة المواصي"]


def test_a_place_told_ahead_of_its_clause_parts_too() -> None:
    """«أما في تعز، جنوبي البلاد، فقد …»: the town stands one clause before the word for the fight."""
    body = "في صعدة، معقل الجماعة، قصف طيران التحالف مخازن أمس، أما في تعز، جنوبي البلاد، فقد قتل تسعة في مواجهات."
    assert _told(body, "YE") == [("صعدة", {}), ("تعز", {"killed": 9})]


def test_details_of_a_region_are_rows_of_their_towns() -> None:
    """A lead that speaks of the region takes its first town in; the next town is a row of its own."""
    body = (
        "جرت مسيرات في أنحاء الضفة الغربية أمس الاثنين.\nوخرجت مسيرة في مدينة نابلس شارك فيها مئات.\n"
        "كما جرت مسيرة في قرية كفر قدوم شارك فيها عشرات."
    )
    assert len(_rows(body, "PS")) == 2


def test_who_takes_a_place_may_stand_before_it() -> None:
    """«سيطر الجيش على مدينة …» tells of the taking, and a fire brought under control does not."""
    assert _rows("سيطر مقاتلو العشائر مساء أمس على بلدة خان العسل.")[0].event_type == "Battles"
    assert [row.event_type for row in _rows("سيطر رجال الإطفاء أمس على حريق في مصنع بمدينة حلب.")] == ["Accident"]


def test_a_sum_over_many_places_is_none_of_them() -> None:
    """What was killed «في مناطق متفرقة من البلاد» is a row only where no place is told."""
    told = "قتل أربعة بقصف جوي على بلدة خان العسل أمس."
    summed = "وقتل أمس 51 شخصا في قصف على مناطق متفرقة من سوريا."
    assert [figures for _, figures in _told(f"{told}\n{summed}")] == [{"killed": 4}]
    assert [figures for _, figures in _told(summed)] == [{"killed": 51}]


def test_a_headlines_sum_is_no_incidents_toll() -> None:
    """«عشرة قتلى بتفجيرين» over six here and four there adds nothing to either."""
    body = "قتل ستة متسوقين بتفجير سيارة ملغومة في مدينة حمص أمس، فيما قتل أربعة بلغم قرب مدينة حماة أمس."
    reports = code_article(NewsText("عشرة قتلى بتفجيرين في حمص وحماة", body, DAY, "SY"), at_least=0.0).reports
    assert [{t.kind: t.min for t in row.totals} for row in reports] == [{"killed": 6}, {"killed": 4}]


def test_numbers_lean_on_the_toll_before_them() -> None:
    """«و7 في حمص» counts as the toll before it does, and each place of such a list is a row, provinces too."""
    body = "قتلت قوات النظام أمس 12 شخصا في ريف دمشق، و7 في حمص، و3 في إدلب، واثنين في الرقة."
    assert _told(body) == [
        ("ريف دمشق", {"killed": 12}),
        ("حمص", {"killed": 7}),
        ("إدلب", {"killed": 3}),
        ("الرقة", {"killed": 2}),
    ]


def test_a_place_of_a_list_has_the_kind_of_what_was_told_before() -> None:
    """Provinces each with its toll belong to the heat wave that the sentence before tells of."""
    body = (
        "أدت موجة الحر أمس إلى وفاة شخصين في محافظة القاهرة.\n"
        "وسجلت ثلاث حالات وفاة في محافظة قنا، وحالتا وفاة في محافظة سوهاج، ووفاة مسن في محافظة مطروح."
    )
    assert {row.event_type for row in _rows(body, "EG")} == {"Natural disaster"}


def test_parts_by_place_stand_without_their_sum() -> None:
    """A province's sum before the tolls of its towns is no row's."""
    body = "أصيب 20 شخصا في انفجارات بمحافظة حلب، بينهم 5 في مدينة منبج، و7 في مدينة الباب، و8 في بلدة خان العسل."
    assert [figures for _, figures in _told(body)] == [{"injured": 5}, {"injured": 7}, {"injured": 8}]


def test_incidents_told_one_by_one() -> None:
    """«الحادث الثاني» is another than the first, with the figures behind it; the sum before them is neither's."""
    body = (
        "باشرت الفرق أمس حادثي تصادم في القيروان نتج عنهما 14 جريحا.\n"
        "وقد وقع الحادث الأول في رقادة وأسفر عن 9 جرحى، كما وقع الحادث الثاني في مدينة حفوز، وأصيب فيه 5 أشخاص."
    )
    assert _told(body, "TN") == [("رقادة", {"injured": 9}), ("مدينة حفوز", {"injured": 5})]
    assert [row.sub_event_type for row in _rows(body, "TN")] == ["Road accident", "Road accident"]


def test_an_ordinal_may_only_count() -> None:
    """«ويعد هذا الهجوم الثاني» says how many there were and begins nothing."""
    body = "قتل ستة جنود في هجوم على حاجز في مدينة تعز أمس.\nويعد هذا الهجوم الثاني في المدينة خلال أسبوع."
    assert len(_rows(body, "YE")) == 1

"""Incidents: each once, however often it is told; another day, place or kind is another."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import NewsText, Report
from extractors.rules.analysis import analyse

DAY = date(2024, 5, 14)


def _reports(title: str, body: str, country: str = "SY") -> tuple[Report, ...]:
    return code_article(NewsText(title, body, DAY, country), at_least=0.0).reports


def _incidents(title: str, body: str, country: str = "SY") -> int:
    return len(analyse(NewsText(title, body, DAY, country)).incidents)


LEAD = "قتل أربعة أشخاص بانفجار عبوة ناسفة في مدينة حلب أمس الاثنين."


def test_one_incident_told_three_times_is_one() -> None:
    """Headline, lead and details are one row, with the toll of the body."""
    body = (
        f"{LEAD}\nوقال شاهد إن العبوة انفجرت قرب محطة الحافلات.\nونقل جثامين القتلى الأربعة إلى المستشفى بعد الانفجار."
    )
    (report,) = _reports("مقتل أربعة بانفجار في حلب", body)
    assert report.sub_event_type == "Remote explosive/landmine/IED"
    assert {(total.kind, total.min) for total in report.totals} == {("killed", 4)}


def test_two_days_are_two() -> None:
    """The same kind at two places on two days, each with its toll, is two rows with a day each."""
    other = "وكان انفجار عبوة ناسفة في مدينة حماة قد قتل ثلاثة أشخاص يوم الجمعة الماضي."
    reports = _reports("", f"{LEAD}\n{other}")
    assert [report.date_start.day for report in reports] == [13, 10]


def test_two_places_are_two() -> None:
    """Two towns on one day are two rows."""
    other = "كما انفجرت عبوة ناسفة أمس في مدينة حمص وأصيب شخصان."
    assert [report.location.place_en for report in _reports("", f"{LEAD}\n{other}")] == ["Aleppo", "Homs"]


def test_two_kinds_are_two() -> None:
    """A flood and a march in one town on one day are two rows."""
    body = "اجتاحت السيول مدينة تعز أمس وقتل شخصان.\nوتظاهر مئات المعلمين في مدينة تعز أمس للمطالبة برواتبهم."
    assert [r.event_type for r in _reports("", body, "YE")] == ["Natural disaster", "Protests"]


def test_the_headline_confirms_and_begins_nothing() -> None:
    """A headline adds a telling to what the body tells, and no row beside it."""
    assert _incidents("انفجار يهز مدينة حلب ويقتل أربعة", LEAD) == 1
    with_it = analyse(NewsText("انفجار يهز مدينة حلب ويقتل أربعة", LEAD, DAY, "SY")).incidents[0]
    assert len(with_it.tellings) == 1 + len(analyse(NewsText("", LEAD, DAY, "SY")).incidents[0].tellings)


def test_a_headline_alone_is_enough_where_the_body_tells_nothing() -> None:
    """What only the headline tells is still told."""
    assert _incidents("مقتل خمسة بانفجار عبوة ناسفة في حلب أمس", "قالت الشرطة إنها تجمع الأدلة.") == 1


def test_background_of_another_time_is_not_joined() -> None:
    """An old bombing in the last paragraph adds neither a row nor its dead."""
    old = "وكان تفجير في المدينة قد قتل تسعين شخصا في مارس 2019."
    (report,) = _reports("", f"{LEAD}\n{old}")
    assert {(total.kind, total.min) for total in report.totals} == {("killed", 4)}


def test_a_wars_running_total_is_not_joined() -> None:
    """The dead since the war began are nobody's toll."""
    war = "وقتل أكثر من أربعين ألف شخص منذ بداية الحرب."
    (report,) = _reports("", f"{LEAD}\n{war}")
    assert {(total.kind, total.min) for total in report.totals} == {("killed", 4)}


def test_a_telling_without_place_joins_the_last_that_fits() -> None:
    """Details that name no place belong to the incident told just before."""
    body = f"{LEAD}\nكما انفجرت عبوة ناسفة أمس في مدينة حمص.\nوأصيب ستة أشخاص في الانفجار."
    first, second = _reports("", body)
    assert {total.kind for total in first.totals} == {"killed"}
    assert {(total.kind, total.min) for total in second.totals} == {("injured", 6)}


def test_a_sentence_without_facts_of_its_own_begins_nothing() -> None:
    """A later word of another kind without place, toll or day is no incident."""
    assert _incidents("", f"{LEAD}\nوتحدث الأهالي عن احتجاجات.") == 1


@pytest.mark.parametrize(
    "later",
    [
        "وأدان المحافظ التفجير في مدينة حلب.",
        "ونفت الشرطة وقوع انفجار آخر في مدينة حمص.",
        "وحذر الدفاع المدني من انفجار عبوات أخرى في مدينة حمص.",
        "ودعت النقابة إلى إضراب في مدينة حمص غدا.",
    ],
)
def test_what_did_not_happen_is_no_incident(later: str) -> None:
    """Condemned, denied, feared or called for: no row of its own."""
    assert _incidents("", f"{LEAD}\n{later}") == 1


def test_the_rows_country_and_day_are_those_of_the_clause() -> None:
    """Each of two rows of one sentence takes place and day from its own clause."""
    body = "قصفت المدفعية مدينة إدلب أمس وقتل شخصان، فيما سقطت قذائف على مدينة دوما يوم السبت الماضي وقتل ثلاثة."
    found = [(report.location.place_en, report.date_start.day) for report in _reports("", body)]
    assert found == [("Idlib", 13), ("Duma", 11)]


def test_the_day_of_an_incident_is_its_most_precise() -> None:
    """«هذا الأسبوع» does not take in what another sentence tells of another day of that week."""
    body = (
        "أكد شريط بثه التنظيم وقوع هجوم هذا الأسبوع قرب مدينة اعزاز.\n"
        "وهاجم مسلحو التنظيم حاجزا مساء الأحد وقتل في الاشتباكات ثمانية مقاتلين.\n"
        "ووقعت اشتباكات أمس الاثنين بين الجانبين تسببت بمقتل 25 مقاتلا."
    )
    assert {report.date_start.day for report in _reports("", body)} == {12, 13}


def test_strikes_with_tolls_of_their_own_are_apart() -> None:
    """An air strike told with another toll than the bomb before it is another incident, though no place is told."""
    bomb = "قتل تسعة أشخاص أمس بانفجار سيارة مفخخة في مدينة الفلوجة."
    raid = "وأوضح المصدر أن طيران التحالف شن غارات جوية أسفرت عن مقتل 25 من عناصر التنظيم."
    assert _incidents("", f"{bomb}\n{raid}", "IQ") == 2


def test_a_campaign_of_arrests_is_no_part_of_a_bombing() -> None:
    """Wanted men seized in a campaign are a row beside the bomb; the bomber's own arrest is its bomb's."""
    bomb = "أصيب ثلاثة جنود أمس بانفجار عبوة ناسفة في مدينة العريش."
    campaign = "فيما نجحت قوات الأمن بشمال سيناء في ضبط 25 شخصا من المطلوبين في حملة أمنية موسعة."
    assert [r.sub_event_type for r in _reports("", f"{bomb}\n{campaign}", "EG")] == [
        "Remote explosive/landmine/IED",
        "Arrests",
    ]


def test_a_headlines_sum_told_so_in_the_body() -> None:
    """A toll that the body tells of the whole country belongs to no strike on one town."""
    body = "بلغت حصيلة قتلى أمس 118 شخصا في عموم البلاد.\nوأفاد ناشطون بقصف فرع أمني في مدينة حرستا بريف دمشق."
    (report,) = _reports("مقتل 118 سوريا أمس", body)
    assert report.totals == ()


def test_equal_dead_and_wounded_are_told_twice() -> None:
    """The same dead and the same wounded at another name in the details are the same incident."""
    lead = "قتل هارب وأصيب ابن عمه أمس في تبادل لإطلاق النار مع كمين شرطة بمدينة المحلة."
    details = "وكان القتيل قد أطلق النار من طبنجة حلوان فبادلته الشرطة ما أسفر عن مصرع شخص وإصابة آخر أمس."
    assert _incidents("", f"{lead}\n{details}", "EG") == 1


def test_an_earthquake_is_one() -> None:
    """The centre of an earthquake, its province and the town that felt it are places of one row."""
    body = "ضرب زلزال قوي مدينة إزمير أمس الاثنين.\nوقال مسؤول إن الزلزال كان في منطقة مانيسا وشعر به سكان أنقرة."
    assert _incidents("زلزال في أنقرة", body, "TR") == 1


def test_a_raid_beside_a_battle_is_another() -> None:
    """A raid on one town and the fighting at the village close by are two rows."""
    body = "قصف الطيران الحربي بلدة قسطون أمس.\nودارت اشتباكات عنيفة في قرية القرقور بين الفصائل وقوات النظام."
    assert _incidents("", body) == 2


def test_since_when_a_town_is_besieged_dates_no_raid() -> None:
    """«المحاصرة منذ عامين» says nothing of when the shells fell."""
    assert _incidents("", "قصفت المدفعية مدينة الزبداني المحاصرة منذ عامين وقتل ثلاثة مدنيين.") == 1


def test_a_neighbour_across_the_border_is_no_place() -> None:
    """«على الحدود المتصلة مع …»: the country whose border one shares is not where it happened."""
    body = "قتل ثلاثة مسلحين في اشتباكات مع الجيش أمس في بلوشستان على الحدود المتصلة مع أفغانستان."
    assert {report.location.country for report in _reports("", body, "PK")} == {"PK"}

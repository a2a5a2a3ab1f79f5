"""How real a telling is: what each kind of cue makes of the words in its reach, and what it leaves alone."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import NewsText
from extractors.rules.analysis import analyse

DAY = date(2024, 5, 14)


def realities(body: str, title: str = "خبر") -> set[tuple[str, str]]:
    """The reality and reason of every telling of a text."""
    found = analyse(NewsText(title, body, DAY, "EG"))
    return {(telling.status.reality, telling.status.reason) for telling in found.tellings}


def kinds(body: str, title: str = "خبر") -> set[str]:
    """The realities alone."""
    return {reality for reality, _ in realities(body, title)}


@pytest.mark.parametrize(
    ("sentence", "reality"),
    [
        ("انفجرت عبوة ناسفة في سوق المدينة أمس.", "happened"),
        ("حذر الخبير من انهيار المبنى القديم.", "hypothetical"),
        ("هدد التنظيم بتفجير المحطة.", "threatened"),
        ("دعت النقابة إلى تنظيم وقفة احتجاجية أمام الوزارة.", "planned"),
        ("نفى المتحدث ما تردد على المواقع حول قيام مجهولين بمهاجمة المركز واختطاف حارسه.", "denied"),
        ("أحيت البلدة ذكرى القصف الذي دمر حيها القديم.", "commemorated"),
        ("شهدت البلاد قبل عقود معارك عنيفة.", "historical"),
        ("بدأت محاكمة المتهمين بقتل التاجر.", "legal"),
        ("قتل ألف شخص منذ بداية الحرب.", "statistic"),
        ("خسر الفريق المباراة بعد هجوم متأخر.", "figurative"),
        ("هل يتكرر حادث انهيار الجسر؟", "hypothetical"),
    ],
)
def test_each_reality_has_its_words(sentence: str, reality: str) -> None:
    """A telling is what the cue that governs it says, and happened where none does."""
    assert kinds(sentence) == {reality}


@pytest.mark.parametrize(
    "sentence",
    [
        "تمكنت إدارة مكافحة المخدرات أمس من القبض على تاجر في بنها.",
        "اندلع حريق في مخزن ببنها دون وقوع إصابات، وتمت السيطرة عليه.",
        "قتل مسلح ثلاثة أشخاص أثناء عرض فيلم في سينما بالمدينة.",
        "أصابت قذيفة محيط ملعب المدينة وسمع دوي انفجار.",
        "تم القبض على سائق الدورية المسروقة بعد مطاردة.",
        "ضبط المدير العام للأمن سيارة مهربة.",
        "خرج السائق دون إصابات لكن قتل راكبان.",
    ],
)
def test_a_cue_governs_no_further_than_it_reaches(sentence: str) -> None:
    """Units' names, negated harm, places of sport and cinemas leave the event beside them as it is."""
    assert "happened" in kinds(sentence)


def test_a_denial_ends_where_the_speaker_turns() -> None:
    """What follows a turning word is no longer denied."""
    assert kinds("نفى المصدر وقوع هجوم على القاعدة، مؤكدا أن انفجارا وقع داخل مخزن.") == {"denied", "happened"}


def test_inspections_are_no_arrests() -> None:
    """Seizing offences against traffic rules or spoiled goods tells of no incident."""
    assert kinds("ضبطت الحملة 120 مخالفة مرورية بالمدينة.") == {"legal"}


@pytest.mark.parametrize(
    ("lead", "reason"),
    [
        ("نفذ الدفاع المدني تمرينا وهميا في ميناء المدينة.", "mock"),
        ("نفذت الوزارة حكم القتل قصاصا في جان بالمدينة.", "execution"),
    ],
)
def test_a_lead_of_a_drill_or_an_execution_governs_the_article(lead: str, reason: str) -> None:
    """What such an article tells further down is the drill's play, or the old crime."""
    later = "واندلع حريق في مستودع وأصيب عشرة أشخاص بحروق."
    assert {why for _, why in realities(f"{lead}\n{later}")} == {reason}


def test_festivals_are_no_demonstrations() -> None:
    """A fair or festival that is called a demonstration tells of no protest."""
    assert "happened" not in kinds("تنطلق غدا فعاليات تظاهرة موسيقية في سوسة.")
    assert "happened" in kinds("نظم العمال تظاهرة أمام الوزارة في سوسة أمس.")


def test_a_condemnation_retells_only_with_a_toll_or_a_day() -> None:
    """A condemnation with the place and the day or toll of an incident tells it; a bare one does not."""
    told = "أدانت الرئاسة التفجير الإرهابي الذي وقع في بغداد أمس وأسفر عن مقتل عشرة أشخاص."
    assert "happened" in kinds(told)
    assert kinds("أدانت الرئاسة التفجير الإرهابي في بغداد.") == {"condemned only"}


def test_what_is_left_keeps_its_reason() -> None:
    """An article that tells only of what did not happen gives no report, and each mention its reality and reason."""
    coding = code_article(NewsText("تهديد", "هدد التنظيم بتفجير المحطة في بنها.", DAY, "EG"))
    assert not coding.reports
    assert [(mention.reality, mention.reason) for mention in coding.mentions] == [("threatened", "threat")]


def test_a_protest_at_a_court_is_a_protest() -> None:
    """Court words leave demonstrations alone: they are often held in front of courts and against trials."""
    assert kinds("تظاهر عشرات العمال أمام المحكمة احتجاجا على محاكمة زميلهم.") == {"happened"}


def test_a_day_behind_the_cause_is_not_the_demonstrations() -> None:
    """People who demand what was agreed last winter sit in today."""
    told = "دخل العمال اليوم في اعتصام أمام البلدية، للمطالبة بتطبيق اتفاق 18 يناير 2024 القاضي بتشغيلهم."
    assert kinds(told) == {"happened"}


def test_a_general_is_no_team() -> None:
    """«الفريق» of an officer does not make an attack a match."""
    assert kinds("زار الفريق الركن الجرحى بعد الاعتداء الذي وقع أمس في مدينة طنطا.") == {"happened"}
    assert kinds("تأثر الفريق بعد الاعتداء الذي وقع أمس في مدينة طنطا.") == {"figurative"}


def test_what_causes_are_sought_for_has_happened() -> None:
    """An inquiry into the causes of a fire tells of a fire."""
    assert kinds("لم تعرف أسباب اندلاع الحريق في المصنع بمدينة بنها.") == {"happened"}


def test_a_theory_that_police_weigh_makes_no_drill() -> None:
    """«فرضية» alone is a thought; with a fire behind it, it is a drill."""
    weighed = "تبحث الشرطة فرضية ضلوع جماعة متطرفة في تفجير حافلة في مدينة دورتموند أمس."
    drill = "نفذ الدفاع المدني فرضية حريق في مدينة سكاكا أمس. وأصيب شخص في الحريق."
    told = [
        [t.status.reality for t in analyse(NewsText("", body, date(2024, 5, 13), "DE")).tellings]
        for body in (weighed, drill)
    ]
    assert "happened" in told[0]
    assert "happened" not in told[1]


def test_a_day_of_something_else() -> None:
    """A clause about the streets where people gather, and a birth, say nothing of when it happened."""
    gathered = "وقف نحو مئتي متظاهر يلوحون بالأعلام ويقرعون الطبول في الشوارع نفسها التي شهدت شغبا في العام الماضي."
    assert ("happened", "told as fact") in realities(gathered)
    assert kinds("مقتل شاب من مواليد عام 1994 بطلق ناري في المدينة.") == {"happened"}


def test_a_full_date_behind_a_word_is_its_own() -> None:
    """A weekday told of the same thing does not make it recent; a group called by a date happened on none."""
    long_past = "تعرض المسجد في مدينة الكويت إلى تفجير في 26 يناير الماضي خلال صلاة الجمعة."
    assert kinds(long_past) == {"historical"}
    assert "happened" in kinds("سيطر مقاتلو حركة «23 مارس» أمس الاثنين على مدينة روتشورو.")


def test_a_rescue_at_sea_is_no_smuggling() -> None:
    """Migrants who are saved make no row of smuggling; smugglers who are seized do."""
    assert "happened" not in kinds("أنقذت البحرية أمس 40 مهاجرا غير شرعي قبالة مدينة جرجيس.")
    assert "happened" in kinds("أوقفت الشرطة أمس خمسة من مهربي المهاجرين في مدينة جرجيس.")

"""Types: what frames, sides and figures of an incident make of it; and the codebook's choices in sentences."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import ActorCategory, NewsText
from extractors.rules.typing_rules import Deed, TypeRule, settle_type

DAY = date(2024, 5, 14)


def _types(body: str, country: str) -> list[str]:
    return [r.sub_event_type for r in code_article(NewsText("", body, DAY, country), at_least=0.0).reports]


def test_the_frame_told_most_strongly_names_the_incident() -> None:
    """What is only mentioned by the way does not name it."""
    named = settle_type(Deed({"road": 9, "collapse": 3}))
    assert named is not None
    assert named.sub == "Road accident"


def test_no_frame_no_type() -> None:
    """Nothing told, nothing named."""
    assert settle_type(Deed({})) is None


def test_sides_decide_between_rules() -> None:
    """The same ground taken is the government's or a group's by who took it."""
    sides: tuple[ActorCategory, ...] = ("State forces", "Rebel group")
    taken = [settle_type(Deed({"territory": 6}, side)) for side in sides]
    assert [rule.sub for rule in taken if rule] == [
        "Government regains territory",
        "Non-state actor overtakes territory",
    ]


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (TypeRule("any", "Fire", any=frozenset({"fire"})), True),
        (TypeRule("none", "Fire", any=frozenset({"fire"}), none=frozenset({"detain"})), False),
        (TypeRule("none-hinted", "Fire", any=frozenset({"fire"}), none=frozenset({"political"})), False),
        (TypeRule("cue-hinted", "Fire", any=frozenset({"fire"}), cue=frozenset({"political"})), True),
        (TypeRule("any-hinted", "Fire", any=frozenset({"political"}), told=True), False),
        (TypeRule("unless", "Fire", any=frozenset({"fire"}), unless=frozenset({"detain"})), True),
        (TypeRule("unless-leading", "Fire", any=frozenset({"fire"}), unless=frozenset({"fire"})), False),
        (TypeRule("unarmed-dead", "Fire", any=frozenset({"fire"}), unarmed_dead=True), False),
        (TypeRule("cue", "Fire", any=frozenset({"fire"}), cue=frozenset({"protest"})), False),
        (TypeRule("doer", "Fire", any=frozenset({"fire"}), doer=frozenset({"Rioters"})), False),
        (TypeRule("harm", "Fire", any=frozenset({"fire"}), harm=frozenset({"killed"})), True),
        (TypeRule("unharmed", "Fire", any=frozenset({"fire"}), unharmed=True), False),
        (TypeRule("told", "Fire", any=frozenset({"detain"}), told=True), True),
        (TypeRule("leading", "Fire", any=frozenset({"detain"})), False),
    ],
    ids=lambda value: value.id if isinstance(value, TypeRule) else "",
)
def test_each_condition_of_a_rule_is_asked(rule: TypeRule, holds: bool) -> None:
    """A fire told strongly, an arrest by the way, a soldier dead, politics hinted at, nobody named: which rules hold."""
    told = Deed({"fire": 9, "detain": 2}, harm=["killed"], hinted=frozenset({"political"}), dead="State forces")
    assert rule.holds(told) is holds


@pytest.mark.parametrize(
    ("body", "country", "sub"),
    [
        ("اقتحم انتحاري بسيارة مفخخة حاجزا للجيش في مدينة مأرب أمس.", "YE", "Suicide bomb"),
        ("انفجرت سيارة مفخخة أمام مقر للشرطة في مدينة بعقوبة أمس.", "IQ", "Remote explosive/landmine/IED"),
        ("أسقطت الدفاعات طائرة مسيرة فوق مدينة خميس مشيط أمس.", "SA", "Air/drone strike"),
        ("اعترضت الدفاعات صاروخا فوق مدينة جازان أمس.", "SA", "Shelling/artillery/missile attack"),
        ("قطع محتجون الطريق في مدينة صور أمس مطالبين بالكهرباء.", "LB", "Peaceful protest"),
        ("نفذ موظفو البلدية إضرابا عن العمل في مدينة طرابلس اللبنانية أمس.", "LB", "Peaceful protest"),
        ("أحرق محتجون مقر البلدية في مدينة الكاف أمس.", "TN", "Violent demonstration"),
        ("فرقت الشرطة متظاهرين بالغاز المسيل للدموع في مدينة نواكشوط أمس.", "MR", "Protest with intervention"),
        ("قتل ضابطان في تبادل لإطلاق النار مع مسلحين في مدينة العريش أمس.", "EG", "Armed clash"),
        ("غرق قارب مهاجرين قبالة مدينة صفاقس أمس وانتشلت ثلاث جثث.", "TN", "Rail/air/sea accident"),
        ("أحبطت الجمارك تهريب شحنة سجائر في مدينة معان أمس.", "JO", "Smuggling/trafficking"),
        ("أبطل خبراء المتفجرات مفعول عبوة ناسفة في مدينة كركوك أمس دون إصابات.", "IQ", "Disrupted weapons use"),
        ("لدغة عقرب تودي بحياة طفل في مدينة تبوك أمس.", "SA", "Other accident"),
        ("أحبط الحرس البحري عملية إبحار خلسة قبالة مدينة المهدية أمس وأوقف تسعة.", "TN", "Smuggling/trafficking"),
        ("أسفرت حوادث مرورية في مدينة بيشة أمس عن إصابة أربعة.", "SA", "Road accident"),
        ("طعن مريض طبيبا بسكين في مدينة عرعر أمس وأوقفته الشرطة.", "SA", "Assault"),
        ("شنت طائرات غارة على مدينة رفح أمس. وسبقها صاروخ سقط قرب معبر. وأطلق الصاروخ فصيل.", "PS", "Air/drone strike"),
        ("فرضت الحكومة حظر التجول في مدينة عدن أمس.", "YE", "Other"),
        ("عثر رعاة أمس على مخزن للمتفجرات في مدينة تمنراست يحوي مواد شديدة الانفجار.", "DZ", "Disrupted weapons use"),
        ("أوقفت دورية عاملا في مدينة أسيوط أمس وبحوزته خمس طلقات نارية وأقراص بقصد التعاطي.", "EG", "Other crime"),
        ("أعد الضباط كمينا في مدينة بنها أمس فضبط المتهم بقتل عامل بسبب خلافات بينهما.", "EG", "Homicide"),
        ("تم إيقاف 14 مفتشا عنهم في مدينة سوسة أمس وحجز دراجة وبندقية صيد دون رخصة.", "TN", "Other crime"),
    ],
)
def test_the_codebooks_choices(body: str, country: str, sub: str) -> None:
    """One sentence each for choices that the codebook settles."""
    assert _types(body, country) == [sub]


def test_aircraft_that_shell_strike_from_the_air() -> None:
    """«طيران النظام قصف …»: whose aircraft they are may stand between them and what they did."""
    body = "أعلن ناشطون أن طيران النظام قصف مناطق في مدينة إدلب أمس وقتل ثلاثة مدنيين."
    reports = code_article(NewsText("", body, date(2024, 5, 14), "SY"), at_least=0.0).reports
    assert [report.sub_event_type for report in reports] == ["Air/drone strike"]

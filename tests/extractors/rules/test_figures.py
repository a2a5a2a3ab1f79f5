"""How many were harmed, held or gathered, and what was damaged: each rule in a sentence of our own."""

from datetime import date

import pytest

from extractors.records import NewsText
from extractors.rules.figures import FigureReader
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import make_scene


def read(text: str, *, damage: bool = False) -> list[tuple[str, int | None, int | None, str]]:
    """The figures of a text: kind, min, max and role."""
    scene = make_scene(NewsText("خبر", text, date(2016, 5, 1)), knowledge())
    reader = FigureReader(scene)
    read_sentence = reader.read_damage if damage else reader.read
    found = [figure for number in range(len(scene.sentences)) for figure in read_sentence(number)]
    return [(f.kind, f.count.min, f.count.max, f.role) for f in found]


@pytest.mark.parametrize(
    ("text", "kind", "least", "most"),
    [
        ("مقتل سبعة عمال في منجم", "killed", 7, 7),
        ("راح ضحيته سبعة من منسوبي المركز، وأربعة من العاملين فيه", "killed", 11, 11),
        ("قتل مدير المدرسة وثلاثة من تلاميذها", "killed", 4, 4),
        ("سقوط عدد من القتلى والجرحى في المعركة", "injured", 2, None),
        ("وصلت الإصابات جراء الصدام بين الأمن والمتظاهرين إلى 31 حالة", "injured", 31, 31),
        ("إيقاف 14 مفتشا عنهم", "detained", 14, 14),
        ("اعتقلت الشرطة زعيم خلية متشددة", "detained", 1, 1),
        ("لقي سائح مصرعه غرقا", "killed", 1, 1),
        ("لقي شقيقان، لم يبلغا العاشرة بعد، حتفهما", "killed", 2, 2),
        ("ارتفع عدد القتلى إلى 15", "killed", 15, 15),
        ("قتل ثلاثة من عناصر الحرس ومسلحان اثنان في الهجوم", "killed", 5, 5),
        ("قتل مسلحون خمسة جنود", "killed", 5, 5),
        ("اغتال مسلحان ضابطا أمام منزله", "killed", 1, 1),
        ("قال المصدر إن ستة مواطنين أصيبوا بكسور", "injured", 6, 6),
        ("أصيب شرطي وسائقه بشظايا", "injured", 2, 2),
        ("إصابة نجله بشظايا", "injured", 1, 1),
        ("ألقت دوريات الحدود القبض على 14 من المشتبه فيهم", "detained", 14, 14),
        ("القبض على مجموعة من الشبان", "detained", 2, None),
        ("أكدت الشرطة أن مشتبها به رهن الاحتجاز", "detained", 1, 1),
        ("واختطاف شقيقه واثنين من أبنائه", "abducted", 3, 3),
        ("وفقدان أربعة في السيل", "missing", 4, 4),
        ("إجلاء 210 أشخاص من القرية", "displaced", 210, 210),
        ("تظاهر الآلاف من أهالي المدينة", "participants", 2000, None),
        ("قطع العشرات من السائقين الطريق", "participants", 20, None),
        ("مقتل سفيرا البلدين", "killed", 2, 2),
        ("مقتل اثنين من ركابها وإصابة ثالث", "injured", 1, 1),
        ("وقتل خلالها شرطي", "killed", 1, 1),
        ("أدى القصف إلى قتلى وجرحى", "injured", 2, None),
        ("احتجاز مشتبه به بعد الحادث", "detained", 1, 1),
        ("تحفظت الشرطة على سائق الحافلة", "detained", 1, 1),
        ("ضربوا الحارس على رأسه وما لبث أن فارق الحياة", "killed", 1, 1),
        ("إصابة كل من سمير وأحمد وجابر", "injured", 3, 3),
        ("أودى انفجار غاز في شقة بحياة زوجين", "killed", 2, 2),
        ("وقضى صياد غرقا", "killed", 1, 1),
        ("وقتل في المعركة التي جرت هناك عدد من عناصر الفصيل ووصل عدد القتلى إلى 30", "killed", 2, None),
        ("قتل أبو عمر بن سعيد نور الدين الجبلي وقياديان آخران", "killed", 3, 3),
        ('اغتالت "الجماعة" القائد المحلي', "killed", 1, 1),
        ("قاموا بخطفه وقتله", "abducted", 1, 1),
        ("قاموا بخطفه وقتله", "killed", 1, 1),
        ("اختطاف الكاتبة والناشطة هيفاء سالم", "abducted", 1, 1),
        ("القبض على مجموع ثلاثة شبان", "detained", 3, 3),
        ("إيقاف عصابة مختصة في السرقة متكونة من خمسة أنفار", "detained", 5, 5),
        ("الإطاحة بشبكة تهريب", "detained", 2, None),
        ("أصيبت عائلة مكونة من ستة أفراد", "injured", 6, 6),
        ("حبس سبعة متهمين بعد القبض عليهم", "detained", 7, 7),
        ("هاجم أربعة لصوص المتجر. وتم ضبط المتهمين", "detained", 4, 4),
        ("وضبط المتهمين الثلاثة", "detained", 3, 3),
        ("اتهم كل من سامي نور (31 سنة) نجار، وحسن علي (25 سنة)، وعمر فؤاد (19 سنة) وتم ضبطهم", "detained", 3, 3),
        ("سجلت المنطقة 14 وفاة", "killed", 14, 14),
        ("كشفت الفرقة عن خلية متكونة من 6 عناصر. وتم الاحتفاظ بعناصر الخلية", "detained", 6, 6),
        ("شبكة تتكون من أربعة أشخاص. وبعد التحري تم الاحتفاظ بهم", "detained", 4, 4),
        ("تم الاحتفاظ به", "detained", 1, 1),
        ("ضبط محمود السيد وبحوزته سلاح", "detained", 1, 1),
        ('ضبط "سمير ع. 42 سنة" وبحوزته أقراص', "detained", 1, 1),
        ("إصابة رجل وزوجته وابنيه", "injured", 4, 4),
        ("إصابة والديه وشقيقه", "injured", 3, 3),
        ("وقتل 39 متمردا على الأقل و17 مقاتلا", "killed", 56, None),
        ("طعن تلميذا بسكين", "injured", 1, 1),
        ("تعرض تلميذ للطعن", "injured", 1, 1),
        ("وبذلك يرتفع عدد المضبوطين إلى 5", "detained", 5, 5),
        ("قتل شاب في العشرين من عمره وأصيب خمسة مساء أمس الأحد حين انفجرت العبوة", "injured", 5, 5),
        ("واقتادوا ركابها السبعة عشر إلى الغابة", "abducted", 17, 17),
        ("أودى انفجار سيارة في سوق للخضار صباح الثلاثاء بحياة ستة متسوقين", "killed", 6, 6),
        ("أوقفت الشرطة صاحب المخزن وخمسة من العاملين فيه", "detained", 6, 6),
        ("بلغت الوفيات 13 في المنطقة كلها", "killed", 13, 13),
        ("تظاهر المئات اليوم في الميدان", "participants", 200, None),
        ("ونظم العشرات من الحركة وقفة أمام المجلس", "participants", 20, None),
        ("دخل عدد من مزارعي الجهة في اعتصام", "participants", 2, None),
        ("نفذ عدد من المعطلين وقفة احتجاجية", "participants", 2, None),
        ("عقب اعتقالها مع 12 آخرين في احتجاج", "detained", 13, 13),
        ("ألقت الشرطة القبض عليه رفقة رجل آخر، إضافة إلى 3 نساء", "detained", 5, 5),
        ("قال الشهود إن الشاب الذي هاجم الحاجز استشهد", "killed", 1, 1),
        ("إن اثنين من المسلحين الذين هاجموا المركز أمس لقيا حتفهما", "killed", 2, 2),
        ("وقالت إن حارسا أصيب بكدمة", "injured", 1, 1),
        ("أدى الغاز إلى اختناق تسعة أشخاص", "injured", 9, 9),
        ("واستشهد فلسطينيون في القصف", "killed", 2, None),
        ("قتل سليمان أخاه", "killed", 1, 1),
        ("أضرب نحو ألف معتقل عن الطعام", "participants", 1000, 1000),
        ("مناظرة 3 جثث لضحايا الحادث", "killed", 3, 3),
        ("استشهاد وجرح عدد من الجنود", "killed", 2, None),
        ("مقتل من كانوا على متنها", "killed", 2, None),
        ("تلقى ثلاثة أعوان العلاج من حروق", "injured", 3, 3),
    ],
)
def test_counts(text: str, kind: str, least: int, most: int | None) -> None:
    """A count is read with the word that says what befell, wherever the language puts it."""
    assert (kind, least, most, "total") in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "احتجاز عدد من الحراس في السجن",
        "أمر المدير بضبط الشحنة وفتحها وعثر الضابط على أقراص",
        "وبعد شهر من اعتقاله",
        "تعرض للضرب بعد القبض عليه",
        "بلغ عدد قتلى اليوم 60 شخصا",
        "اعتصم الأهالي ضد رجل متهم بقتل تاجر",
        "شب حريق في بيت متهم بقتل ثلاثة",
        "عانى الآلاف من سكان العاصمة بسبب إضراب السائقين",
        "ضبط 62 جوالا من السماد",
        "ضبطت الدورية مركبا كان يحمل وقودا",
        "مقتل الجنود الذين فقدوا أمس",
        "خرج المتظاهرون من الميدان",
        "نظمت البلدية 15 حفلا",
        "محاولة اغتيال وزير سابق",
        "وقفة احتجاجا على مقتل شاب",
        "صدر أمر اعتقال بحق رجل",
        "نفت الشركة القبض على أي موظف",
        "الإطاحة بالنظام السابق",
        "وجاري ضبط المتهمين",
        "قرار النيابة بضبطهم",
        "اعتراضا على القبض على زميلهم",
        "سيقتل خمسة جنود",
        "العميد محمد وصفي نائب المدير",
        "تم القبض على المتهمين وإحالتهما للنيابة بإشراف المحامي",
        "القبض على 3 كلاب سائبة",
        "ضبط حشيش في السيارة",
        "طعنت النيابة في الحكم",
        "بعد أن أصابه مقذوف",
        "محاكمة كل من تورط في قتل أو إصابة أو اعتقال شاب",
        "سجلت حروقا واختناقا حيث تم نقل 3 منهم",
    ],
)
def test_counts_nobody(text: str) -> None:
    """Goods, definite plurals, attempts, causes of protest and orders are no toll."""
    assert not [figure for figure in read(text) if figure[3] == "total"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أخمد الحريق دون إصابات", "injured"),
        ("من دون أن تسجل أي إصابات", "injured"),
        ("وانهار الجدار دون خسائر في الأرواح", "killed"),
        ("لم يصب أحد في الحادث", "injured"),
    ],
)
def test_denials(text: str, kind: str) -> None:
    """A toll that is denied is a figure of its own role, and no total."""
    figures = read(text)
    assert [figure[3] for figure in figures if figure[0] == kind] == ["none"]
    assert not [figure for figure in figures if figure[3] == "total"]


def test_joint_sum() -> None:
    """A number for dead and wounded together is neither's total."""
    assert {role for *_, role in read("مقتل وإصابة 9 في تصادم")} == {"sum"}
    assert {role for *_, role in read("وصل عدد القتلى والجرحى إلى 25 عنصرا")} == {"sum"}


def test_parts() -> None:
    """What stands after "among them" is a part; a whole that has parts is none."""
    assert ("injured", 5, 5, "total") in read("أصيب 5 أشخاص بينهم 3 أطفال")
    assert ("killed", 12, 12, "total") in read("سقوط 12 قتيلا منهم 4 نساء")
    assert ("detained", 3, 3, "part") in read("رشقوا الدورية وأوقف الجنود ثلاثة منهم")


def test_an_adjective_is_nobody() -> None:
    """A word that can describe counts nobody right behind a noun."""
    assert read("رصد القصف برصاص قوات الجيش الإيطالي") == []


@pytest.mark.parametrize(
    ("text", "kind", "least"),
    [
        ("ألحقت أضرار بـ 37 سيارة", "vehicles", 37),
        ("أضرموا النار في نحو ستين سيارة وحافلتين", "vehicles", 2),
        ("دمرت السيول 420 منزلا", "homes", 420),
        ("تدمير ست آليات", "vehicles", 6),
        ("ضبطت القوة 4 بنادق آلية", "weapons", 4),
        ("تحطم مروحية في الجبل", "aircraft", 1),
    ],
)
def test_damage(text: str, kind: str, least: int) -> None:
    """Things count where they were damaged; weapons where they were seized."""
    assert (kind, least) in [figure[:2] for figure in read(text, damage=True)]


def test_what_carries_people_is_not_damaged() -> None:
    """Things that are only named, and what bears the bomb, are no damage."""
    assert read("وصل المحافظ بسيارة إلى المدرسة", damage=True) == []
    assert read("انفجار سيارة مفخخة", damage=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "القبض على كل من يقف وراء الجريمة",
        "بعد غرق مركب مهاجرين",
        "توفي الشيخ في المستشفى بإصابات بالغة",
        "فقد بلغت الحصيلة عشرين",
        "ومن بين القتلى 4 أطفال",
    ],
)
def test_words_that_count_nobody(text: str) -> None:
    """Whoever is behind a crime, a vessel's kind, how somebody died and «فقد» before a verb are no figures."""
    assert [figure for figure in read(text) if figure[1] is None or figure[1] != 1] == []

"""One total for each kind: which of an article's figures holds."""

from datetime import date

import pytest

from extractors.records import FigureKind, NewsText
from extractors.rules.figures import FigureReader
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import make_scene
from extractors.rules.totals import totals


def total(title: str, body: str, kind: FigureKind, *, fine: bool = False, gathering: bool = False) -> int | None:
    """The least of the total of a kind."""
    scene = make_scene(NewsText(title, body, date(2016, 5, 1)), knowledge())
    reader = FigureReader(scene)
    figures = [figure for number in range(len(scene.sentences)) for figure in reader.read(number)]
    count = totals(scene, figures, fine=fine, gathering=gathering).get(kind)
    return None if count is None else count.min


@pytest.mark.parametrize(
    ("title", "body", "kind", "least"),
    [
        ("انهيار جدار", "مقتل 5 عمال. وقالت الصحة إن حصيلة جديدة تفيد بمقتل 7 عمال", "killed", 7),
        ("مقتل 6 في سيل", "أسفر السيل عن مقتل 4 أشخاص", "killed", 4),
        ("أربعة جرحى في طعن", "أصيب مسافر في رقبته", "injured", 4),
        ("هجوم", "قتل 19 دركيا في هجوم. وأضاف أن أربعة من المهاجمين لقوا حتفهم", "killed", 23),
        ("استشهاد ضابط والقضاء على مسلحين", "استشهاد ضابط. وقضت القوة على مسلحين اثنين", "killed", 3),
        ("توقيف", "القبض على شخص في المحطة. كما تم إيقاف شخصين آخرين", "detained", 3),
        ("تفجير", "نتج عنه مقتله واستشهاد أحد عشر مصليا", "killed", 12),
        ("هجوم", "قال المسعفون إن ثمانية أصيبوا بالرصاص بينما أصيب سبعة باختناق", "injured", 15),
        ("اعتداء", "أسفر عن إصابة المصور في رأسه فيما أصيبت الصحفية في يدها", "injured", 2),
        ("40 مصابا في صدام", "أصيب 40 شخصا. كما أصيب 30 من المارة", "injured", 40),
        ("جثث", "عاين الفريق 4 جثث في المستشفى. وتبين أن أحدهم تلقى طعنة أودت بحياته", "killed", 4),
        ("معارك", "قتل 9 متمردين وأصيب 20 آخرون، بينما قتل جنديان وأصيب 7", "injured", 27),
        ("مسلح يقتل ثمانية قبل أن ترديه الشرطة", "أطلق النار فقتل ثمانية أشخاص قبل أن يرديه شرطي", "killed", 9),
        ("سقوط مروحية", "مقتل سفيرا البلدين. وأكد الجيش سقوط ستة قتلى", "killed", 6),
        ("كمين", "قتل سبعة عناصر من قوات الحدود. وقتل فيه ثلاثة عناصر من التنظيم", "killed", 10),
        ("إطلاق نار", "قتل مسلح ثمانية أشخاص في متجر. وقال شاهد إن حارسا أرداه قبل أن يهرب", "killed", 9),
        ("سرقة", "داهموا المحل وتم إيقاف صاحبه ثم أقر بأن شريكا له ساعده ليتم إيقافه كذلك", "detained", 2),
        ("قذيفة", "استشهد الحارس بعد إصابته بشظية", "injured", None),
        ("حريق", "تعرض 15 منهم لاختناقات. وعولجت إصابة بعض السكان", "injured", 15),
        ("ضبط سارق", "تم ضبط المتهم وبمواجهته أقر بالسرقة", "detained", 1),
        ("سيارة مسروقة", "عثر على السيارة وبمواجهة المتهم أقر بسرقتها", "detained", 1),
        ("حادث", "وفاة شخص وإصابة آخر حالته حرجة و7 جرحى", "injured", 8),
        ("مسيرة", "تظاهر المئات. وقالت الشرطة إن 150 شخصا شاركوا في التظاهرة", "participants", 150),
        ("القبض على سارق", "أكدت الشرطة الخبر. كما تم إيقاف شخصين آخرين", "detained", 3),
        ("قتلى في قصف على حي", "سقطت قذائف على الحي أمس", "killed", None),
        ("حريق", "شب حريق دون إصابات", "injured", None),
        ("تصادم", "مقتل وإصابة 9 في تصادم", "killed", None),
    ],
)
def test_total(title: str, body: str, kind: FigureKind, least: int | None) -> None:
    """The latest total, the body before the headline, both sides of a fight; a denial and a joint sum are none."""
    assert total(title, body, kind) == least


@pytest.mark.parametrize(("title", "least"), [("حملة أمنية", 4), ("إيقاف أربعة أشخاص في حملة", 4)])
def test_others_seized_besides_are_added_where_no_headline_counts_all(title: str, least: int) -> None:
    """«كما تمكنت الفرقة من إيقاف ثلاثة آخرين» adds three, but to no headline's number."""
    body = "تم إيقاف شاب في السوق. كما تمكن أعوان الفرقة من إيقاف ثلاثة أشخاص آخرين في الليلة نفسها."
    assert total(title, body, "detained") == least


def test_a_days_toll_is_no_single_places() -> None:
    """A toll of the last hours or of the whole country stays out of an incident with a place of its own."""
    body = "قتل ستون شخصا خلال الساعات الماضية"
    assert total("غارة", body, "killed") == 60
    assert total("غارة", body, "killed", fine=True) is None


def test_what_people_gather_for_is_not_their_toll() -> None:
    """A death that a protest came of is none of the protest."""
    body = "تسود البلدة حالة من الغضب بعد مقتل تاجر"
    assert total("غضب", body, "killed") == 1
    assert total("غضب", body, "killed", gathering=True) is None
    assert total("وقفة", "رفع المحتجون صور شهداء الجيش", "killed", gathering=True) is None
    both = "تجمع محتجون بعد وفاة تاجر وإصابة آخر ورشقوا الشرطة بالحجارة"
    assert total("غضب", both, "injured", gathering=True) is None

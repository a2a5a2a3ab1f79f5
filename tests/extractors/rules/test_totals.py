"""One total for each kind: which of an article's figures holds."""

from datetime import date

import pytest

from extractors.records import NewsText
from extractors.rules.figures import FigureReader
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import make_scene
from extractors.rules.totals import totals


def total(title: str, body: str, kind: str) -> int | None:
    """The least of the total of a kind."""
    scene = make_scene(NewsText(title, body, date(2016, 5, 1)), knowledge())
    reader = FigureReader(scene)
    figures = [figure for number in range(len(scene.sentences)) for figure in reader.read(number)]
    counts = {name: count for name, count in totals(scene, figures).items() if name == kind}
    return counts[kind].min if kind in counts else None


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
        ("حادث", "وفاة شخص وإصابة آخر حالته حرجة و7 جرحى", "injured", 8),
        ("مسيرة", "تظاهر المئات. وقالت الشرطة إن 150 شخصا شاركوا في التظاهرة", "participants", 150),
        ("القبض على سارق", "أكدت الشرطة الخبر. كما تم إيقاف شخصين آخرين", "detained", 3),
        ("قتلى في قصف على حي", "سقطت قذائف على الحي أمس", "killed", None),
        ("حريق", "شب حريق دون إصابات", "injured", None),
        ("تصادم", "مقتل وإصابة 9 في تصادم", "killed", None),
    ],
)
def test_total(title: str, body: str, kind: str, least: int | None) -> None:
    """The latest total, the body before the headline, both sides of a fight; a denial and a joint sum are none."""
    assert total(title, body, kind) == least

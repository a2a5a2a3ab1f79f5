"""The sources of incidents and figures: found by the words of citing, taken whole."""

from datetime import date

import pytest

from extractors.arabic.lexicon import read_lexicon
from extractors.coding import code_article
from extractors.records import NewsText
from extractors.rules.attribution import SourceReader
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import Scene, make_scene


def _scene(body: str) -> Scene:
    return make_scene(NewsText("", body, date(2024, 5, 6)), knowledge())


def _source(body: str) -> str | None:
    return SourceReader(_scene(body)).of_sentence(0)


def test_examples_of_the_lexicon_match_and_rejects_do_not() -> None:
    """An entry stands in its examples and in none of its rejects."""
    for table in read_lexicon("sources")["entry"]:
        for example in table.get("examples", ()):
            assert any(m.entry.id == table["id"] for m in _scene(example).found["sources"]), (table["id"], example)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("انهار المبنى مساء وفق مصدر أمني", "مصدر أمني"),
        ("اندلع الحريق فجرا بحسب ما أفاد به المتحدث باسم الدفاع المدني", "المتحدث باسم الدفاع المدني"),
        ("قالت وزارة الصحة إن عدد المصابين ارتفع", "وزارة الصحة"),
        ("أعلن اليوم المرصد السوري لحقوق الإنسان أن القصف تجدد", "المرصد السوري لحقوق الإنسان"),
        ("مصادر طبية أكدت وصول الجرحى", "مصادر طبية"),
        ("الداخلية: ضبط خمسة متهمين", "الداخلية"),
        ("قال سمير حداد إن النيران أتت على المتجر", "سمير حداد"),
        ("قتل ثلاثة حسبما نقل ناشطون محليون", "ناشطون محليون"),
        ("ارتفع العدد حسب حصيلة قدمتها الشرطة الاتحادية", "الشرطة الاتحادية"),
        ("تم الكشف عن المخزن وفق بلاغ لوزارة الدفاع اليوم", "وزارة الدفاع"),
        ("تلقى اللواء سمير فؤاد مدير أمن الجيزة إخطارا بالواقعة", "اللواء سمير فؤاد مدير أمن الجيزة"),
        ("وكان اللواء سمير فؤاد، مدير أمن الجيزة، قد تلقى بلاغا", "اللواء سمير فؤاد، مدير أمن الجيزة"),
        ("أكد مصدر في محافظة البيضاء وصول تعزيزات", "مصدر في محافظة البيضاء"),
        ("ووثق المرصد مقتل 71 مدنيا", "المرصد"),
    ],
)
def test_a_source_is_named_whole(text: str, source: str) -> None:
    """Behind a word of citing, as subject of a verb of saying on either side, or before a colon."""
    assert _source(text) == source


def test_the_origin_outweighs_the_medium() -> None:
    """«نقلت الوكالة عن مسؤول»: the official is the source."""
    assert _source("نقلت وكالة رويترز عن مسؤول محلي أن السد انهار") == "مسؤول محلي"


def test_whom_it_is_told_to_is_no_source() -> None:
    """«صرح لـ«الصحيفة»» names a listener."""
    text = "وأوضح لـ«الصحيفة» الناطق باسم الشرطة العقيد سالم أن الجاني فر"
    assert _source(text) == "الناطق باسم الشرطة العقيد سالم"
    assert _source("وقال قائد شرطة المدينة للصحافيين إن الجاني فر") == "قائد شرطة المدينة"
    assert _source("شب الحريق وفق ما أفاد به مصدر أمني مراسل الإذاعة بالجهة") == "مصدر أمني"
    assert _source("وقال مراسل لوكالة فرانس برس إن القصف تجدد") == "مراسل لوكالة فرانس برس"


@pytest.mark.parametrize(
    "text", ["وتم نقل الضابط إلى المستشفى", "وتم رصد بؤرة جديدة قرب القرية", "أسفر نقل الحمولة عن مصرع شخصين"]
)
def test_what_is_done_is_not_said(text: str) -> None:
    """A word of citing that is a noun of what was done cites nobody, and a victim is no source."""
    assert _source(text) is None


def test_a_title_behind_a_comma_belongs_to_the_name() -> None:
    """«فلان، المتحدث باسم …» is one source."""
    text = "وقال أيمن سالم، المتحدث باسم خفر السواحل، إن القارب غرق"
    assert _source(text) == "أيمن سالم، المتحدث باسم خفر السواحل"


@pytest.mark.parametrize("text", ["أشار الطريق إلى المدينة", "قال إن الأمر انتهى", "هذه الولاية التابعة للعاصمة"])
def test_no_name_no_source(text: str) -> None:
    """A verb without a named speaker cites nobody."""
    assert _source(text) is None


def test_a_source_spoken_of_again_is_the_one_named_before() -> None:
    """«المصدر نفسه» of a later sentence stands for the name before it."""
    body = "قالت مديرية الصحة إن المستشفى ممتلئ. وأضاف المصدر نفسه أن انفجارا قتل ثلاثة أشخاص اليوم في مدينة حلب."
    report = code_article(NewsText("", body, date(2024, 5, 6), "SY"), at_least=0.0).reports[0]
    assert report.attributed_to == "مديرية الصحة"


def test_a_figure_has_the_source_of_its_sentence() -> None:
    """Each count is given to whoever its own sentence cites."""
    body = "قتل خمسة أشخاص في قصف على مدينة إدلب اليوم وفق الدفاع المدني."
    report = code_article(NewsText("", body, date(2024, 5, 6), "SY"), at_least=0.0).reports[0]
    assert {figure.attributed_to for figure in report.figures} == {"الدفاع المدني"}

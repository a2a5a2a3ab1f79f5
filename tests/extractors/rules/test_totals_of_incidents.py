"""What an incident's row counts: its own toll out of all that the article tells, and every figure beside it."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import Figure, NewsText, Report

DAY = date(2024, 5, 14)


def _report(body: str, title: str = "", country: str = "IQ") -> Report:
    (report,) = code_article(NewsText(title, body, DAY, country), at_least=0.0).reports
    return report


def _pairs(report: Report) -> dict[str, tuple[int | None, int | None]]:
    return {total.kind: (total.min, total.max) for total in report.totals}


def _figures(report: Report, kind: str) -> list[Figure]:
    return [figure for figure in report.figures if figure.kind == kind]


@pytest.mark.parametrize(
    ("told", "pairs"),
    [
        ("أدى إلى مقتل ثلاثة وإصابة سبعة", {"killed": (3, 3), "injured": (7, 7)}),
        ("أدى إلى مقتل أكثر من عشرين شخصا", {"killed": (20, None)}),
        ("أدى إلى إصابة ما لا يقل عن 12 شخصا", {"injured": (12, None)}),
        ("أدى إلى إصابة نحو خمسين شخصا", {"injured": (50, 50)}),
        ("أدى إلى مقتل شخصين", {"killed": (2, 2)}),
        ("أدى إلى مقتل عشرات الأشخاص", {"killed": (20, None)}),
        ("أدى إلى سقوط قتلى وجرحى", {"killed": (2, None), "injured": (2, None)}),
        ("لم يسفر عن إصابات", {}),
    ],
)
def test_a_row_has_the_codebooks_pairs(told: str, pairs: dict[str, tuple[int | None, int | None]]) -> None:
    """Exact, more than, at least, about, the dual, dozens, a bare plural; a denial leaves the pair unknown."""
    assert _pairs(_report(f"وقع انفجار عبوة ناسفة في مدينة بعقوبة أمس و{told}.")) == pairs


def test_a_denial_is_a_figure_of_nought() -> None:
    """«دون إصابات» is told, and the row's pair stays unknown."""
    report = _report("انفجرت عبوة ناسفة في مدينة بعقوبة أمس دون إصابات.")
    assert [(f.min, f.max, f.role) for f in _figures(report, "injured")] == [(0, 0, "none")]
    assert "injured" not in _pairs(report)


def test_a_subset_is_a_part_of_its_toll() -> None:
    """«بينهم طفلان» adds nobody."""
    report = _report("قتل تسعة أشخاص بينهم طفلان بانفجار عبوة ناسفة في مدينة بعقوبة أمس.")
    assert _pairs(report)["killed"] == (9, 9)
    assert {(f.min, f.role) for f in _figures(report, "killed")} == {(9, "total"), (2, "part")}


def test_a_joint_sum_is_neithers_total() -> None:
    """«مقتل وإصابة 9» counts dead and wounded together."""
    assert _pairs(_report("مقتل وإصابة 9 أشخاص بانفجار عبوة ناسفة في مدينة بعقوبة أمس.")) == {}


def test_a_revised_toll_holds() -> None:
    """A toll that is told as risen replaces the first."""
    body = "قتل أربعة بانفجار عبوة ناسفة في مدينة بعقوبة أمس. وارتفعت حصيلة الانفجار إلى سبعة قتلى."
    assert _pairs(_report(body))["killed"] == (7, 7)


def test_the_body_corrects_the_headline() -> None:
    """Where they disagree the body holds."""
    body = "قتل أربعة أشخاص بانفجار عبوة ناسفة في مدينة بعقوبة أمس."
    assert _pairs(_report(body, "مقتل خمسة بانفجار في بعقوبة"))["killed"] == (4, 4)


def test_offsets_and_quotes_agree() -> None:
    """Each figure's quote stands at its offsets, in the field that it names."""
    text = NewsText(
        "مقتل خمسة بانفجار في بعقوبة", "قتل أربعة أشخاص وأصيب ٣ بانفجار عبوة ناسفة في مدينة بعقوبة أمس.", DAY, "IQ"
    )
    (report,) = code_article(text, at_least=0.0).reports
    assert {figure.field for figure in report.figures} == {"title", "body"}
    for figure in report.figures:
        assert (text.title if figure.field == "title" else text.body)[figure.start : figure.end] == figure.quote


def test_ages_money_and_distances_count_nobody() -> None:
    """A number beside a victim is not always a count of victims."""
    body = "قتل رجل عمره 64 عاما بانفجار عبوة ناسفة على بعد 30 كيلومترا من مدينة بعقوبة أمس وتضرر متجر بقيمة 900 دولار."
    assert _pairs(_report(body)) == {"killed": (1, 1)}


def test_the_headlines_toll_of_another_incident() -> None:
    """Two in the headline are those of the second strike, where the body says so; the first keeps its one."""
    body = (
        "سقط صاروخ على مستودع في مدينة ميكولايف الأوكرانية أمس الاثنين، ما أسفر عن مقتل حارس.\n"
        "وأعلن حاكم بيلغورود الروسية مقتل رجل وزوجته بقصف مدفعي على مدينة بيلغورود أمس."
    )
    reports = code_article(NewsText("قصف على ميكولايف وآخر يقتل شخصين في بيلغورود", body, DAY, "UA"), 0.0).reports
    assert [{total.kind: total.min for total in report.totals} for report in reports] == [{"killed": 1}, {"killed": 2}]

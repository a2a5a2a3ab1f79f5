"""Signs of belief, and what the fitted weights make of them."""

from datetime import date

import pytest

from extractors.arabic.fold import fold
from extractors.coding import code_article
from extractors.records import NewsText, Report
from extractors.rules.belief import confidence, threshold, weights
from extractors.rules.genre import lean, word_weights

DAY = date(2024, 5, 14)


def reports(title: str, body: str) -> tuple[Report, ...]:
    """All reports of a text, whatever their confidence."""
    return code_article(NewsText(title, body, DAY, "EG"), at_least=0.0).reports


def signs(title: str, body: str) -> dict[str, float]:
    """The signs of a text's first report."""
    return dict(reports(title, body)[0].signs)


CRASH = (
    "مصرع ثلاثة في تصادم حافلة وشاحنة بأسيوط",
    "لقي ثلاثة أشخاص مصرعهم وأصيب سبعة آخرون، مساء أمس الاثنين، في حادث تصادم بين حافلة وشاحنة بمحافظة أسيوط.",
)
COLUMN = (
    "حوادث الطرق وثقافة القيادة",
    "لماذا نقرأ كل يوم عن حادث تصادم في مصر؟ أظن أن الثقافة والتعليم هما بداية الطريق. هل نبدأ بالمدرسة أم بالبيت؟",
)


def test_a_told_incident_is_believed_and_a_column_is_not() -> None:
    """The report of a crash stands far above the threshold, a column that speaks of crashes below it."""
    assert reports(*CRASH)[0].confidence > threshold() + 0.2
    assert all(report.confidence < threshold() for report in reports(*COLUMN))


def test_signs_name_where_and_with_which_facts_it_is_told() -> None:
    """The lead, the headline, the day and the place in the clause are signs of their own."""
    found = signs(*CRASH)
    for name in ("told in the lead", "told in the headline", "a day", "a place in its clause", "killed or wounded"):
        assert found[name] == 1.0, name


def test_every_sign_has_a_weight() -> None:
    """No sign is computed in vain, and each lies between -1 and 1 but the bias."""
    for text in (CRASH, COLUMN):
        for report in reports(*text):
            assert {name for name, _ in report.signs} <= set(weights())
            assert all(-1 <= value <= 1 for _, value in report.signs)


def test_confidence_is_a_probability() -> None:
    """Whatever the signs, the confidence stays between 0 and 1; without any it is a half."""
    assert confidence({}) == pytest.approx(0.5)
    assert 0 <= confidence(dict.fromkeys(weights(), 1.0)) <= 1


def test_words_lean_to_reports_or_away() -> None:
    """A report's words lean one way, a match report's the other; unknown words say nothing."""
    assert lean(["اسفر", "اصابه", "شخصين", "حريق", "النيران"]) > 0.3
    assert lean(["مباراه", "المدرب", "الدوري", "اللاعبين"]) < -0.3
    assert lean(["qqq"]) == 0.0


def test_the_word_table_is_folded_and_bounded() -> None:
    """Each word of the table stands as folding leaves it, with a weight that no single word can outvote all by."""
    table = word_weights()
    assert len(table) > 1000
    assert all(abs(weight) <= 2.5 for weight in table.values())
    assert all(fold(word).text == word for word in list(table)[::50])

"""When an incident happened: the day of its own words before any other."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import NewsText, TimePrecision

MONDAY = date(2024, 5, 13)


def coded(body: str, title: str = "") -> tuple[date, TimePrecision]:
    """The first day and its precision of the first incident of an article."""
    report = code_article(NewsText(title, body, MONDAY, "EG"), at_least=0.0).reports[0]
    return report.date_start, report.time_precision


def test_the_day_of_a_statement_yields_to_the_day_of_the_act() -> None:
    """Who announces something yesterday that happened on Thursday tells of Thursday."""
    body = "أعلنت وزارة الداخلية، أمس، هوية الانتحاري الذي نفذ تفجيرا في مسجد بمدينة أسيوط يوم الخميس الماضي."
    assert coded(body) == (date(2024, 5, 9), "day")


def test_the_day_of_a_statement_alone_is_the_day() -> None:
    """Where only the day of the announcement is told, that day is taken."""
    assert coded("أعلنت الشرطة الأحد أن مسلحين قتلوا ثلاثة أشخاص في مدينة أسيوط.")[0] == date(2024, 5, 12)


def test_an_undated_act_has_the_day_of_what_is_told_before_it() -> None:
    """The lead gives the day, the next sentence the act."""
    body = "أغلقت السلطات مساء أمس طريقا في مدينة أسيوط. ثم انفجرت قنبلة في المكان فقتل أربعة أشخاص."
    assert coded(body) == (date(2024, 5, 12), "day")


def test_nothing_told_is_assumed() -> None:
    """Without any day the publication's is assumed, and said to be."""
    assert coded("قتل أربعة أشخاص في انفجار قنبلة بمدينة أسيوط.") == (MONDAY, "assumed")


def test_a_year_alone_is_no_day() -> None:
    """The year of a file number does not date a theft."""
    body = "ضبطت الشرطة لصا سرق سيارة في مدينة أسيوط، في المحضر رقم 782 لسنة 2024."
    assert coded(body) == (MONDAY, "assumed")


@pytest.mark.parametrize(
    ("told", "day"),
    [("فجر اليوم", 13), ("أمس الأحد", 12), ("أول أمس", 11), ("مساء الجمعة", 10)],
)
def test_the_day_of_the_clause(told: str, day: int) -> None:
    """Relative words and weekdays count from the publication day."""
    assert coded(f"قتل شخصان {told} في انفجار قنبلة بمدينة أسيوط.") == (date(2024, 5, day), "day")


def test_a_weekday_is_the_day_that_is_spelled_out_behind_it() -> None:
    """«الاثنين الموافق السادس من مايو» is one day."""
    assert coded("قتل شخصان الاثنين الموافق السادس من مايو في انفجار قنبلة بمدينة أسيوط.") == (date(2024, 5, 6), "day")


def test_the_day_on_which_the_dead_were_found_comes_last() -> None:
    """«بعد العثور أمس على جثامين …» dates the flood only where nothing else does."""
    found = "لقي ستة أشخاص مصرعهم في السيول بعد العثور أمس على جثامين ثلاثة منهم في مدينة تعز."
    days = [
        code_article(NewsText("", body, date(2024, 5, 14), "YE")).reports[0].date_start.day
        for body in (found, f"{found}\nواجتاحت السيول مدينة تعز يوم السبت وغمرت المياه المنازل.")
    ]
    assert days == [13, 11]

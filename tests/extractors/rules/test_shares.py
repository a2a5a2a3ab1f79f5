"""Whose toll is whose, where an article tells of several incidents."""

from datetime import date

from extractors.records import NewsText
from extractors.rules.analysis import analyse
from extractors.rules.incident import Incident
from extractors.rules.shares import leave_others_tolls


def test_a_headline_left_without_its_toll_tells_no_more() -> None:
    """A telling that was a toll alone is gone with it: what is left can be coded."""
    body = "أسفر الحريق في مدينة قابس عن مقتل شخصين. أسفر الحريق في مدينة جربة عن مقتل ستة أشخاص."
    article = analyse(NewsText("مقتل شخصين", body, date(2024, 5, 14), "TN"))
    title, first, second = article.tellings
    one, other = Incident([first]), Incident([second, title])
    leave_others_tolls(article.scene, [one, other])
    assert not title.triggers
    assert [telling.sentence for telling in other.tellings] == [second.sentence]

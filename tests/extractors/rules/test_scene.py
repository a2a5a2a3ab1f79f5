"""What a scene says of its sentences."""

from datetime import date

import pytest

from extractors.records import NewsText
from extractors.rules.knowledge import knowledge
from extractors.rules.scene import Scene, make_scene

_TITLE = "سقوط شرفة منزل في حي الزهراء وإصابة ثلاثة"
_BODY = (
    "سقطت شرفة منزل قديم في حي الزهراء مساء أمس. وأصيب ثلاثة أشخاص كانوا تحتها. "
    "ونقل المصابون إلى المستشفى. وقال جار إن البيت بلا صيانة منذ سنين."
)


def _scene(body: str) -> Scene:
    return make_scene(NewsText(_TITLE, body, date(2024, 3, 2), "EG", None), knowledge())


@pytest.mark.parametrize("tail", [_TITLE, f"رابط القصة على الموقع: {_TITLE}"])
def test_headline_printed_again_below_an_article_is_headline(tail: str) -> None:
    """A headline that a site repeats at the end tells nothing anew."""
    scene = _scene(f"{_BODY}\n{tail}")
    assert scene.in_title(len(scene.sentences) - 1)


def test_lead_in_the_words_of_the_headline_is_body() -> None:
    """Many articles begin with their headline's words: that is the lead."""
    scene = _scene(f"{_TITLE}. {_BODY}")
    assert [scene.in_title(number) for number in range(3)] == [True, False, False]

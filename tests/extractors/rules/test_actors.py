"""The sides of incidents: who did it, to whom, by which name and of which category."""

from datetime import date

import pytest

from extractors.arabic.lexicon import read_lexicon
from extractors.coding import code_article
from extractors.records import Actor, NewsText
from extractors.rules.claims import responsibility
from extractors.rules.knowledge import knowledge
from extractors.rules.parties import Party, PartyReader
from extractors.rules.roles import Part, RoleReader
from extractors.rules.scene import Scene, make_scene


def _scene(body: str) -> Scene:
    return make_scene(NewsText("", body, date(2024, 5, 6)), knowledge())


def _parties(body: str) -> dict[str, Party]:
    scene = _scene(body)
    return {scene.quote(p.first, p.last): p for s in scene.sentences for p in PartyReader(scene, s).read()}


def _roles(body: str) -> dict[str, Part]:
    scene = _scene(body)
    sentence = scene.sentences[0]
    parts = RoleReader(scene, sentence, PartyReader(scene, sentence).read()).read()
    return {scene.quote(part.party.first, part.party.last): part for part in parts}


def _sides(body: str, country: str) -> dict[int, Actor]:
    coding = code_article(NewsText("", body, date(2024, 5, 6), country), at_least=0.0)
    assert coding.reports, body
    return {actor.side: actor for actor in coding.reports[0].actors}


@pytest.mark.parametrize("name", ["actors", "sides"])
def test_examples_of_lexicons_match_and_rejects_do_not(name: str) -> None:
    """An entry stands in its examples and in none of its rejects."""
    for table in read_lexicon(name)["entry"]:
        for example in table.get("examples", ()):
            assert any(m.entry.id == table["id"] for m in _scene(example).found[name]), (table["id"], example)
        for reject in table.get("rejects", ()):
            assert not any(m.entry.id == table["id"] for m in _scene(reject).found[name]), (table["id"], reject)


@pytest.mark.parametrize(
    ("text", "name", "category"),
    [
        ("هاجم عناصر من حزب العمال الكردستاني القافلة", "عناصر من حزب العمال الكردستاني", "Rebel group"),
        ("أطلقت قوات الأمن التركية النار", "قوات الأمن التركية", "State forces"),
        ("هاجم مسلحون ملثمون المتجر", "مسلحون ملثمون", "Political militia"),
        ("اعتقل أعوان الحرس الوطني رجلا", "أعوان الحرس الوطني", "State forces"),
        ("قصفت طائرات تركية الجبل", "طائرات تركية", "State forces"),
        ("أوقف رجال الشرطة لصين", "لصين", "Criminals"),
    ],
)
def test_a_name_is_the_whole_noun_phrase(text: str, name: str, category: str) -> None:
    """A head takes its category from the name behind it, and adjectives belong to the name."""
    found = _parties(text)
    assert name in found
    assert found[name].category == category


def test_a_head_alone_is_no_party() -> None:
    """Aircraft or a site without a name or a nation are nobody."""
    assert not _parties("حلقت طائرات فوق موقع بعيد")


def test_an_adjective_of_a_deed_is_no_party() -> None:
    """«الهجوم الإرهابي» names no terrorists."""
    assert not _parties("وقع الهجوم الإرهابي مساء")


@pytest.mark.parametrize(
    ("text", "doer", "done_to"),
    [
        ("هاجم مسلحون الشرطة في الضاحية", "مسلحون", "الشرطة"),
        ("مسلحون هاجموا الشرطة في الضاحية", "مسلحون", "الشرطة"),
        ("اشتباكات بين الجيش وتنظيم داعش", "الجيش", "وتنظيم داعش"),
        ("مقتل شرطي على يد مسلحين", "مسلحين", "شرطي"),
        ("قتل مسلحون جنديا أمام بيته", "مسلحون", "جنديا"),
        ("هجوم لتنظيم داعش على قوات النظام", "لتنظيم داعش", "قوات النظام"),
    ],
)
def test_syntax_tells_who_did_it_to_whom(text: str, doer: str, done_to: str) -> None:
    """Subject, genitive, «على يد» and «بين» make the doer; object, «على» and «مقتل» the one done to."""
    parts = _roles(text)
    assert parts[doer].one > parts[doer].two
    assert parts[done_to].two > parts[done_to].one


def test_a_verb_of_harm_without_a_second_name_is_passive() -> None:
    """«قتل جنديان» tells whom it befell."""
    part = _roles("قتل جنديان قرب الحدود")["جنديان"]
    assert part.two > part.one


def test_a_force_abroad_is_external() -> None:
    """A state's force acts as External/other forces outside its own country, as State forces at home."""
    abroad = _sides("قصفت مدفعية الاحتلال الإسرائيلي حيا في خان يونس اليوم ما أدى إلى مقتل ثلاثة مدنيين.", "PS")
    assert abroad[1].category == "External/other forces"
    home = _sides("اعتقلت الشرطة الفرنسية أربعة أشخاص في مدينة ليون اليوم.", "FR")
    assert home[1].category == "State forces"


def test_the_counted_are_done_to() -> None:
    """People whom a figure counts are the second side, number and noun as written."""
    sides = _sides("شنت مقاتلات تركية غارة على قرية قرب مدينة دهوك العراقية أمس ما أدى إلى مقتل ستة مدنيين.", "IQ")
    assert sides[2].name == "ستة مدنيين"
    assert sides[2].category == "Civilians"


def test_police_at_a_peaceful_protest_are_no_side() -> None:
    """Nobody is done to where demonstrators only demonstrate."""
    sides = _sides("تظاهر مئات الطلاب اليوم أمام مقر البلدية في مدينة صفاقس بحضور الشرطة.", "TN")
    assert sides[1].category == "Protesters"
    assert 2 not in sides


def test_demonstrators_who_riot_are_rioters() -> None:
    """Stones and petrol bombs make rioters of demonstrators; the police face them."""
    sides = _sides("رشق المتظاهرون قوات الأمن بالحجارة والزجاجات الحارقة اليوم في مدينة الإسكندرية.", "EG")
    assert sides[1].category == "Rioters"
    assert sides[2].category == "State forces"


def test_in_crime_the_held_did_it() -> None:
    """Whom the police arrest for a crime is its doer; the police are never."""
    sides = _sides("ضبطت الشرطة لصين بعد سرقة متجر للهواتف اليوم في مدينة أسيوط.", "EG")
    assert sides[1].category == "Criminals"
    assert sides[1].name == "لصين"


def test_offsets_point_at_the_name() -> None:
    """An actor's span in the body holds its name."""
    body = "قال شاهد إن مسلحين هاجموا دورية للشرطة اليوم في مدينة الموصل وقتلوا شرطيين."
    for actor in _sides(body, "IQ").values():
        assert body[actor.start : actor.end] == actor.name


@pytest.mark.parametrize(
    ("text", "claim", "name"),
    [
        ("أعلن تنظيم داعش مسؤوليته عن التفجير", "claimed", "تنظيم داعش"),
        ("تبنت حركة طالبان الهجوم", "claimed", "حركة طالبان"),
        ("اتهمت السلطات حزب العمال الكردستاني بالهجوم", "accused", "حزب العمال الكردستاني"),
    ],
)
def test_claims_name_their_party(text: str, claim: str, name: str) -> None:
    """A claim is of the group that made it, an accusation of the accused and not of the accuser."""
    scene = _scene(text)
    known = responsibility(scene)
    assert known is not None
    assert known.party is not None
    assert (known.claim, scene.quote(known.party.first, known.party.last)) == (claim, name)


def test_nobody_known_is_a_claim_too() -> None:
    """«لم تتبن أي جهة» leaves the doer unknown."""
    known = responsibility(_scene("ولم تتبن أي جهة الهجوم حتى الآن"))
    assert known is not None
    assert known.claim == "unknown"

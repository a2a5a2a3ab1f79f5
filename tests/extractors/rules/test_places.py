"""Which places a text names, and which of their namesakes it means."""

from datetime import date

import pytest

from extractors.arabic.fold import fold_form
from extractors.places.gazetteer import Place
from extractors.places.towns import towns_like
from extractors.records import NewsText
from extractors.rules.analysis import analyse
from extractors.rules.locate import agree
from extractors.rules.place_mention import PlaceMention


def read(body: str, country: str | None = None, title: str = "") -> list[PlaceMention]:
    """The place mentions of a text in order."""
    return analyse(NewsText(title, body, date(2024, 5, 13), country)).places


def unknown(body: str, country: str) -> list[Place]:
    """The places of a text that only the text knows."""
    return [m.place for m in read(body, country) if m.place is not None and not m.place.name_en]


def named(body: str, country: str | None = None) -> list[tuple[str | None, str]]:
    """English name (None: unknown to the table) and role of each mention."""
    return [(m.place.name_en if m.place else None, m.role) for m in read(body, country)]


@pytest.mark.parametrize(
    ("body", "country"),
    [("انفجار في طرابلس الليبية", "LY"), ("انفجار في طرابلس شمال لبنان", "LB"), ("انفجار في صور بجنوب لبنان", "LB")],
)
def test_namesakes_are_told_by_what_stands_behind(body: str, country: str) -> None:
    """A nation's adjective or name behind an ambiguous name settles it."""
    first = read(body)[0].place
    assert first is not None
    assert first.country == country


def test_a_name_that_is_a_word_counts_where_its_country_is_spoken_for() -> None:
    """«بالزاوية» is a city to a Libyan paper, and a corner to an Egyptian one."""
    body = "خطف مسلحون موظفا بالزاوية مساء الأحد"
    assert named(body, "LY") == [("Az Zawiyah", "in")]
    assert named(body, "EG") == []


def test_a_direction_is_no_province() -> None:
    """«المنطقة العسكرية الشرقية» names no governorate."""
    assert named("أسقط الجيش الأردني مسيرة في المنطقة العسكرية الشرقية", "JO") == []


def test_a_country_is_not_its_capital() -> None:
    """A name that a country shares with its capital is the country, unless it says that it is the city."""
    assert read("تظاهر المئات في تونس", "TN")[0].precision == "country"
    assert read("تظاهر المئات في مدينة تونس", "TN")[0].precision == "city"


def test_the_capital_alone_is_the_city() -> None:
    """«العاصمة» stands for the capital of the country spoken of."""
    assert named("انفجار في العاصمة الليبية") == [("Tripoli", "in")]
    assert named("سطو على بنك في العاصمة", "EG") == [("Cairo", "in")]


def test_part_of_a_country() -> None:
    """«شمال شرق نيجيريا» is a region of its own, in the north and east of the country."""
    part = read("هجوم في شمال شرق نيجيريا")[0]
    assert part.precision == "admin"
    assert part.place is not None
    assert part.place.latitude is not None
    assert part.place.longitude is not None
    assert part.place.latitude > 9
    assert part.place.longitude > 9


def test_a_foreign_town_is_found_by_its_sound() -> None:
    """A town that the table lacks is known by its Latin name, in the country that the text names."""
    body = "قتل ثلاثة أشخاص في بلدة تاريمورو بولاية غواناخواتو وسط المكسيك"
    assert ("Tarimoro", "in") in named(body)


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("أوكارا", "PK", "Okara"),
        ("تيريسوبوليس", "BR", "Teresopolis"),
        ("ساريكاميس", "TR", "Sarikamis"),
        ("روتشورو", "CD", "Rutshuru"),
        ("أولناي سو بوا", "FR", "Aulnay-sous-Bois"),
        ("بانجين", "CN", "Panjin"),
    ],
)
def test_towns_by_sound(name: str, country: str, found: str) -> None:
    """Spanish, Turkish, French, Chinese and other spellings are read as their country says them."""
    assert towns_like(fold_form(name), country)[0].name_en == found


def test_a_town_by_sound_is_of_its_country_alone() -> None:
    """The same letters in another country are no town of this one."""
    assert towns_like(fold_form("أوكارا"), "LB") == ()


def test_a_word_that_describes_is_no_name() -> None:
    """«قاعدة عسكرية» and «محطة وقود» name no place."""
    assert named("انفجار في قاعدة عسكرية وحريق في محطة وقود", "EG") == []


def test_a_quarter_is_of_the_town_beside_it() -> None:
    """A quarter's name that another city has too is a quarter of the town told with it, at that town's point."""
    quarter, town = read("قصف منزل في حي النصر بمدينة رفح", "PS")
    assert quarter.place is not None
    assert town.place is not None
    assert quarter.place.id != town.place.id
    assert (quarter.place.latitude, quarter.place.admin1) == (town.place.latitude, town.place.admin1)
    assert (quarter.precision, quarter.place.name_en) == ("exact", "")


def test_villages_that_only_the_text_knows_are_told_apart() -> None:
    """Two unknown villages of one countryside are two places; one village in other words is one."""
    first, second, again = unknown("قصف قرية المرشوحة وقرية الدبنة في ريف حماة ثم قرية مرشوحة", "SY")
    assert first.id == again.id != second.id
    assert not agree(first, second)


def test_what_describes_is_no_place_of_its_own() -> None:
    """«مخيم دائم», «منفذ الهجوم»: no camp and no crossing that bears a name."""
    assert unknown("أقيم مخيم دائم في عمّان وأوقف منفذ الهجوم", "JO") == []


def test_the_place_around_an_unknown_one_is_of_its_country() -> None:
    """An unknown quarter lies where its country's town is told, not beside a namesake in another country."""
    quarter = unknown("تحدثت بيروت عن تظاهر سكان حي الورشان، وذلك في سوريا غير بعيد عن دمشق", "SY")[0]
    assert (quarter.country, quarter.admin1) == ("SY", "Damascus")


def test_a_name_shared_with_a_greater_city_is_settled_by_the_text() -> None:
    """«زنجبار» of a Yemeni text is the town of Abyan, and its own name does not speak for Tanzania."""
    assert ("Zinjibar", "in") in named("دخلت المقاومة في زنجبار عاصمة محافظة أبين ثم انتشرت في زنجبار", "YE")


def test_a_part_of_the_compass_is_no_foreign_province() -> None:
    """«من الجهة الشرقية» names no province of a country that nothing else speaks of."""
    assert named("تقدمت القوات من الجهة الشرقية لمدينة تعز في اليمن", "YE")[0][0] == "Taiz"


def test_a_ministry_is_of_the_country_spoken_of() -> None:
    """«أمام البرلمان» in a text about Britain stands in London, though the paper is Tunisian."""
    text = "قالت الشرطة البريطانية إن البريطانيين تجمعوا أمام البرلمان. وتوجه وزير بريطاني إلى بريطانيا"
    assert ("London", "seat") in named(text, "TN")


def test_a_home_is_a_home_with_its_province() -> None:
    """What holds of a place holds of the one told right behind it."""
    assert named("لقي سائق مقيم بالقناطر الخيرية - القليوبية مصرعه", "EG") == [
        ("Al Qanatir al Khayriyah", "from"),
        ("Qalyubia", "from"),
    ]


def test_a_camp_of_forces_is_no_unit() -> None:
    """A force's own place is of the unit; its camp or mosque is where something happens."""
    told = [named(f"تفجير استهدف {site} الطوارئ بمنطقة عسير", "SA")[-1][1] for site in ("قوات", "مسجد قوات")]
    assert told == ["unit", "in"]


def test_a_hospital_is_a_place_only_where_something_happened_in_it() -> None:
    """Who is taken to a hospital was hurt elsewhere; who is hurt in one was hurt there."""
    assert [role for _, role in named("نقل المصاب إلى مستشفى العريش العام", "EG")] == ["care"]
    assert [role for _, role in named("شجار بين زائرين في مستشفى العريش العام", "EG")] == ["in"]


def test_a_word_behind_the_capital_is_no_name() -> None:
    """Every capital is known."""
    assert unknown("شهدتها شوارع العاصمة استمرت لساعات", "LY") == []


def test_a_road_only_leads_to_its_towns() -> None:
    """A road is named after towns far away."""
    assert [role for _, role in named("تصادم على طريق الإسكندرية - مطروح", "EG")] == ["road", "road"]
    within = named("هجوم بطريق الخارجة - أسيوط بمحافظة الوادي الجديد", "EG")
    assert [role for _, role in within] == ["road", "road", "in"]


def test_joined_names_share_their_sort() -> None:
    """«محافظتي الأنبار وكركوك»: the second is a governorate too."""
    assert [m.precision for m in read("معارك في محافظتي الأنبار وكركوك", "IQ")] == ["admin", "admin"]


def test_a_quarter_is_not_the_city_whose_name_it_has() -> None:
    """«حي الرياض» in a Tunisian paper is a quarter, and nothing of Saudi Arabia."""
    assert named("تفكيك شبكة في حي الرياض", "TN") == [(None, "in")]


def test_a_place_is_not_in_another_country_than_its_province() -> None:
    """«مديرية الوادي في محافظة مأرب» is not the Algerian town."""
    assert {m.place.country for m in read("ضبط شاحنة في مديرية الوادي في محافظة مأرب", "SA") if m.place} == {"YE"}


def test_what_is_in_what_came_from_there_is_contained() -> None:
    """«معتمدية … من ولاية …» contains; «مهربة من الجزائر» comes from there."""
    assert [role for _, role in named("مواجهات في معتمدية غار الدماء من ولاية جندوبة", "TN")] == ["in", "in"]
    assert [role for _, role in named("حجز أبقار مهربة من الجزائر", "TN")] == ["out"]


def test_what_people_demonstrate_about_is_not_where_they_stand() -> None:
    """«تضامنا مع غزة» says nothing of where, «احتجاجا على الحرب في غزة» hardly; the town said before does."""
    roles = dict(named("خرجت مسيرة في صفاقس تضامنا مع غزة، وأخرى في سوسة احتجاجا على الحرب في غزة", "TN"))
    assert (roles["Sfax"], roles["Sousse"], roles["Gaza"]) == ("in", "in", "about")
    assert ("Gaza", "for") in named("خرجت مسيرة في صفاقس تضامنا مع غزة", "TN")


def test_a_street_joined_to_a_street_is_no_city() -> None:
    """«شارعي الثورة وبغداد»: the second is a street too."""
    assert ("Baghdad", "plain") not in named("سقطت قذائف على شارعي الثورة وبغداد في دمشق", "SY")


def test_a_citys_name_with_its_sort_is_any_city_of_the_name() -> None:
    """«مدينة القصير» of an Egyptian text is the town on the Red Sea, though a Syrian one is printed so too."""
    mention = read("انفجار في مدينة القصير بالبحر الأحمر في مصر", "EG")[0]
    assert mention.place is not None
    assert mention.place.country == "EG"


def test_a_place_that_another_belongs_to_is_around_it() -> None:
    """Behind a village "belonging to" tells the district it lies in; behind a patrol only whose it is."""
    assert named("حريق بقرية البيروم التابعة لمركز فاقوس", "EG")[-1] == ("Faqus", "in")
    assert named("دورية تابعة لمركز فاقوس", "EG") == [("Faqus", "from")]


def test_a_namesake_abroad_is_no_part_of_the_district_told_behind_it() -> None:
    """A quarter "of the district of" a town here is not the city of that name in another country."""
    assert {m.place.country for m in read("حادث بمنطقة المنصورة من معتمدية كسرى", "TN") if m.place} == {"TN"}


def test_a_channels_name_tells_no_place() -> None:
    """A channel called by a country's name says nothing of where it happened."""
    assert named("نقل موقع روسيا اليوم النبأ", "TN") == []


def test_a_condemned_act_happened_where_it_is_told_behind() -> None:
    """Who condemns stands before the act, and where he sits is not where it happened."""
    body = "ندد أعيان بمحافظة أملج بالتفجير في مسجد بمنطقة عسير أمس."
    told = analyse(NewsText("", body, date(2024, 5, 13), "SA")).tellings
    assert {p.place.name_en for t in told if t.triggers for p in t.places if p.place} == {"Asir"}


def test_a_square_known_to_the_whole_country_needs_no_town_beside_it() -> None:
    """Cairo's square is meant though the text names another town of Egypt."""
    assert named("اشتباكات في ميدان التحرير. وفي بورسعيد هدوء.", "EG")[0] == ("Tahrir Square", "in")


def test_coasts_are_a_countrys() -> None:
    """A capital that bears its country's name has none."""
    assert named("انقلاب قارب قبالة سواحل الجزائر", "TN") == [("Algeria", "in")]


def test_a_capital_stands_behind_in_though_it_is_a_governments_name_too() -> None:
    """Something happens "in" Tehran; what "Tehran said" tells no place."""
    assert named("انفجار في طهران", "LB") == [("Tehran", "in")]
    assert named("قالت طهران إنها سترد", "LB") == []
    assert named("قتل تسعة في سيول جارفة", "SA") == []

"""Where an incident happened, as its report says it."""

from datetime import date

import pytest

from extractors.coding import code_article
from extractors.records import Location, NewsText


def where(body: str, country: str | None = "EG", title: str = "") -> Location:
    """The location of the first report of an article."""
    return code_article(NewsText(title, body, date(2024, 5, 13), country), at_least=0.0).reports[0].location


def test_an_unknown_quarter_stands_in_the_city_told_with_it() -> None:
    """The quarter's name as written, the city's point, and the precision of the quarter."""
    found = where("قتل شخصان في انفجار عبوة في حي الزهراني بمدينة العريش")
    assert (found.place, found.geo_precision) == ("حي الزهراني", "exact")
    assert found.latitude == pytest.approx(31.13, abs=0.05)


def test_the_headlines_place_gives_way_to_a_finer_one() -> None:
    """«الكاف : …» is the province of the town that the body tells."""
    found = where("قتل شخصان في حادث مرور بمدينة تاجروين من ولاية الكاف", "TN", "الكاف : قتيلان في حادث مرور")
    assert found.place_en == "Tajerouine"


def test_villages_before_the_town_they_are_measured_from() -> None:
    """The place itself, not the one that says how far it is."""
    assert where("قتل شخصان في قصف على بلدة خان شيخون جنوب إدلب", "SY").place_en == "Khan Shaykhun"


def test_a_seat_of_the_capital_where_only_the_country_is_told() -> None:
    """A protest before the parliament is in the capital."""
    found = where("تظاهر المئات أمام البرلمان احتجاجا على الغلاء", "TN")
    assert (found.country, found.place) == ("TN", "البرلمان")
    assert found.latitude == pytest.approx(36.8, abs=0.1)


def test_an_office_only_where_nothing_else_is_told() -> None:
    """«مدير أمن سوهاج» says where, if nothing does."""
    assert where("تلقى مدير أمن سوهاج بلاغا بمقتل مزارع رميا بالرصاص").place_en in {"Sohag", "Suhaj"}
    assert where("تلقى مدير أمن سوهاج بلاغا بمقتل مزارع رميا بالرصاص بمدينة طهطا").place_en == "Tahta"


def test_the_place_keeps_no_half_of_a_pair_of_marks() -> None:
    """A quotation mark whose other half is outside the name is no part of it."""
    assert where('قتل شخصان في انفجار قنبلة في قرية "عين زهرة الوادي الجديدة" بمحافظة أسيوط').place.count('"') != 1


def test_an_institutions_country_where_no_place_is_named() -> None:
    """A student of a foreign university, in a paper of his own country; the police of a country act there."""
    assert where("لقي طالب مصرعه أمس بطلق ناري في حرم جامعة ويتشنبرغ الأمريكية.", "SA").country == "US"
    assert where("أوقفت الشرطة الألمانية أمس رجلا سرق ستة متاجر.", "TN").country == "DE"
    assert where("أوقفت الشرطة الألمانية أمس رجلا في مدينة ليون سرق ستة متاجر.", "TN").country == "FR"


def test_an_officials_region_where_no_more_than_the_country_is_told() -> None:
    """Whose governor visits the site tells where it is; the capital's offices speak of the whole country."""
    body = "السعودية: زار أمير منطقة عسير موقع التفجير الذي قتل فيه خمسة أشخاص أمس."
    assert where(body, "SA").place == "منطقة عسير"


def test_a_boat_sinks_off_the_coast_that_is_told() -> None:
    """The sea before a country, not where the rescued were brought; a town there is finer."""
    found = where("وصل إلى باليرمو ستون مهاجرا نجوا أمس من غرق مركبهم قبالة السواحل الليبية.", "SA")
    assert (found.country, found.geo_precision, found.latitude) == ("LY", "admin", None)
    assert where("غرق مركب مهاجرين أمس قبالة سواحل ليبيا قرب مدينة زوارة.", "SA").place_en == "Zuwarah"

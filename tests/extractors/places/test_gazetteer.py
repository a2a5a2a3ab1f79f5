"""The place table: what it must hold, and what it must never hold."""

import subprocess
import sys
from collections import Counter
from importlib.resources import files

import pytest
from babel import Locale

from extractors.arabic.fold import fold, fold_form
from extractors.places.gazetteer import Gazetteer, Place, gazetteer

PROVINCES = {
    "DZ": 58, "BH": 4, "KM": 3, "DJ": 5, "EG": 27, "IQ": 20, "JO": 12, "KW": 6, "LB": 8, "LY": 22, "MR": 15,
    "MA": 12, "OM": 11, "PS": 16, "QA": 8, "SA": 13, "SO": 18, "SD": 18, "SY": 14, "TN": 24, "AE": 7, "YE": 22,
}  # fmt: skip
# South, north, west, east; generous by a degree.
BOUNDS = {
    "EG": (21.0, 32.5, 24.0, 37.5), "SA": (15.5, 33.0, 34.0, 56.5), "YE": (11.5, 19.5, 41.5, 55.0),
    "IQ": (28.5, 38.0, 38.0, 49.5), "SY": (32.0, 38.0, 35.0, 43.0), "LB": (32.8, 35.0, 34.8, 37.0),
    "JO": (28.8, 34.0, 34.5, 40.0), "PS": (30.9, 33.0, 33.9, 36.0), "IL": (29.0, 33.7, 33.9, 36.3),
    "TN": (29.5, 38.0, 7.0, 12.5), "DZ": (18.0, 37.9, -9.2, 12.5), "MA": (20.5, 36.5, -17.5, -0.5),
    "LY": (19.0, 34.0, 9.0, 26.0), "SD": (8.0, 23.5, 21.0, 39.5), "SO": (-2.2, 12.5, 40.5, 52.0),
    "MR": (14.0, 28.0, -18.0, -4.5), "AE": (22.0, 26.8, 51.0, 57.0), "QA": (24.0, 27.0, 50.3, 52.2),
    "KW": (28.0, 30.6, 46.0, 49.0), "BH": (25.3, 26.8, 50.0, 51.1), "OM": (16.0, 27.0, 51.5, 60.5),
    "TR": (35.0, 43.0, 25.0, 45.5), "IR": (24.0, 40.5, 43.5, 64.0), "AF": (28.5, 39.0, 60.0, 75.5),
    "UA": (43.5, 53.0, 21.5, 41.0), "IN": (6.0, 38.0, 67.0, 98.0), "PK": (22.5, 38.0, 60.0, 78.5),
    "NG": (3.5, 14.5, 2.0, 15.5), "KZ": (40.0, 56.0, 46.0, 88.0),
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> Gazetteer:
    """The table as shipped."""
    return gazetteer()


def where(table: Gazetteer, name: str) -> set[tuple[str | None, str | None]]:
    """The countries and provinces of the places that bear a name."""
    return {(place.country, place.admin1) for place in table.find(name)}


def one(table: Gazetteer, name: str, country: str) -> Place:
    """The likeliest place of that name in that country."""
    return next(place for place in table.find(name) if place.country == country)


def test_every_country_has_its_arabic_name(table: Gazetteer) -> None:
    """A country is known by the name that CLDR gives it, or by one that stands in for it, and is never pinned."""
    rare = {"PS", "BS", "MO"}  # named otherwise by newspapers
    for code, name in Locale("ar").territories.items():
        place = table.places.get(code)
        if place is None:
            continue
        assert place.kind == "country"
        assert place.latitude is None
        if code not in rare and "(" not in name and " - " not in name:
            assert any(p.country == code for p in table.find(name)) or code == "DK", name

    assert len([place for place in table.places.values() if place.kind == "country"]) > 195


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("أمريكا", "US"), ("أميركا", "US"), ("الولايات المتحدة الأميركية", "US"), ("بريطانيا", "GB"),
        ("المملكة المتحدة", "GB"), ("كوريا الجنوبية", "KR"), ("الإمارات", "AE"), ("فلسطين", "PS"),
        ("إسرائيل", "IL"), ("السعودية", "SA"), ("سورية", "SY"), ("كازخستان", "KZ"), ("إفريقيا الوسطى", "CF"),
    ],
)  # fmt: skip
def test_countries_as_newspapers_name_them(table: Gazetteer, name: str, code: str) -> None:
    """The variants that newspapers print lead to the same country as its official name."""
    assert code in {place.id for place in table.find(name)}


@pytest.mark.parametrize("country", PROVINCES)
def test_every_province_of_the_arab_states_is_there(table: Gazetteer, country: str) -> None:
    """Each Arab state has all its provinces, each with an Arabic name and a point."""
    found = [p for p in table.places.values() if p.country == country and p.kind == "admin1"]

    assert PROVINCES[country] == len(found)
    assert all(p.names and p.latitude is not None for p in found)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("ريف حلب", "SY"), ("ريف دمشق", "SY"), ("الغوطة", "SY"), ("قطاع غزة", "PS"), ("الضفة الغربية", "PS"),
        ("سيناء", "EG"), ("جنوب لبنان", "LB"), ("الجنوب اللبناني", "LB"), ("عسير", "SA"), ("محافظة القطيف", "SA"),
        ("الأنبار", "IQ"), ("كردستان", "IQ"), ("الصعيد", "EG"), ("الجولان", "SY"), ("دارفور", "SD"),
        ("القرم", "UA"), ("دونباس", "UA"), ("كاليفورنيا", "US"), ("ميزوري", "US"), ("شينجيانغ", "CN"),
        ("بورنو", "NG"), ("الشيشان", "RU"), ("راخين", "MM"), ("كشمير", "IN"), ("هلمند", "AF"),
    ],
)  # fmt: skip
def test_regions_and_provinces_as_newspapers_name_them(table: Gazetteer, name: str, country: str) -> None:
    """A region stands for an area: its precision is admin."""
    place = one(table, name, country)

    assert place.precision in {"admin", "city"}
    assert "admin" in {p.precision for p in table.find(name) if p.country == country}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("الشجاعية", "PS"), ("حي الزيتون", "PS"), ("مخيم جباليا", "PS"), ("تل الهوى", "PS"), ("خزاعة", "PS"),
        ("بني سهيلا", "PS"), ("المغازي", "PS"), ("باب العامود", "PS"), ("المسجد الأقصى", "PS"), ("جوبر", "SY"),
        ("الضاحية الجنوبية", "LB"), ("حارة حريك", "LB"), ("عيترون", "LB"), ("ميدان التحرير", "EG"),
        ("جبل الشعانبي", "TN"), ("حي التضامن", "TN"), ("القديح", "SA"), ("مدينة الصدر", "IQ"), ("كريتر", "YE"),
        ("معيتيقة", "LY"), ("معبر رفح", "PS"), ("باتاكلان", "FR"), ("الضلوعية", "IQ"), ("حزانو", "SY"),
        ("الفتيحاب", "SD"), ("قرقارش", "LY"), ("ميدان النافورة", "EG"), ("دماج", "YE"), ("القبيات", "LB"),
    ],
)  # fmt: skip
def test_quarters_camps_and_sites(table: Gazetteer, name: str, country: str) -> None:
    """Quarters, camps, villages and sites that the news names have a point of their own."""
    place = one(table, name, country)

    assert place.latitude is not None


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("الرقة", {"SY", "KW"}), ("رفح", {"PS", "EG"}), ("طرابلس", {"LY", "LB"}), ("صور", {"LB", "OM"}),
        ("القاهرة", {"EG"}), ("الشرقية", {"EG", "SA"}), ("البيضاء", {"LY", "YE"}), ("المنصورة", {"EG", "YE"}),
        ("أريحا", {"PS", "SY"}), ("القصرين", {"TN"}), ("السويداء", {"SY"}), ("دوما", {"SY", "PS"}),
    ],
)  # fmt: skip
def test_ambiguous_names_keep_all_their_places(table: Gazetteer, name: str, countries: set[str]) -> None:
    """A name that several places bear leads to all of them: which is meant is not for the table to say."""
    assert countries <= {place.country for place in table.find(name)}


def test_no_place_stands_twice(table: Gazetteer) -> None:
    """No id twice, and no two towns of one country with one name and the same point."""
    rows = list((files("extractors.places") / "places.tsv").read_text("utf-8").splitlines())
    ids = Counter(row.split("\t")[0] for row in rows)
    spots = Counter(
        (place.country, name, place.latitude, place.longitude)
        for place in table.places.values()
        if place.kind in {"city", "town", "village"}
        for name in map(fold_form, place.names)
    )

    assert [key for key, count in ids.items() if count > 1] == []
    assert [spot for spot, count in spots.items() if count > 1] == []


@pytest.mark.parametrize("country", sorted(BOUNDS))
def test_points_lie_in_their_country(table: Gazetteer, country: str) -> None:
    """A slip of a hand-written coordinate shows as a point outside its country."""
    south, north, west, east = BOUNDS[country]
    outside = [
        (place.id, place.latitude, place.longitude)
        for place in table.places.values()
        if place.country == country
        and place.latitude is not None
        and place.longitude is not None
        and not (south <= place.latitude <= north and west <= place.longitude <= east)
    ]

    assert outside == []


def test_names_are_arabic_and_clean(table: Gazetteer) -> None:
    """No Persian or Urdu letter, no mark, no brackets: names stand as Arabic newspapers print them."""
    allowed = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيڨـ -'0123456789") | set("ًٌٍَُِّْ")
    strange = [name for place in table.places.values() for name in place.names if set(name) - allowed]

    assert strange == []


def test_the_index_folds_as_the_fold_does(table: Gazetteer) -> None:
    """Folding all names in one piece gives what folding each of them gives."""
    expected = {fold_form(name) for place in table.places.values() for name in place.names}

    assert expected == set(table.names)
    assert all(name == fold(name).text for name in table.names)


def test_every_place_names_its_province_as_the_province_does(table: Gazetteer) -> None:
    """A place's province is found as a place, with its Arabic name."""
    lost = [place.id for place in table.places.values() if place.admin1 and table.province(place) is None]

    assert lost == []
    gaza = table.province(one(table, "الشجاعية", "PS"))
    assert gaza is not None
    assert gaza.names[0] == "غزة"


def test_names_that_are_words_need_a_cue(table: Gazetteer) -> None:
    """Ordinary words and first names are marked; the great cities and countries are not."""
    marked = ["صور", "الخمس", "الأبيض", "معسكر", "سليمان", "جمال", "العظيم", "مالي", "بنان"]
    free = ["القاهرة", "بغداد", "مصر", "غزة", "الموصل", "حلب", "واشنطن", "صفاقس", "ألماتي", "القطيف"]

    assert [name for name in marked if fold_form(name) not in table.words] == []
    assert [name for name in free if fold_form(name) in table.words] == []
    assert table.strict <= table.words


def test_words_that_are_never_places_are_left_out(table: Gazetteer) -> None:
    """Function words and directions that some village bears as its name do not reach the table."""
    never = ["إلى", "كان", "أن", "الشرق", "جنوب", "المدينة", "البلاد", "قالت", "بنت", "السوق"]

    assert [name for name in never if table.find(name)] == []


def test_adjectives_are_weak_evidence(table: Gazetteer) -> None:
    """Adjectives of countries lead to country codes, in all their endings, and are no names of places."""
    assert table.adjectives[fold_form("المصرية").removeprefix("ال")] == ("EG",)
    assert table.adjectives[fold_form("تونسيون")] == ("TN",)
    assert table.adjectives[fold_form("أميركيين")] == ("US",)
    assert table.adjectives[fold_form("سودانيان")] == ("SD",)


def test_seas_have_no_country_and_no_pin(table: Gazetteer) -> None:
    """A sea is known, so that it is not taken for something else, and places nothing."""
    for name in ["البحر المتوسط", "باب المندب", "خليج عدن", "مضيق هرمز"]:
        sea = next(place for place in table.find(name) if place.kind == "sea")

        assert sea.country is None
        assert sea.latitude is None


def test_supplements_are_in_the_table(table: Gazetteer) -> None:
    """What is written by hand has been built in: after an edit the table must be made anew."""
    missing = []
    for path in (files("extractors.places") / "supplements").iterdir():
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            _, country, _, _, _, name_en, _, names = line.split("\t")
            known = [p for n in names.split(", ") for p in table.find(n) if (p.country or "") == country]
            if not known and any(fold_form(n) not in table.words for n in names.split(", ")):
                missing.append(f"{country} {name_en}")

    assert len(missing) < 15, missing


def test_the_table_loads_fast_and_small() -> None:
    """A worker that starts does not wait for the table: well under half a second and 60 MB, on a slow machine too."""
    program = (
        "import resource, time, extractors.arabic.fold\n"
        "start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "from extractors.places.gazetteer import gazetteer\n"
        "gazetteer()\n"
        "print(time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, ran.stdout.split())

    assert seconds < 0.75
    assert megabytes < 60


def test_a_hand_does_not_move_a_surveyed_town(table: Gazetteer) -> None:
    """A town written by hand is GeoNames' town of that name in its province, not a second one some way off."""
    towns = {"city", "town", "village"}
    surveyed = {
        (place.country, place.admin1, fold_form(name))
        for place in table.places.values()
        if place.id.startswith("g") and place.kind in towns
        for name in place.names
    }
    twice = [
        place.id
        for place in table.places.values()
        if ":" in place.id and place.kind in towns and place.admin1
        if any((place.country, place.admin1, fold_form(name)) in surveyed for name in place.names)
    ]

    assert twice == []

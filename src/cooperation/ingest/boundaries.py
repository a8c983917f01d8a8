"""Outlines for the maps, from Natural Earth, with Western Sahara drawn whole."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import shapely
from shapely.geometry import box, shape

from cooperation.errors import DataError

UPSTREAM = "natural-earth/ne_50m_admin_0_countries_context.geojson"
PUBLISHER = "https://www.naturalearthdata.com/"
SHA256 = "156aaea8940e64832b119547e55dc62fadbc9ff69cd895471de0aa4aa1670e53"
CONTEXT = ("GMB", "GNB", "SLE", "LBR", "CAF")
NORTHERN_LIMIT = 27 + 40 / 60
TOLERANCE = 0.04
SMALLEST_RING = 0.05


def build(path: Path, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Cut, join and simplify Natural Earth's 1:50m countries.

    Natural Earth gives the ground west of the berm to Morocco and draws as
    "W. Sahara" only the strip east of it. Morocco is cut at 27 degrees 40
    minutes north, the northern line of the former Spanish Sahara, and the
    southern piece is joined to that strip, so that the territory stands whole.

    Parameters
    ----------
    path : pathlib.Path
        Natural Earth countries as GeoJSON.
    countries : pandas.DataFrame
        Table ``countries``; its ``iso3`` selects the areas, beside a few
        neighbours that fill the frame of a map.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``boundaries``: iso3, ring, point, longitude, latitude (degrees, two
        decimals). Neighbours are simplified together so that shared borders
        stay shared; rings smaller than 0.05 square degrees are left out.

    Raises
    ------
    DataError
        If an area is missing, or if Western Sahara does not come out at the
        size of the whole territory.
    """
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    areas = {item["properties"]["ADM0_A3"]: shape(item["geometry"]) for item in features}
    wanted = [*countries["iso3"], *CONTEXT]
    areas["ESH"] = areas.pop("SAH", None)
    for iso3 in wanted:
        if areas.get(iso3) is None:
            raise DataError(f"{path.name}: no area for {iso3}")
    south = box(-20, 15, 0, NORTHERN_LIMIT)
    areas["ESH"] = shapely.union_all([areas["ESH"], areas["MAR"].intersection(south)])
    areas["MAR"] = areas["MAR"].difference(south)
    if not 22 < areas["ESH"].area < 26:
        raise DataError(f"{path.name}: Western Sahara has {areas['ESH'].area:.1f} square degrees; expected about 24")
    simple = shapely.coverage_simplify([areas[iso3] for iso3 in wanted], TOLERANCE)
    rows = []
    for iso3, area in sorted(zip(wanted, simple, strict=True)):
        parts = [part for part in shapely.get_parts(area) if part.area > SMALLEST_RING]
        parts.sort(key=lambda part: -part.area)
        for ring, part in enumerate(parts, start=1):
            points = shapely.get_coordinates(part.exterior).round(2)
            kept = [p for n, p in enumerate(points) if n == 0 or tuple(p) != tuple(points[n - 1])]
            rows += [
                {"iso3": iso3, "ring": ring, "point": n, "longitude": x, "latitude": y}
                for n, (x, y) in enumerate(kept, start=1)
            ]
    return {"boundaries": pd.DataFrame(rows)}

"""Outlines for the maps, with Western Sahara drawn whole, and capitals, from Natural Earth."""

from __future__ import annotations

import json

import pandas as pd
import shapely
from shapely.geometry import box, shape

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream
from cooperation.states import IVORY_COAST, MOROCCO, WESTERN_SAHARA

AREAS = "natural-earth/ne_50m_admin_0_countries_context.geojson"
PLACES = "natural-earth/ne_50m_populated_places_simple_region.geojson"
TABLES = {"boundaries": [AREAS], "capitals": [PLACES]}
TWO_CAPITALS = {IVORY_COAST: "Abidjan"}
CONTEXT = ("GMB", "GNB", "SLE", "LBR", "CAF")
NORTHERN_LIMIT = 27 + 40 / 60
TOLERANCE = 0.04
SMALLEST_RING = 0.05


def _features(upstream: Upstream, name: str) -> list[dict]:
    try:
        return json.loads(upstream.path(name).read_text(encoding="utf-8"))["features"]
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name}: not readable as GeoJSON: {error.msg} at character {error.pos}; the file is cut short"
        ) from None


def capitals(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The capital of each state of the region and where it lies.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``; the states are those with a ``gwno``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``capitals``: iso3, city, latitude, longitude (degrees, two decimals);
        the place that Natural Earth marks as capital (Cotonou for Benin); for
        Ivory Coast, where it marks two, Abidjan.

    Raises
    ------
    DataError
        If a state has no capital, or two.
    """
    states = countries.dropna(subset="gwno")["iso3"].tolist()
    rows: dict[str, tuple[str, str, float, float]] = {}
    for item in _features(upstream, PLACES):
        place = item["properties"]
        for key in ("adm0_a3", "name", "featurecla"):
            if key not in place:
                raise DataError(f"{PLACES}: column {key} is missing")
        iso3 = place["adm0_a3"]
        if place["featurecla"] == "Admin-0 capital" and TWO_CAPITALS.get(iso3, place["name"]) == place["name"]:
            if iso3 in rows:
                raise DataError(f"{PLACES}: two capitals for {iso3}: {rows[iso3][1]} and {place['name']}")
            longitude, latitude = item["geometry"]["coordinates"]
            rows[iso3] = (iso3, place["name"], round(latitude, 2), round(longitude, 2))
    for iso3 in states:
        if iso3 not in rows:
            raise DataError(f"{PLACES}: no capital for {iso3}")
    columns = ["iso3", "city", "latitude", "longitude"]
    return {"capitals": pd.DataFrame([rows[iso3] for iso3 in sorted(states)], columns=columns)}


def outlines(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Cut, join and simplify Natural Earth's 1:50m countries.

    Natural Earth gives the ground west of the berm to Morocco and draws as
    "W. Sahara" only the strip east of it. Morocco is cut at 27 degrees 40
    minutes north, the northern line of the former Spanish Sahara, and the
    southern piece is joined to that strip, so that the territory stands whole.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
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
    features = _features(upstream, AREAS)
    if "ADM0_A3" not in features[0]["properties"]:
        raise DataError(f"{AREAS}: column ADM0_A3 is missing")
    areas = {item["properties"]["ADM0_A3"]: shape(item["geometry"]) for item in features}
    wanted = [*countries["iso3"], *CONTEXT]
    areas[WESTERN_SAHARA] = areas.pop("SAH", None)
    for iso3 in wanted:
        if areas.get(iso3) is None:
            raise DataError(f"{AREAS}: no area for {iso3}")
    south = box(-20, 15, 0, NORTHERN_LIMIT)
    areas[WESTERN_SAHARA] = shapely.union_all([areas[WESTERN_SAHARA], areas[MOROCCO].intersection(south)])
    areas[MOROCCO] = areas[MOROCCO].difference(south)
    if not 22 < areas[WESTERN_SAHARA].area < 26:
        raise DataError(
            f"{AREAS}: Western Sahara has {areas[WESTERN_SAHARA].area:.1f} square degrees; expected about 24"
        )
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


BUILDS = {outlines: ["boundaries"], capitals: ["capitals"]}

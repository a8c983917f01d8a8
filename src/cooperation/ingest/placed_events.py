"""Violent events of 1989-2020 with a precise place, the region that it lies in and its distance to a border."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import shape

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbers

EVENTS = "ucdp-places/ged_v21_1_region_1989_2020.csv"
REGIONS = "natural-earth/ne_10m_admin_1_region_simplified.geojson"
BORDERS = "natural-earth/ne_50m_admin_0_boundary_lines_land_region.geojson"
TABLES = {"placed_events": [EVENTS, REGIONS, BORDERS]}
TYPES = {"State-based violence": "state-based", "Non-state violence": "non-state", "One-sided violence": "one-sided"}
BOUNDS = {"low_death": "deaths_low", "best_death": "deaths_best", "high_death": "deaths_high"}
# Lines are cut into pieces of about a kilometre, so that a distance to their ends is one to the line.
STEP = 0.01
EARTH_KM = 6371.0
# UCDP places these events within 25 kilometres, and the units are simplified: so far outside, in degrees, is beside.
BESIDE = 0.25


def _features(upstream: Upstream, name: str, column: str) -> list[dict]:
    try:
        features = json.loads(upstream.path(name).read_text(encoding="utf-8"))["features"]
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name}: not readable as GeoJSON: {error.msg} at character {error.pos}; the file is cut short"
        ) from None
    if column not in features[0]["properties"]:
        raise DataError(f"{name}: column {column} is missing")
    return features


def _on_sphere(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Places as points of the unit sphere, one a row."""
    x, y = np.radians(longitude), np.radians(latitude)
    return np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])


def _to_border(upstream: Upstream, events: pd.DataFrame) -> np.ndarray:
    """Kilometres from each event to the nearest land border, along the great circle."""
    lines = [shape(item["geometry"]) for item in _features(upstream, BORDERS, "featurecla")]
    points = shapely.get_coordinates(shapely.segmentize(lines, STEP))
    chord, _ = cKDTree(_on_sphere(points[:, 0], points[:, 1])).query(
        _on_sphere(events["longitude"].to_numpy(), events["latitude"].to_numpy())
    )
    return np.round(2 * EARTH_KM * np.arcsin(chord / 2)).astype(int)


def _regions(upstream: Upstream, events: pd.DataFrame) -> pd.Series:
    """Name of the first-level unit of its own country that each event lies in, or beside; else missing."""
    features = _features(upstream, REGIONS, "iso3")
    units = pd.DataFrame([item["properties"] for item in features])
    shapes = np.array([shape(item["geometry"]) for item in features])
    names = pd.Series(None, index=events.index, dtype="object")
    for iso3, part in events.groupby("iso3"):
        own = (units["iso3"] == iso3).to_numpy()
        if own.any():
            points = shapely.points(part["longitude"], part["latitude"])
            event, unit = shapely.STRtree(shapes[own]).query_nearest(points, max_distance=BESIDE, all_matches=False)
            names[part.index[event]] = units.loc[own, "name"].to_numpy()[unit]
    return names


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take the events of the region out of UCDP's georeferenced file, version 21.1, precise places only.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``; its ``iso3`` selects the events.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``placed_events`` (id, date, iso3, violence, side_a, side_b, latitude,
        longitude, region, border_km, deaths_low, deaths_best, deaths_high,
        bounds_kept). ``region`` is the first-level unit of Natural Earth, of
        the event's own country, that the place lies in or nearest to, if one
        is within a quarter of a degree;
        ``border_km`` the distance to the nearest land border of Natural
        Earth, whole kilometres. ``bounds_kept`` is false where the file has a
        low above the best or a best above the high estimate: such numbers
        stand as published.

    Raises
    ------
    DataError
        If a column or a type of violence is unknown, an event stands twice,
        or rows, years or the total of deaths are not those on record.

    References
    ----------
    Sundberg and Melander (2013), Journal of Peace Research 50(4).
    """
    columns = ["id", "date_start", "iso3", "type_of_violence", "side_a", "side_b", "latitude", "longitude", *BOUNDS]
    raw = upstream.table(EVENTS, columns)
    known(EVENTS, "type_of_violence", raw["type_of_violence"], TYPES)
    raw = numbers(EVENTS, raw[raw["iso3"].isin(countries["iso3"])], ["id", "latitude", "longitude", *BOUNDS])
    raw = raw.assign(year=raw["date_start"].str[:4]).reset_index(drop=True)
    upstream.expect(EVENTS, raw, year="year", control="best_death")
    if raw["id"].duplicated().any():
        raise DataError(f"{EVENTS}: event {raw.loc[raw['id'].duplicated(), 'id'].iloc[0]} stands twice")
    table = raw.rename(columns={**BOUNDS, "date_start": "date"}).astype(dict.fromkeys(["id", *BOUNDS.values()], int))
    low, best, high = (table[column] for column in BOUNDS.values())
    table = table.assign(
        violence=raw["type_of_violence"].map(TYPES),
        region=_regions(upstream, raw),
        border_km=_to_border(upstream, raw),
        bounds_kept=((low <= best) & (best <= high)).map({True: "true", False: "false"}),
    )
    columns = ["id", "date", "iso3", "violence", "side_a", "side_b", "latitude", "longitude", "region", "border_km"]
    return {"placed_events": table[[*columns, *BOUNDS.values(), "bounds_kept"]].sort_values(["date", "id"])}


BUILDS = {build: TABLES}

"""Refugees and internally displaced people, from UNHCR."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, numbers
from cooperation.states import ALGERIA, BURKINA_FASO, WESTERN_SAHARA

FILE = "unhcr-population/population_region.csv"
TABLES = {"displacement": [FILE], "refugees": [FILE]}
FROM = 1990
SMALLEST = 100
PLANNING_FIGURE = ((1990, 2004, 165000), (2005, 2023, 90000), (2024, 2025, 173600))
ASYLUM_FROM = 2000
CARRIED = (BURKINA_FASO, 2062534, range(2023, 2026))


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Stocks at the end of each year by origin, and refugees between states of the region.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``displacement`` (iso3, year, refugees, asylum_seekers, idps, note):
        persons from the country, wherever they are; ``asylum_seekers`` are missing
        before 2000, where the source has zeros for all; ``idps`` are those under
        UNHCR's mandate and missing where none is recorded. ``refugees``
        (origin, asylum, year, refugees): pairs within the region with at least
        a hundred refugees. From 1990. The Sahrawi number in Algeria is a
        negotiated planning figure whose steps are changes of method, and Burkina Faso's
        internally displaced of 2023-2025 are one figure carried forward; both
        carry a note.

    Raises
    ------
    DataError
        If a column or year is missing or new, or if the planning figure or
        the carried figure is not as known.

    References
    ----------
    UNHCR, Refugee Population Statistics Database.
    """
    counted = ["refugees", "asylum_seekers", "idps"]
    raw = numbers(FILE, upstream.table(FILE, ["year", "coo_iso", "coa_iso", *counted]), counted)
    states = set(countries["iso3"])
    raw = raw[raw["coo_iso"].isin(states) & (raw["year"] >= FROM)]
    upstream.expect(FILE, raw, year="year", control="refugees")
    table = raw.groupby(["coo_iso", "year"], as_index=False)[counted].sum().astype(dict.fromkeys(counted, int))
    table = table.rename(columns={"coo_iso": "iso3"})
    table["note"] = None
    table.loc[table["iso3"] == WESTERN_SAHARA, "note"] = "includes a negotiated planning figure for Algeria"
    early = table["year"] < ASYLUM_FROM
    if (table.loc[early, "asylum_seekers"] > 0).any():
        raise DataError(f"{FILE}: column asylum_seekers has values before {ASYLUM_FROM}; expected gaps stored as zeros")
    table["asylum_seekers"] = table["asylum_seekers"].astype("Int64").mask(early)
    camps = raw[(raw["coo_iso"] == WESTERN_SAHARA) & (raw["coa_iso"] == ALGERIA)].set_index("year")["refugees"]
    for first, last, number in PLANNING_FIGURE:
        for year in sorted(set(camps.index) & set(range(first, last + 1))):
            if camps[year] != number:
                raise DataError(f"{FILE}: Sahrawi refugees in Algeria in {year} are {camps[year]}; expected {number}")
    origin, number, years = CARRIED
    carried = (table["iso3"] == origin) & table["year"].isin(years)
    if carried.any() and set(table.loc[carried, "idps"]) != {number}:
        raise DataError(f"{FILE}: column idps of {origin} in {years[0]}-{years[-1]} is no longer the carried {number}")
    table.loc[carried & (table["year"] > years[0]), "note"] = "internally displaced: figure of 2023 carried forward"
    table["idps"] = table["idps"].where(table["idps"] > 0).astype("Int64")
    within = raw[raw["coa_iso"].isin(states) & (raw["coo_iso"] != raw["coa_iso"]) & (raw["refugees"] >= SMALLEST)]
    within = within.rename(columns={"coo_iso": "origin", "coa_iso": "asylum"}).astype({"refugees": int})
    return {
        "displacement": table.sort_values(["iso3", "year"]),
        "refugees": within[["origin", "asylum", "year", "refugees"]].sort_values(["origin", "asylum", "year"]),
    }


BUILDS = {build: TABLES}

"""Population and gross domestic product, for rates, from the World Bank."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, numbers

POPULATION = "worldbank-population/population_region.csv"
GDP = "worldbank-gdp/gdp_current_usd_region.csv"
TABLES = {"economy": [POPULATION, GDP]}


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Join population and GDP by country and year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``economy`` (iso3, year, population in persons, gdp_usd_millions in
        million current US dollars). Denominators only: current dollars of
        different years must not be compared. Western Sahara has no row.

    Raises
    ------
    DataError
        If a column, state or year is missing.

    References
    ----------
    World Bank, World Development Indicators, SP.POP.TOTL and NY.GDP.MKTP.CD.
    """
    series = {}
    for name in (POPULATION, GDP):
        raw = upstream.table(name, ["Country Code", "Year", "Value"])
        raw = numbers(name, raw, ["Value"])
        raw = raw[raw["Country Code"].isin(countries["iso3"])]
        for iso3 in countries.dropna(subset="gwno")["iso3"]:
            if iso3 not in set(raw["Country Code"]):
                raise DataError(f"{name}: no row for {iso3}")
        upstream.expect(name, raw, year="Year", control="Value")
        series[name] = raw.set_index(["Country Code", "Year"])["Value"]
    table = pd.DataFrame(
        {
            "population": series[POPULATION].round().astype("Int64"),
            "gdp_usd_millions": (series[GDP] / 1e6).round(1),
        }
    )
    return {"economy": table.rename_axis(["iso3", "year"]).reset_index().sort_values(["iso3", "year"])}


BUILDS = {build: TABLES}

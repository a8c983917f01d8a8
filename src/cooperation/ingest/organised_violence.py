"""Deaths in organised violence and the dyads behind them, from UCDP's country-year file."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, numbered
from cooperation.states import CHAD, MALI

FILE = "ucdp-organized-violence-country-year/organizedviolencecy_v25_1_region.csv"
TABLES = {"organised_violence": [FILE], "organised_violence_dyads": [FILE]}
TYPES = {"sb": "state-based", "ns": "non-state", "os": "one-sided"}
TOTAL = "cumulative_total_deaths_in_orgvio_best_cy"
BREAKS_ORDER = {(MALI, 1995, "state-based"), (CHAD, 2015, "state-based")}


def _whole(raw: pd.DataFrame, iso3: pd.Series) -> None:
    """Refuse a file without a row for each country and year."""
    found = set(zip(raw["country_id_cy"], raw["year_cy"], strict=True))
    for gwno in iso3.index:
        for year in sorted(set(raw["year_cy"])):
            if (gwno, year) not in found:
                raise DataError(f"{FILE}: no row for country {gwno} ({iso3[gwno]}) in {year}")


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Reshape UCDP's Organized Violence Country-Year file, version 25.1.

    Parameters
    ----------
    upstream : Upstream
        The upstream files; the CSV may be whole or cut to the region.
    countries : pandas.DataFrame
        Table ``countries``; its ``gwno`` selects the rows.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``organised_violence`` (iso3, year, violence, deaths_low, deaths_best,
        deaths_high) and ``organised_violence_dyads`` (iso3, year, violence,
        dyad). UCDP's lists of dyad numbers and names are each in an order of
        their own, so that the numbers cannot be joined to the names.

    Raises
    ------
    DataError
        If a column, a country or a year is missing, if the three types do not
        add up to UCDP's own total, or if low <= best <= high is broken
        anywhere but in the rows where the source is known to break it.

    References
    ----------
    Davies et al. (2025), Journal of Peace Research 62(4); Sundberg and Melander
    (2013), Journal of Peace Research 50(4).
    """
    needed = ["country_id_cy", "year_cy", TOTAL]
    for kind in TYPES:
        needed += [f"{kind}_total_deaths_{bound}_cy" for bound in ("low", "best", "high")]
        needed += [f"{kind}_dyad_count_cy", f"{kind}_dyad_names_cy"]
    raw = upstream.table(FILE, needed)
    iso3 = numbered(countries)
    raw = raw[raw["country_id_cy"].isin(iso3.index)]
    upstream.expect(FILE, raw, year="year_cy", control=TOTAL)
    _whole(raw, iso3)
    deaths, dyads = [], []
    for _, row in raw.iterrows():
        key = {"iso3": iso3[row["country_id_cy"]], "year": row["year_cy"]}
        for kind, violence in TYPES.items():
            bounds = {f"deaths_{b}": row[f"{kind}_total_deaths_{b}_cy"] for b in ("low", "best", "high")}
            deaths.append({**key, "violence": violence, **bounds})
            if row[f"{kind}_dyad_names_cy"] == "NO_DYAD":
                continue
            names = row[f"{kind}_dyad_names_cy"].split("; ")
            if len(set(names)) != row[f"{kind}_dyad_count_cy"]:
                raise DataError(f"{FILE}: {key}: {len(set(names))} names for the dyads counted")
            dyads += [{**key, "violence": violence, "dyad": name} for name in names]
    table = pd.DataFrame(deaths)
    totals = table.groupby(["iso3", "year"])["deaths_best"].sum()
    published = raw.set_index([raw["country_id_cy"].map(iso3), "year_cy"])[TOTAL]
    published.index.names = ["iso3", "year"]
    if not totals.sort_index().equals(published.sort_index().rename("deaths_best")):
        raise DataError(f"{FILE}: the three types do not add up to UCDP's total")
    ordered = (table["deaths_low"] <= table["deaths_best"]) & (table["deaths_best"] <= table["deaths_high"])
    broken = set(table.loc[~ordered, ["iso3", "year", "violence"]].apply(tuple, axis=1))
    expected = BREAKS_ORDER & set(table[["iso3", "year", "violence"]].apply(tuple, axis=1))
    if broken != expected:
        raise DataError(f"{FILE}: low <= best <= high is broken in {sorted(broken)}; expected only {sorted(expected)}")
    order = ["iso3", "year", "violence"]
    return {
        "organised_violence": table.sort_values(order),
        "organised_violence_dyads": pd.DataFrame(dyads).sort_values([*order, "dyad"]),
    }


BUILDS = {build: TABLES}

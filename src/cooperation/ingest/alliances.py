"""Formal alliances between states of the region, from the Correlates of War and ATOP."""

from __future__ import annotations

import pandas as pd

from cooperation.ingest.upstream import Upstream, known, numbered, numbers, pairs

COW = "cow-alliances/alliance_v4_1_by_dyad_region.csv"
ATOP = "atop/atop_alliance_region_dyads.csv"
TABLES = {"alliances": [COW, ATOP]}
LAST_YEAR = {"COW": 2012, "ATOP": 2018}


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """When each pair of states was bound by an alliance, and by one with a defence clause.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``alliances`` (state_1, state_2, source, first_year, last_year,
        years_allied, years_defence): pairs of the region ever allied, from
        1956; COW to 2012, ATOP to 2018. A paper obligation is not trust.

    Raises
    ------
    DataError
        If a column, code or year is missing or new.

    References
    ----------
    Gibler, D. (2009), International Military Alliances, 1648-2008; Leeds et al.
    (2002), International Interactions 28(3).
    """
    iso3 = numbered(countries)
    columns = ["ccode1", "ccode2", "dyad_st_year", "dyad_end_year", "defense"]
    raw = numbers(COW, upstream.table(COW, columns), ["dyad_end_year"])
    raw = raw[raw["ccode1"].isin(iso3.index) & raw["ccode2"].isin(iso3.index)]
    known(COW, "defense", raw["defense"], (0, 1))
    upstream.expect(COW, raw)
    spells = [
        {"one": iso3[row["ccode1"]], "two": iso3[row["ccode2"]], "year": year, "defence": row["defense"]}
        for _, row in raw.iterrows()
        for year in range(
            max(int(row["dyad_st_year"]), 1956),
            int(row["dyad_end_year"] if pd.notna(row["dyad_end_year"]) else LAST_YEAR["COW"]) + 1,
        )
    ]
    cow = pd.DataFrame(spells).assign(source="COW")
    raw = upstream.table(ATOP, ["ccode1", "ccode2", "year", "atop_defense"])
    raw = raw[raw["ccode1"].isin(iso3.index) & raw["ccode2"].isin(iso3.index)]
    known(ATOP, "atop_defense", raw["atop_defense"], (0, 1))
    upstream.expect(ATOP, raw, year="year")
    atop = pd.DataFrame(
        {
            "one": raw["ccode1"].map(iso3),
            "two": raw["ccode2"].map(iso3),
            "year": raw["year"],
            "defence": raw["atop_defense"],
            "source": "ATOP",
        }
    )
    years = pairs(pd.concat([cow, atop]), "one", "two")
    years = years.groupby(["state_1", "state_2", "source", "year"], as_index=False)["defence"].max()
    table = years.groupby(["state_1", "state_2", "source"]).agg(
        first_year=("year", "min"),
        last_year=("year", "max"),
        years_allied=("year", "size"),
        years_defence=("defence", "sum"),
    )
    return {"alliances": table.astype(int).reset_index()}


BUILDS = {build: TABLES}

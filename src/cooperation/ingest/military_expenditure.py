"""Military expenditure of the states that the chapters show, from SIPRI."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbers
from cooperation.states import CENTRAL_SAHEL, MAURITANIA, PAIR

FILE = "sipri-milex/SIPRI_Milex_1949_2024_region_long.csv"
TABLES = {"military_expenditure": [FILE]}
SHOWN = {"constant": (*PAIR, *CENTRAL_SAHEL, MAURITANIA), "share": PAIR}
SHEETS = {"Constant (2023) US$": "constant", "Share of GDP": "share", "Share of Govt. spending": None}
MARKS = {"": "reported", "SIPRI estimate": "estimate", "highly uncertain": "highly uncertain"}
FALSE_ZEROS = [(MAURITANIA, 2007), (MAURITANIA, 2010), (MAURITANIA, 2011)]


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take the few series shown out of SIPRI's long table.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``; its names select the rows.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``military_expenditure`` (iso3, year, constant_2023_usd_millions,
        share_of_gdp in per cent, quality: the mark of the constant figure, missing
        where there is none). Three zeros of Mauritania, which
        the other sheets give as not available, are missing here.

    Raises
    ------
    DataError
        If a column, sheet, mark, country or year is missing or new, or if
        the zeros are not the three that are known to be gaps.

    References
    ----------
    SIPRI Military Expenditure Database, https://www.sipri.org/databases/milex.
    """
    raw = upstream.table(FILE, ["sheet", "Country", "year", "value", "missing_mark", "colour_flag"])
    known(FILE, "sheet", raw["sheet"], SHEETS)
    known(FILE, "colour_flag", raw["colour_flag"], MARKS)
    raw = numbers(FILE, raw, ["value"]).assign(iso3=raw["Country"].map(countries.set_index("name")["iso3"]))
    raw = raw[raw["sheet"].map(SHEETS).notna()].dropna(subset="iso3")
    raw["measure"] = raw["sheet"].map(SHEETS)
    wanted = {(measure, iso3) for measure, states in SHOWN.items() for iso3 in states if iso3 in set(countries["iso3"])}
    raw = raw[[key in wanted for key in zip(raw["measure"], raw["iso3"], strict=True)]]
    for measure, iso3 in sorted(wanted - set(zip(raw["measure"], raw["iso3"], strict=True))):
        raise DataError(f"{FILE}: no row for {iso3} in sheet {measure}")
    upstream.expect(FILE, raw, year="year", control="value")
    zeros = raw[(raw["value"] == 0) & (raw["measure"] == "constant")]
    found = sorted(zip(zeros["iso3"], zeros["year"], strict=True))
    expected = [key for key in FALSE_ZEROS if key[0] in set(countries["iso3"])]
    if found != expected:
        raise DataError(f"{FILE}: zeros in {found}; expected only {expected}, which are gaps")
    raw = raw.drop(zeros.index).dropna(subset="value")
    table = raw.pivot(index=["iso3", "year"], columns="measure", values="value")
    quality = raw[raw["measure"] == "constant"].set_index(["iso3", "year"])["colour_flag"].map(MARKS)
    return {
        "military_expenditure": pd.DataFrame(
            {
                "constant_2023_usd_millions": table["constant"].round(1),
                "share_of_gdp": (table["share"] * 100).round(2),
                "quality": quality.reindex(table.index),
            }
        )
        .reset_index()
        .sort_values(["iso3", "year"]),
    }


BUILDS = {build: TABLES}

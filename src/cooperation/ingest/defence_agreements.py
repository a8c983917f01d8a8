"""Bilateral defence cooperation agreements counted by pair, from DCAD."""

from __future__ import annotations

import pandas as pd

from cooperation.ingest.upstream import Upstream, known, numbered

FILE = "dcad/DCAD_v1_0_main_region.csv"
TABLES = {"defence_agreements": [FILE]}
TYPES = ("general", "sector")


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count the agreements that a state of the region signed with each partner.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``defence_agreements`` (iso3, partner, partner_iso3, agreements,
        first_year, last_year): 1980-2010; ``partner`` is the abbreviation of
        the Correlates of War, ``partner_iso3`` only for states of the region.
        An agreement between two states of the region counts once for each.
        Found from treaties and newswires, so that African pairs are
        under-counted: none recorded is not none signed.

    Raises
    ------
    DataError
        If a column or code is missing or new, or if rows are missing.

    References
    ----------
    Kinne, B. (2020), Journal of Conflict Resolution 64(4).
    """
    iso3 = numbered(countries)
    raw = upstream.table(FILE, ["ccode1", "cowName1", "ccode2", "cowName2", "signYear", "type"])
    raw = raw[raw["ccode1"].isin(iso3.index) | raw["ccode2"].isin(iso3.index)]
    known(FILE, "type", raw["type"], TYPES)
    upstream.expect(FILE, raw)
    sides = []
    for own, other in ((1, 2), (2, 1)):
        mine = raw[raw[f"ccode{own}"].isin(iso3.index)]
        sides.append(
            pd.DataFrame(
                {
                    "iso3": mine[f"ccode{own}"].map(iso3),
                    "partner": mine[f"cowName{other}"],
                    "partner_iso3": mine[f"ccode{other}"].map(iso3),
                    "year": mine["signYear"],
                }
            )
        )
    table = pd.concat(sides).groupby(["iso3", "partner", "partner_iso3"], dropna=False)["year"]
    table = table.agg(agreements="size", first_year="min", last_year="max").reset_index()
    return {"defence_agreements": table.sort_values(["iso3", "partner"])}


BUILDS = {build: TABLES}

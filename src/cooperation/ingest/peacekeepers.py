"""Which contributors held bases of the UN missions, from Geo-PKO."""

from __future__ import annotations

import pandas as pd

from cooperation.ingest.upstream import Upstream, known
from cooperation.states import IVORY_COAST

FILE = "geo-pko/geo_pko_minusma_minurso.csv"
TABLES = {"peacekeepers": [FILE]}
MISSIONS = ("MINUSMA", "MINURSO")
NAMES = [f"nameoftcc_{number}" for number in range(1, 18)]
UNNAMED = ("NA", "", "unknown", "Multinational")
SPELLED = {"Cote d'Ivoire": IVORY_COAST}


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count the bases at which each contributor is named, on the last map of each year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``peacekeepers`` (mission, year, contributor, iso3, bases): number of
        locations at which the contributor's unit is named on the last map of
        the year. Maps name units, not staff officers; unit sizes are nominal
        and left out. Years without a named contributor have no row.

    Raises
    ------
    DataError
        If a column, mission or year is missing or new.

    References
    ----------
    Cil, Fjelde, Hultman and Nilsson (2020), Journal of Peace Research 57(2).
    """
    raw = upstream.table(FILE, ["mission", "year", "month", "location", *NAMES])
    known(FILE, "mission", raw["mission"], MISSIONS)
    upstream.expect(FILE, raw, year="year")
    last = raw.groupby(["mission", "year"])["month"].transform("max")
    named = raw[raw["month"] == last].melt(["mission", "year", "location"], NAMES, value_name="contributor")
    named = named[~named["contributor"].isin(UNNAMED)].drop_duplicates(["mission", "year", "location", "contributor"])
    codes = countries.set_index("name")["iso3"].to_dict() | SPELLED
    table = named.groupby(["mission", "year", "contributor"]).size().reset_index(name="bases")
    table.insert(3, "iso3", table["contributor"].map(codes))
    return {"peacekeepers": table.sort_values(["mission", "year", "contributor"])}


BUILDS = {build: TABLES}

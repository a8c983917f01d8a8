"""Strategic rivalries between states of the region, from the published lists."""

from __future__ import annotations

import pandas as pd

from cooperation.ingest.upstream import Upstream, known, numbered, numbers, pairs

FILE = "strategic-rivalries/tss_rivalries_region.csv"
TABLES = {"rivalries": [FILE]}
KINDS = ["positional", "spatial", "ideological", "interventionary"]


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take the rivalries of which both sides are states of the region.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``rivalries`` (state_1, state_2, start, end, positional, spatial,
        ideological, interventionary): years; an end in the last year of the
        data (2020) means that the rivalry went on.

    Raises
    ------
    DataError
        If a column or code is missing or new, or if rows are missing.

    References
    ----------
    Thompson, Sakuwa and Suhas (2021), Analyzing Strategic Rivalries in World Politics.
    """
    iso3 = numbered(countries)
    raw = numbers(FILE, upstream.table(FILE, ["ccode1", "ccode2", "start", "end", *KINDS]), KINDS)
    raw = raw[raw["ccode1"].isin(iso3.index) & raw["ccode2"].isin(iso3.index)]
    upstream.expect(FILE, raw)
    flags = raw[KINDS].fillna(0).astype(int)
    for kind in KINDS:
        known(FILE, kind, flags[kind], (0, 1))
    table = pairs(raw.assign(one=raw["ccode1"].map(iso3), two=raw["ccode2"].map(iso3)), "one", "two")
    table = table[["state_1", "state_2", "start", "end"]].join(flags.replace({1: "true", 0: "false"}))
    return {"rivalries": table.sort_values(["state_1", "state_2", "start"])}


BUILDS = {build: TABLES}

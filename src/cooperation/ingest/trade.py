"""Trade between the states of the region, from CEPII's BACI and from UN Comtrade."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbers
from cooperation.states import MAGHREB

BACI = "cepii-baci-africa/africa_trade_region.csv"
COMTRADE = "comtrade-fouryearly/trade_region.csv"
TABLES = {"trade": [BACI], "trade_shares": [COMTRADE]}
SECTIONS = range(1, 22)
MINERALS = 5


def averages(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Average exports between states of the region.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``trade`` (exporter, importer, exports_usd_thousands,
        minerals_usd_thousands): yearly average of 2012-2022 in thousand current
        US dollars; Togo is not in the source.

    Raises
    ------
    DataError
        If a column, section or row is missing or new, or if the total is off.

    References
    ----------
    Gaulier and Zignago (2010), CEPII Working Paper 2010-23.
    """
    states = set(countries["iso3"])
    raw = upstream.table(BACI, ["iso3_o", "iso3_d", "section_code", "value"])
    raw = numbers(BACI, raw, ["section_code", "value"])
    raw = raw[raw["iso3_o"].isin(states) & raw["iso3_d"].isin(states)]
    known(BACI, "section_code", raw["section_code"].astype(int), SECTIONS)
    upstream.expect(BACI, raw, control="value")
    key = ["iso3_o", "iso3_d"]
    total = raw.groupby(key)["value"].sum()
    minerals = raw[raw["section_code"] == MINERALS].groupby(key)["value"].sum().reindex(total.index, fill_value=0)
    trade = pd.DataFrame({"exports_usd_thousands": total, "minerals_usd_thousands": minerals}).round(1)
    return {"trade": trade.reset_index().rename(columns={"iso3_o": "exporter", "iso3_d": "importer"})}


def shares(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Shares of the region's trade within the Maghreb, in the long run.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``trade_shares`` (exporter, importer, year, share_of_region): exports
        to one state as a share of the exporter's exports to all states of the
        region, every fourth year; missing where the exporter reports none.
        Zeros before 1992 may be missing reports.

    Raises
    ------
    DataError
        If a column or year is missing or new, if a value is negative, or if
        the total is off.

    References
    ----------
    UN Comtrade, as packaged with Breinlich et al. (2021), World Bank Working
    Paper 9629.
    """
    states = set(countries["iso3"])
    raw = upstream.table(COMTRADE, ["exp", "imp", "time", "export"])
    raw = numbers(COMTRADE, raw, ["time", "export"])
    raw = raw[raw["exp"].isin(states) & raw["imp"].isin(states)].astype({"time": int})
    upstream.expect(COMTRADE, raw, year="time", control="export")
    if (raw["export"] < 0).any():
        raise DataError(f"{COMTRADE}: column export has a negative value")
    whole = raw.groupby(["exp", "time"])["export"].transform("sum")
    raw = raw.assign(share=(raw["export"] / whole.where(whole > 0)).round(4))
    within = raw[raw["exp"].isin(MAGHREB) & raw["imp"].isin(MAGHREB)].sort_values(["exp", "imp", "time"])
    return {
        "trade_shares": within.rename(
            columns={"exp": "exporter", "imp": "importer", "time": "year", "share": "share_of_region"}
        )[["exporter", "importer", "year", "share_of_region"]],
    }


BUILDS = {averages: ["trade"], shares: ["trade_shares"]}

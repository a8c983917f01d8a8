"""Organised violence: deaths by country and year, and on whose soil which groups fought."""

from __future__ import annotations

import pandas as pd

BOUNDS = ["deaths_low", "deaths_best", "deaths_high"]


def totals(violence: pd.DataFrame) -> pd.DataFrame:
    """Deaths of the three types of organised violence together.

    Parameters
    ----------
    violence : pandas.DataFrame
        Table ``organised_violence``.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_low, deaths_best, deaths_high (deaths). Where the
        source has best outside its bounds, the bounds are widened to hold it.
    """
    table = violence.groupby(["iso3", "year"], as_index=False)[BOUNDS].sum()
    table["deaths_low"] = table[["deaths_low", "deaths_best"]].min(axis=1)
    table["deaths_high"] = table[["deaths_high", "deaths_best"]].max(axis=1)
    return table


def by_period(table: pd.DataFrame, periods: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Sum deaths over periods.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`totals`.
    periods : dict of str to (int, int)
        Name of the period, first and last year.

    Returns
    -------
    pandas.DataFrame
        iso3, period, deaths_low, deaths_best, deaths_high; periods in the
        order given.
    """
    parts = [
        table[table["year"].between(first, last)].groupby("iso3", as_index=False)[BOUNDS].sum().assign(period=name)
        for name, (first, last) in periods.items()
    ]
    return pd.concat(parts, ignore_index=True)[["iso3", "period", *BOUNDS]]


def presence_of_groups(dyads: pd.DataFrame, groups: pd.DataFrame, family: str) -> pd.DataFrame:
    """Country-years in which a family of groups was party to deadly violence.

    Parameters
    ----------
    dyads : pandas.DataFrame
        Table ``organised_violence_dyads``.
    groups : pandas.DataFrame
        Table ``armed_groups``: ``ucdp_name`` and ``family``.
    family : str
        The family to look for.

    Returns
    -------
    pandas.DataFrame
        iso3, year, dyads (number of dyads with a group of the family); one
        row for each country-year with at least one.
    """
    names = set(groups.loc[groups["family"] == family, "ucdp_name"])
    parties = dyads["dyad"].str.split(r" - |, ", regex=True)
    mine = dyads[parties.map(lambda sides: any(side in names for side in sides))]
    return mine.groupby(["iso3", "year"], as_index=False).agg(dyads=("dyad", "nunique"))

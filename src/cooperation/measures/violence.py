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
    mine = dyads[_with_family(dyads["dyad"], groups, family)]
    return mine.groupby(["iso3", "year"], as_index=False).agg(dyads=("dyad", "nunique"))


def located(events: pd.DataFrame, groups: pd.DataFrame, family: str, first: int, last: int) -> pd.DataFrame:
    """Violent events with their place in which a family of groups took part.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``violent_events``. As delivered it holds events of Western
        Sahara alone, none of them of the family; with UCDP's own files it
        holds those of the region.
    groups : pandas.DataFrame
        Table ``armed_groups``.
    family : str
        The family to look for.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        Rows of ``violent_events``.
    """
    when = events["date_start"].str[:4].astype(int).between(first, last)
    return events[when & _with_family(events["dyad"], groups, family)]


def _with_family(names: pd.Series, groups: pd.DataFrame, family: str) -> pd.Series:
    mine = set(groups.loc[groups["family"] == family, "ucdp_name"])
    parties = names.str.split(r" - |, ", regex=True)
    return parties.map(lambda sides: any(side in mine for side in sides)).astype(bool)

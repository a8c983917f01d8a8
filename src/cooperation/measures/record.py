"""How far the record reaches."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import earliest, latest


def cutoff(searches: pd.DataFrame) -> pd.Timestamp:
    """The day that the report calls now: to it every table that is followed to the present was searched.

    Parameters
    ----------
    searches : pandas.DataFrame
        Table ``searches``.

    Returns
    -------
    pandas.Timestamp
        The earliest of the last days that ``searched_to`` can mean, of the rows that are ``followed``.

    Raises
    ------
    ValueError
        If no table is followed.
    """
    days = latest(searches.loc[searches["followed"], "searched_to"])
    if days.isna().all():
        raise ValueError("searches: no table is followed to the present; expected one or more with a day")
    return days.min()


def newer(dates: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Which partial dates can only mean a day after the cut-off.

    Parameters
    ----------
    dates : pandas.Series of str
        Partial dates; missing ones are not newer.
    day : pandas.Timestamp
        From :func:`cutoff`.

    Returns
    -------
    pandas.Series of bool
    """
    return earliest(dates) > day

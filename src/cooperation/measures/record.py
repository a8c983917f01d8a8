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


def press_a_year(sources: pd.DataFrame, span: tuple[pd.Timestamp, pd.Timestamp]) -> float:
    """How many press pages a year the tables have from a period.

    Parameters
    ----------
    sources : pandas.DataFrame
        Table ``sources``.
    span : (pandas.Timestamp, pandas.Timestamp)
        First and last day.

    Returns
    -------
    float
        Pages without a date do not count; a partial date counts by its first day.
    """
    dated = sources[(sources["kind"] == "press") & sources["date"].notna()]
    first, last = span
    return float(earliest(dated["date"]).between(first, last).sum() / (((last - first).days + 1) / 365.25))

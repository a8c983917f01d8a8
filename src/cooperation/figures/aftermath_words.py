"""What the figures on the aftermath show, for those who do not see them."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import spoken
from claimbook.wording import listing, number, percent
from cooperation.measures.aftermath import FATES, PERIODS, READINGS, WIDTHS
from cooperation.periods import LABELS, in_month


def of_survival(curves: pd.DataFrame) -> str:
    """Where the lines of each period end, by reading.

    Parameters
    ----------
    curves : pandas.DataFrame
        As in :func:`cooperation.figures.aftermath.survival`.

    Returns
    -------
    str
    """
    ends = curves.groupby(["group", "reading"], sort=False)[["years", "share"]].last()
    told = []
    for period in PERIODS:
        said = [f"{percent(ends.at[(period, key), 'share'])} if {name}" for key, name in READINGS.items()]
        told.append(
            f"Founded {LABELS[period]}: alive after {ends.loc[period, 'years'].max():.0f} years {listing(said)}."
        )
    return " ".join(
        [f"{len(PERIODS)} panels with a step line for each of {len(READINGS)} readings, a band around it.", *told]
    )


def of_fates(counts: pd.DataFrame) -> str:
    """How many of each group have which fate; parameters as in :func:`cooperation.figures.aftermath.known_fates`."""
    told = []
    for (period, width), row in counts.iterrows():
        told.append(f"{LABELS[period]}, {WIDTHS[width]}: {', '.join(f'{n} {FATES[fate]}' for fate, n in row.items())}")
    return f"{len(counts)} stacked bars. {'; '.join(told)}."


def of_outcomes(data: pd.DataFrame) -> str:
    """What became of the initiatives of each time of founding.

    Parameters
    ----------
    data : pandas.DataFrame
        A row a time of founding, in words, and a column a fate, under the name that readers see.

    Returns
    -------
    str
    """
    told = [
        f"founded {period}, {', '.join(f'{n} {name.lower()}' for name, n in row.items())}"
        for period, row in data.iterrows()
    ]
    return f"A bar for each time of founding: {'; '.join(told)}."


def of_rhythm(steps: pd.DataFrame) -> str:
    """Meetings promised and found, level by level.

    Parameters
    ----------
    steps : pandas.DataFrame
        As in :func:`cooperation.figures.aftermath.promised_and_kept`.

    Returns
    -------
    str
    """
    told = []
    for level, part in steps.groupby("level", sort=False):
        last, met = part.iloc[-1], part[part["id"].notna()]
        told.append(
            f"{level.capitalize()}: {last['due']} meetings promised, {last['found']} found, "
            f"the first in {in_month(met['day'].min())}, the last in {in_month(met['day'].max())}."
        )
    return " ".join([f"A line and steps in each panel, to {in_month(steps['day'].max())}.", *told])


def of_exits(rows: pd.DataFrame) -> str:
    """What was left and what was founded, by day.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns ``sign``, ``day``, ``lane`` and ``who``.

    Returns
    -------
    str
    """
    told = []
    for sign, part in rows.groupby("sign", sort=False):
        said = [f"{row.lane} by {row.who} in {in_month(row.day)}" for row in part.itertuples()]
        told.append(f"{sign.capitalize()}: {'; '.join(said)}.")
    return " ".join(["Time line with a row for each arrangement.", *told])


def of_companions(pairs: pd.DataFrame, untold: tuple[int, int]) -> str:
    """Who stood beside whom, from first year to last.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As in :func:`cooperation.figures.aftermath.together`.
    untold : tuple of int
        First and last year for which Mali's helpers are not told from missions.

    Returns
    -------
    str
    """
    told = [
        f"{party} beside {host}, {years.min()} to {years.max()}"
        for (host, party), years in pairs.groupby(["host", "party"])["year"]
    ]
    return (
        f"Marks by year, here with the first and last of each: {'; '.join(told)}. "
        f"For Mali from {untold[0]} to {untold[1]} those who fought are not told from missions."
    )


def of_beside(long: pd.DataFrame, nobody: list[str]) -> str:
    """How many armies stood beside each government, year by year.

    Parameters
    ----------
    long : pandas.DataFrame
        Columns ``host``, ``year`` and ``armies``.
    nobody : list of str
        Governments that had none beside them.

    Returns
    -------
    str
    """
    told = []
    for host, part in long.groupby("host", sort=False):
        said = [f"{armies} in {year}" for year, armies in zip(part["year"], part["armies"], strict=True)]
        told.append(f"beside {host}, {', '.join(said)}")
    told += [f"beside {name}, none" for name in nobody]
    return f"Squares by year with the number of armies: {'; '.join(told)}."


def of_flight(deaths: pd.DataFrame, people: pd.DataFrame, names: pd.Series) -> str:
    """Deaths and people driven from home at their lowest and highest, state by state.

    Parameters
    ----------
    deaths, people, names
        As in :func:`cooperation.figures.aftermath.deaths_and_flight`, of the states drawn.

    Returns
    -------
    str
    """
    told = []
    for title, table, column in (("Deaths", deaths, "deaths_best"), ("People displaced", people, "people")):
        said = []
        for code, part in table.groupby("iso3", sort=False):
            by_year = part.set_index("year")[column]
            ends = [
                f"{number(by_year[year])} in {spoken(str(year))}" for year in (by_year.index.min(), by_year.idxmax())
            ]
            said.append(f"{names[code]}, {ends[0]}, and at most {ends[1]}")
        told.append(f"{title}: {'; '.join(said)}.")
    return " ".join(["A panel of lines for each measure, with hollow marks where a figure was carried forward.", *told])

"""Where a group fought: its events abroad by year, how far north, how far from a border, and which our record has."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from claimbook.package.dates import earliest, latest
from claimbook.wording import Estimate

# First-level units of Mali that are its north: the ground beyond the bend of the Niger.
NORTH_OF_MALI = ("Gao", "Kidal", "Timbuktu")
# UCDP dates an event to its first day, and pages often tell it a day or two later.
SLACK = pd.Timedelta(days=3)
# Kinds of mistrust events that tell of a fight.
FIGHTS = ("attack", "kidnapping", "raid")


def fought(events: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Events in which one of some groups was a side, with the year.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``placed_events``.
    names : iterable of str
        UCDP's names of the groups; UCDP joins several with a comma where they fought as one.

    Returns
    -------
    pandas.DataFrame
        Rows of ``events`` with ``year``, by date.
    """
    wanted = set(names)
    sides = [
        events[side].str.split(", ").map(lambda parts: not wanted.isdisjoint(parts)) for side in ("side_a", "side_b")
    ]
    table = events[sides[0] | sides[1]]
    return table.assign(year=table["date"].str[:4].astype(int)).sort_values(["date", "id"], ignore_index=True)


def abroad(events: pd.DataFrame, home: str) -> pd.DataFrame:
    """Events outside one country, year by year.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    home : str
        Code of the country.

    Returns
    -------
    pandas.DataFrame
        year, events, abroad, share (of the events), latitude (median of those abroad, degrees), south and north (its
        ends) and border_km (median distance to a land border); a year without an event has no row.
    """
    out = events[events["iso3"] != home].groupby("year")
    table = events.groupby("year").size().rename("events").to_frame()
    table["abroad"] = out.size().reindex(table.index, fill_value=0)
    table["share"] = table["abroad"] / table["events"]
    for column, source, how in (
        ("latitude", "latitude", "median"),
        ("south", "latitude", "min"),
        ("north", "latitude", "max"),
        ("border_km", "border_km", "median"),
    ):
        table[column] = out[source].agg(how)
    return table.reset_index()


def share_in(events: pd.DataFrame, regions: Iterable[str]) -> Estimate:
    """Share of events that lie in some regions, in per cent, with its interval of 95 per cent (Wilson).

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`, of one country.
    regions : iterable of str
        Names of first-level units.

    Raises
    ------
    ValueError
        If there are no events.
    """
    if events.empty:
        raise ValueError("share_in: no events")
    inside = int(events["region"].isin(list(regions)).sum())
    low, high = proportion_confint(inside, len(events), method="wilson")
    return Estimate(100 * inside / len(events), 100 * low, 100 * high)


def held_against(events: pd.DataFrame, record: pd.DataFrame, slack: pd.Timedelta = SLACK) -> pd.DataFrame:
    """Which events of another record ours has: in the same country, and on a day near by.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    record : pandas.DataFrame
        Table ``mistrust_events``; its kinds of :data:`FIGHTS` count.
    slack : pandas.Timedelta
        How far from the event the days that our date can mean may lie.

    Returns
    -------
    pandas.DataFrame
        ``events`` with ``found``: keys of our rows, in a tuple that is empty where there is none.
    """
    record = record[record["kind"].isin(FIGHTS)]
    first, last = earliest(record["date"]) - slack, latest(record["date"]) + slack
    days = pd.to_datetime(events["date"])
    return events.assign(
        found=[
            tuple(record.loc[(record["country"] == iso3) & (first <= day) & (last >= day), "id"])
            for iso3, day in zip(events["iso3"], days, strict=True)
        ]
    )

"""Kidnappings: where groups were seized, held and let go, and what is reported to have been paid."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import earliest
from cooperation.periods import COUP


def cases(kidnappings: pd.DataFrame, held: pd.DataFrame, nationalities: pd.DataFrame, countries: pd.DataFrame):
    """Add to each case where it was held, whose nationals it held, and whether it began before the coup.

    Parameters
    ----------
    kidnappings, held, nationalities, countries : pandas.DataFrame
        Tables ``kidnappings``, ``kidnapping_countries_held``,
        ``kidnapping_nationalities`` and ``countries``.

    Returns
    -------
    pandas.DataFrame
        One row a case, by date, with the columns of ``kidnappings`` and

        held : tuple of str
            ISO codes of the countries of captivity.
        outsiders : bool
            At least one hostage came from outside the region.
        before_coup : bool
            Began before the coup in Mali.
    """
    table = kidnappings.sort_values(["date_start", "id"]).reset_index(drop=True)
    places = held.groupby("kidnapping")["country"].agg(lambda codes: tuple(sorted(codes)))
    local = nationalities["actor"].isin(countries["iso3"])
    foreign = set(nationalities.loc[~local, "kidnapping"])
    return table.assign(
        held=table["id"].map(places),
        outsiders=table["id"].isin(foreign),
        before_coup=earliest(table["date_start"]) < COUP,
    )


def paths(table: pd.DataFrame) -> pd.DataFrame:
    """Count cases and hostages by country of seizure, captivity and end.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cases`.

    Returns
    -------
    pandas.DataFrame
        seized, held (names joined by ``+`` where there were two), ended,
        cases, hostages (persons); largest first.
    """
    keyed = table.assign(seized=table["country_taken"], held=table["held"].map("+".join), ended=table["country_ended"])
    grouped = keyed.groupby(["seized", "held", "ended"], as_index=False).agg(
        cases=("id", "size"), hostages=("hostages", "sum")
    )
    return grouped.sort_values(["cases", "hostages", "seized"], ascending=[False, False, True], ignore_index=True)

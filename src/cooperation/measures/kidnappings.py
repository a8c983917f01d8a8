"""Kidnappings: where groups were seized, held and let go, and what is reported to have been paid."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import earliest, spoken
from claimbook.wording import count, counted, listing
from cooperation.periods import COUP
from cooperation.states import CAPTIVITY

RANSOM = {"none-reported": "none reported", "denied": "demanded; payment denied", "reported": "reported, no sum"}


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


def in_mali(table: pd.DataFrame) -> pd.Series:
    """Which cases, from :func:`cases`, were held in Mali, wholly or partly."""
    return table["held"].map(lambda held: CAPTIVITY in held).astype(bool)


def seized(table: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Which cases, from :func:`cases`, began in a span of years, its first and last year included."""
    return table["date_start"].str[:4].astype(int).between(first, last)


def named(table: pd.DataFrame, names: pd.Series) -> str:
    """Groups in words, by where and when they were seized.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cases`; at least one.
    names : pandas.Series
        Country names by ISO code.

    Returns
    -------
    str
        Such as ``the group seized in Algeria in March 2003``.
    """
    found = [f"in {names[case.country_taken]} in {spoken(case.date_start[:7])}" for case in table.itertuples()]
    return f"the group{'s' if len(found) > 1 else ''} seized {listing(found)}"


def exceptions(table: pd.DataFrame, names: pd.Series) -> str:
    """How many exceptions there are, and which; parameters as in :func:`named`, but there may be none."""
    if table.empty:
        return "without exception"
    return f"with {counted(len(table), 'exception')}, {named(table, names)}"


def held_with(sure: int, disputed: int) -> str:
    """How many were held there: ``14 were held in it, 15 with a disputed case``."""
    others = {0: "", 1: f", {count(sure + 1)} with a disputed case"}
    more = f", {count(sure + disputed)} with {count(disputed)} disputed cases"
    return f"{count(sure)} {'was' if sure == 1 else 'were'} held in it{others.get(disputed, more)}"


def ransom(case: pd.Series) -> str:
    """A ransom in words: million euros as reported by any source, and its status."""
    if pd.isna(case["ransom_low_eur"]):
        return RANSOM[case["ransom_status"]]
    ends = dict.fromkeys(f"{case[end] / 1e6:.1f}" for end in ("ransom_low_eur", "ransom_high_eur"))
    return f"{' to '.join(ends)}, {case['ransom_status']}"


def listed(table: pd.DataFrame, names: pd.Series, cited: pd.Series) -> pd.DataFrame:
    """The cases for a reader.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cases`.
    names : pandas.Series
        Country names by ISO code.
    cited : pandas.Series
        Citations by the key of a case.

    Returns
    -------
    pandas.DataFrame
        Case, Seized, Hostages, Held, Ended, Ransom, Prisoners, Sources; one row a case, as text.
    """
    return pd.DataFrame(
        {
            "Case": table["id"] + " (" + table["verification"] + ")",
            "Seized": table["date_start"] + ", " + table["country_taken"].map(names),
            "Hostages": table["hostages"],
            "Held": table["held"].map(lambda held: ", ".join(names[code] for code in held)),
            "Ended": table["date_end"] + ", " + table["country_ended"].map(names),
            "Ransom": table.apply(ransom, axis=1),
            "Prisoners": table["prisoner_swap"],
            "Sources": table["id"].map(cited),
        }
    )

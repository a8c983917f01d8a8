"""Allegations: grades, the evidence on both sides, reported ransoms, what was public when, and counts of attacks."""

from __future__ import annotations

import itertools

import pandas as pd

from claimbook.package.dates import latest, spoken
from cooperation.periods import COUP
from cooperation.rows import Allegation

# Those that the article reports, each with a section of its own.
FIVE = (
    Allegation.FREE_HAND,
    Allegation.SHARED_REVENUE,
    Allegation.SPARED_CAPITAL,
    Allegation.WARNINGS,
    Allegation.HELD_BACK,
)
MILLION = 1e6


def graded(allegations: pd.DataFrame, claims: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Add to each allegation its grade, in signs and in words, and whether the article reports it.

    Parameters
    ----------
    allegations, claims, codebook : pandas.DataFrame
        Tables ``allegations``, ``claims`` and ``codebook``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``allegations`` that are not from memory, by their keys,
        with

        grade : str
            Letter and number of the Admiralty scheme.
        source_words, information_words : str
            What letter and number mean, from the codebook.
        of_article : bool
    """
    rules = codebook[codebook["table"] == "allegations"].set_index(["column", "value"])["rule"]
    words = rules.str.split(":").str[0].str.rstrip(".").str.lower()
    table = allegations[allegations["verification"] != "memory"].sort_values("id", ignore_index=True)
    number = table["information_credibility"].astype(str)
    return table.assign(
        grade=table["source_reliability"] + number,
        source_words=table["source_reliability"].map(words["source_reliability"]),
        information_words=number.map(words["information_credibility"]),
        of_article=table["id"].isin(claims["allegation"]),
    )


def sides(allegation: pd.Series) -> pd.DataFrame:
    """The evidence for and against one allegation, point by point.

    Parameters
    ----------
    allegation : pandas.Series
        A row of ``allegations``; its points are parted by semicolons.

    Returns
    -------
    pandas.DataFrame
        Columns ``No.``, ``For`` and ``Against``. Points stand in the order of
        the table; those in one row do not answer each other.
    """
    points = (
        [part.strip().rstrip(".") for part in allegation[f"evidence_{side}"].split("; ")] for side in ("for", "against")
    )
    rows = itertools.zip_longest(*points, fillvalue="")
    pairs = pd.DataFrame([[point[:1].upper() + point[1:] for point in row] for row in rows], columns=["For", "Against"])
    pairs.insert(0, "No.", range(1, len(pairs) + 1))
    return pairs


def listed(table: pd.DataFrame, cites: pd.Series) -> pd.DataFrame:
    """Allegations as a table for readers: who made each, its grade, why, and the sources.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of what :func:`graded` gives.
    cites : pandas.Series
        Citations by key of the allegation.

    Returns
    -------
    pandas.DataFrame
        Columns ``Key``, ``Allegation``, ``Made by``, ``Grade``, ``Assessment`` and ``Sources``.
    """
    return pd.DataFrame(
        {
            "Key": table["id"],
            "Allegation": table["claim"],
            "Made by": table["made_by"] + ". First found: " + table["first_made"].map(spoken) + ".",
            "Grade": table["grade"] + ": " + table["information_words"],
            "Assessment": table["assessment"],
            "Sources": table["id"].map(cites),
        }
    )


def ransoms(kidnappings: pd.DataFrame) -> pd.DataFrame:
    """What was reported to have been paid for each group of hostages, by the date of its end.

    Parameters
    ----------
    kidnappings : pandas.DataFrame
        Table ``kidnappings``.

    Returns
    -------
    pandas.DataFrame
        id, date_end, country_taken, hostages, low and high (million euros,
        missing where no sum was reported), ransom_status, verification, and
        ``before_coup``: ended before the coup in Mali, on any
        reading of its date. Rows from memory are left out.
    """
    table = kidnappings[kidnappings["verification"] != "memory"]
    table = table.sort_values(["date_end", "id"], ignore_index=True)
    table = table.assign(
        low=table["ransom_low_eur"].astype("float64") / MILLION,
        high=table["ransom_high_eur"].astype("float64") / MILLION,
        before_coup=latest(table["date_end"]) < COUP,
    )
    return table[
        ["id", "date_end", "country_taken", "hostages", "low", "high", "ransom_status", "verification", "before_coup"]
    ]


def publicity(events: pd.DataFrame, links: pd.DataFrame, sources: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """The events of a span, each with the pages about it that are dated to the day.

    Parameters
    ----------
    events, links, sources : pandas.DataFrame
        Tables ``mistrust_events``, ``mistrust_event_sources`` and ``sources``.
    first, last : str
        First and last day, as ISO dates.

    Returns
    -------
    pandas.DataFrame
        id, date, title, verification of the event; source, publisher,
        published (ISO day) of the page. One row a page, by the dates of event
        and page; an event without such a page has one row without a page.
        Pages dated to a month only, or not read, are left out.
    """
    kept = events[
        (events["date"].str.len() == 10) & events["date"].between(first, last) & (events["verification"] != "memory")
    ]
    pages = sources[(sources["date"].str.len() == 10) & (sources["verified"] == "yes")]
    pages = links.merge(
        pages[["key", "publisher", "date"]].rename(columns={"date": "published"}), left_on="source", right_on="key"
    )
    table = kept[["id", "date", "title", "verification"]].merge(
        pages.drop(columns="key"), left_on="id", right_on="event", how="left"
    )
    return table.drop(columns="event").sort_values(["date", "id", "published", "source"], ignore_index=True)


def by_chance(one: int, other: int) -> float:
    """How often two places struck at the same pace differ at least so much in as long a time.

    Parameters
    ----------
    one, other : int
        Attacks in each, of which at least one in all.

    Returns
    -------
    float
        Two-sided p-value of the exact test of two Poisson counts, given their sum. It judges a difference of counts,
        and says nothing of its cause.

    Raises
    ------
    ValueError
        If there is no attack.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson series. Biometrika
    31, 313-323.
    """
    if one + other < 1:
        raise ValueError("by_chance: no attacks")
    from scipy.stats import binomtest

    return float(binomtest(one, one + other).pvalue)

"""The record held against what others recorded, counted from the tables."""

from __future__ import annotations

import pandas as pd

from cooperation.measures import aftermath, places
from cooperation.measures.initiatives import UNION, african_led, core_scope
from cooperation.periods import COUP, SPANS

COLUMNS = ["key", "compared", "alike", "misses"]
# UCDP's names of states that differ from those of the table ``countries``.
UCDP_NAMES = {"Ivory Coast": "Côte d'Ivoire"}
AQIM = "AQIM"


def fights(events: pd.DataFrame, record: pd.DataFrame, home: str, names: pd.Series) -> dict:
    """Fights of AQIM outside one country before the coup, and whether our record of events has them.

    Parameters
    ----------
    events, record : pandas.DataFrame
        Tables ``placed_events`` and ``mistrust_events``.
    home : str
        Code of the country.
    names : pandas.Series
        Names of states by code.

    Returns
    -------
    dict
        The keys of :data:`COLUMNS`: compared and alike (numbers), and the misses in words.
    """
    fought = places.fought(events, [AQIM])
    held = places.held_against(fought[(fought["iso3"] != home) & (fought["date"] < str(COUP.date()))], record)
    lacking = held[held["found"].str.len() == 0]
    misses = "; ".join(f"{names[row.iso3]}, {row.date}" for row in lacking.itertuples())
    return {"key": "fights", "compared": len(held), "alike": len(held) - len(lacking), "misses": misses}


def helpers(parties: pd.DataFrame, ties: pd.DataFrame, names: pd.Series, last: int) -> dict:
    """Pairs of states of which UCDP has one fighting beside the other, and whether they shared an arrangement then.

    Parameters
    ----------
    parties : pandas.DataFrame
        Table ``warring_parties``.
    ties : pandas.DataFrame
        From :func:`cooperation.measures.network.ties`; African-led ones of core scope that are not the African Union's
        count.
    names : pandas.Series
        Names of states by code.
    last : int
        Last year of the comparison, which begins with the baseline.

    Returns
    -------
    dict
        As from :func:`fights`.
    """
    codes = {name: code for code, name in names.items()}
    first = SPANS["baseline"][0].year
    pairs = aftermath.companions(parties, [*names, *UCDP_NAMES], first, last)
    pairs = pairs.assign(**{side: pairs[side].replace(UCDP_NAMES).map(codes) for side in ("host", "party")}).dropna()
    spans = pairs.groupby(["host", "party"])["year"].agg(["min", "max"])
    own = african_led(core_scope(ties)).query(f"not ({UNION})")
    misses = []
    for (host, party), years in spans.iterrows():
        begins, ends = pd.Timestamp(years["min"], 1, 1), pd.Timestamp(years["max"], 12, 31)
        stood = own[(own["from_day"] <= ends) & (own["until"].isna() | (own["until"] >= begins))]
        joined = stood.groupby("state")["initiative"].agg(set)
        if joined.get(host, set()).isdisjoint(joined.get(party, set())):
            misses.append(f"{names[party]} beside {names[host]}, {years['min']}")
    return {"key": "helpers", "compared": len(spans), "alike": len(spans) - len(misses), "misses": "; ".join(misses)}

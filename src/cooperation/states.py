"""The states that code names, by ISO 3166 alpha-3 code, and the groups of them that the report asks about."""

from __future__ import annotations

import pandas as pd

ALGERIA, LIBYA, MAURITANIA, MOROCCO, TUNISIA = "DZA", "LBY", "MRT", "MAR", "TUN"
BURKINA_FASO, CHAD, MALI, NIGER = "BFA", "TCD", "MLI", "NER"
EGYPT, IVORY_COAST, NIGERIA, SENEGAL, SUDAN = "EGY", "CIV", "NGA", "SEN", "SDN"
FRANCE, RUSSIA, UNITED_STATES = "FRA", "RUS", "USA"
# A Non-Self-Governing Territory for the United Nations: no state, and never drawn as one.
WESTERN_SAHARA = "ESH"

# In the order of their codes, in which the tables of pairs have them.
PAIR = (ALGERIA, MOROCCO)
FOUR = (ALGERIA, MALI, MAURITANIA, NIGER)
# The states whose region in ``countries`` is the Maghreb.
MAGHREB = (ALGERIA, LIBYA, MOROCCO, MAURITANIA, TUNISIA)
CENTRAL_SAHEL = (MALI, BURKINA_FASO, NIGER)
POWERS = (FRANCE, RUSSIA, UNITED_STATES)
# Where the article has AQIM and its hostages.
CAPTIVITY = MALI

# For figures that are not handed the table ``countries``, with which these agree.
NAMES = {ALGERIA: "Algeria", MOROCCO: "Morocco", TUNISIA: "Tunisia", LIBYA: "Libya", MAURITANIA: "Mauritania"}


def is_pair(table: pd.DataFrame, pair: tuple[str, str] = PAIR) -> pd.Series:
    """Which rows of a table of pairs are about a pair.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns state_1 and state_2, the lesser code first.
    pair : (str, str), optional
        Codes in the same order; Algeria and Morocco if left out.

    Returns
    -------
    pandas.Series
        Boolean, with the index of ``table``.
    """
    return (table["state_1"] == pair[0]) & (table["state_2"] == pair[1])


def dyad(one: str, other: str) -> str:
    """Two codes as the column ``pair`` of trade flows joins them, the lesser first."""
    return "-".join(sorted((one, other)))

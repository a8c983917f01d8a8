"""From 2014 to now: which forces were there from when to when, who seized power meanwhile, and the turns of the story."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from claimbook.package.dates import earliest, latest
from cooperation.measures import turning_points
from cooperation.measures.timeline import SEIZURES
from cooperation.rows import Initiative, RegionEvent
from cooperation.states import CENTRAL_SAHEL

# Forces from outside the region, by the turning point with which each began and the one with which it ended.
FROM_OUTSIDE: dict[str, tuple[str, str | None]] = {
    "france": (RegionEvent.SERVAL_BEGINS, RegionEvent.FRANCE_OUT_OF_MALI),
    "united_nations": (RegionEvent.MINUSMA_BEGINS, RegionEvent.MINUSMA_ENDS),
    "takuba": (RegionEvent.TAKUBA_BEGINS, RegionEvent.TAKUBA_ENDS),
    "russia": (RegionEvent.WAGNER_ARRIVES, None),
}
# Forces of the region's own states.
OF_THE_REGION = {
    "lake_chad": Initiative.LAKE_CHAD,
    "g5": Initiative.G5_FORCE,
    "alliance": Initiative.AES_FORCE,
}
# What the chapter tells, section by section, in the order of its telling.
TURNS: dict[str, tuple[str, ...]] = {
    "France and the United Nations come": (
        RegionEvent.SERVAL_BEGINS,
        RegionEvent.MINUSMA_BEGINS,
        RegionEvent.BARKHANE_BEGINS,
    ),
    "A peace signed, and ended": (
        RegionEvent.KIDAL_VISIT,
        RegionEvent.KIDAL_LOST,
        RegionEvent.ACCORD_SIGNED,
        RegionEvent.REBELS_AT_WAR,
        RegionEvent.BOUREM,
        RegionEvent.KIDAL_TAKEN,
        RegionEvent.ACCORD_ENDED,
    ),
    "Two forces of Africa's own": (
        RegionEvent.G5_FOUNDED,
        RegionEvent.LAKE_CHAD_AUTHORISED,
        RegionEvent.G5_FORCE_LAUNCHED,
        RegionEvent.SEVARE,
        RegionEvent.LAKE_SANITY,
        RegionEvent.MALI_LEAVES_G5,
        RegionEvent.G5_LEFT,
        RegionEvent.G5_TO_END,
        RegionEvent.LAKE_SANITY_2,
        RegionEvent.CHAD_MAY_LEAVE,
        RegionEvent.NIGER_LEAVES_LAKE_CHAD,
    ),
    "Coups and sanctions": (
        RegionEvent.MALI_2020,
        RegionEvent.MALI_SUSPENDED_2020,
        RegionEvent.MALI_2021,
        RegionEvent.MALI_SUSPENDED_2021,
        RegionEvent.MALI_SHUT_OFF,
        RegionEvent.BURKINA_JANUARY,
        RegionEvent.BURKINA_SUSPENDED,
        RegionEvent.UNION_COURT,
        RegionEvent.MALI_EASED,
        RegionEvent.BURKINA_SEPTEMBER,
        RegionEvent.NIGER_2023,
        RegionEvent.NIGER_SANCTIONED,
        RegionEvent.NIGER_EASED,
    ),
    "France and the United Nations go": (
        RegionEvent.BOUNTI,
        RegionEvent.BARKHANE_TO_END,
        RegionEvent.ABANDONMENT,
        RegionEvent.WAGNER_ARRIVES,
        RegionEvent.DANES_SENT_AWAY,
        RegionEvent.FRENCH_ENVOY_EXPELLED,
        RegionEvent.FRANCE_TO_LEAVE_MALI,
        RegionEvent.MALI_ASKS_FRANCE,
        RegionEvent.MOURA,
        RegionEvent.TAKUBA_ENDS,
        RegionEvent.FRANCE_OUT_OF_MALI,
        RegionEvent.BARKHANE_ENDS,
        RegionEvent.BURKINA_ENDS_ACCORD,
        RegionEvent.MINUSMA_TO_LEAVE,
        RegionEvent.MINUSMA_MANDATE_ENDS,
        RegionEvent.NIGER_ENDS_ACCORDS,
        RegionEvent.FRANCE_TO_LEAVE_NIGER,
        RegionEvent.FLAG_LOWERED,
        RegionEvent.FRANCE_OUT_OF_NIGER,
        RegionEvent.MINUSMA_ENDS,
    ),
    "An alliance of three": (
        RegionEvent.ALLIANCE_FOUNDED,
        RegionEvent.CORPS_IN_BURKINA,
        RegionEvent.EXIT_FROM_ECOWAS,
        RegionEvent.CORPS_IN_NIGER,
        RegionEvent.CONFEDERATION,
        RegionEvent.TINZAOUATEN,
        RegionEvent.LEFT_ECOWAS,
        RegionEvent.ALLIANCE_AND_RUSSIA,
        RegionEvent.WAGNER_ENDS,
        RegionEvent.FORCE_GETS_BANNER,
        RegionEvent.TALKS_WITH_ECOWAS,
        RegionEvent.NIAMEY_BASE,
    ),
    "Algeria and Morocco": (
        RegionEvent.MOROCCO_IN_UNION,
        RegionEvent.RELATIONS_CUT,
        RegionEvent.ATLANTIC_OFFER,
        RegionEvent.DRONE,
        RegionEvent.ENVOYS_RECALLED_2025,
        RegionEvent.MALI_LEAVES_STAFF,
        RegionEvent.AIRSPACE_SHUT_2025,
        RegionEvent.COURT_NEEDS_CONSENT,
        RegionEvent.ALGERIA_HOLDS_OUT_HAND,
        RegionEvent.ALGERIA_AND_NIGER_MEND,
        RegionEvent.MALI_ON_SAHARA,
    ),
    "The blockade and the offensive": (
        RegionEvent.BARSALOGHO,
        RegionEvent.LIBERATION_FRONT_FOUNDED,
        RegionEvent.BLOCKADE,
        RegionEvent.TANKERS_BURNT,
        RegionEvent.CONTACTS_WITH_JNIM,
        RegionEvent.OFFENSIVE,
        RegionEvent.RUSSIA_STAYS,
    ),
}


def presence(events: pd.DataFrame, initiatives: pd.DataFrame, closed: pd.Timestamp) -> pd.DataFrame:
    """Which forces were there, from the first day that the beginning can mean to the last that the end can.

    Parameters
    ----------
    events, initiatives : pandas.DataFrame
        Tables ``region_events`` and ``initiatives``.
    closed : pandas.Timestamp
        The cut-off, to which what has no end is drawn.

    Returns
    -------
    pandas.DataFrame
        key, began and ended (partial dates; ended missing while it stands), first, last, stands and outside (from
        outside the region); those from outside first, in the order of their coming within each part.
    """
    came = turning_points.standing(events, closed, FROM_OUTSIDE).assign(outside=True)
    bodies = initiatives.set_index("id").loc[[*OF_THE_REGION.values()]]
    own = pd.DataFrame(
        {
            "key": [*OF_THE_REGION],
            "began": bodies["founded"].to_numpy(),
            "ended": bodies["ended"].to_numpy(),
            "first": earliest(bodies["founded"]).to_numpy(),
            "last": latest(bodies["ended"]).fillna(closed).to_numpy(),
            "stands": bodies["ended"].isna().to_numpy(),
            "outside": False,
        }
    )
    table = pd.concat([came, own], ignore_index=True)
    return table.sort_values(["outside", "first"], ascending=[False, True], ignore_index=True)


def coups(events: pd.DataFrame, after: pd.Timestamp) -> pd.DataFrame:
    """Seizures of power in the central Sahel after a day.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``region_events``.
    after : pandas.Timestamp
        The day.

    Returns
    -------
    pandas.DataFrame
        id, country, title and day, in the order of their days.
    """
    table = events[events["id"].isin(SEIZURES)].assign(day=lambda rows: earliest(rows["date"]))
    return table.loc[table["day"] > after, ["id", "country", "title", "day"]].sort_values("day", ignore_index=True)


def candidates(months: pd.DataFrame, closed: pd.Timestamp) -> pd.Series:
    """Deaths in the central Sahel in the months that rest on candidate events, to the cut-off.

    Parameters
    ----------
    months : pandas.DataFrame
        Table ``violence_months``.
    closed : pandas.Timestamp
        The cut-off; a later month is left out.

    Returns
    -------
    pandas.Series of int
        By month: preliminary, and never added to the deaths of a year.
    """
    part = months[months["provisional"] & months["iso3"].isin(CENTRAL_SAHEL)]
    part = part[latest(part["month"]) <= closed]
    return part.groupby("month")["deaths_best"].sum()


def told(load: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """The turns that the chapter tells, by day within each of its sections.

    Parameters
    ----------
    load : callable
        Gives the table of a name.

    Returns
    -------
    pandas.DataFrame
        Rows of ``region_events`` with section and day.

    Raises
    ------
    KeyError
        If a turn is not in the table.
    """
    events = load("region_events").set_index("id", drop=False)
    parts = [events.loc[[*keys]].assign(section=section) for section, keys in TURNS.items()]
    table = pd.concat(parts, ignore_index=True)
    order = table["section"].map([*TURNS].index)
    return table.assign(day=earliest(table["date"]), order=order).sort_values(["order", "day", "id"], ignore_index=True)

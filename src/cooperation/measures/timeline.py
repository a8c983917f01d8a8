"""What happened when, across the parts: a selection of events from four tables, by rules that stand here.

Part I has the first seizure of hostages in each country, the steps by which one state operated with another, mediated
for it or broke with it, and the day on which the group took al-Qaida's name. Part II has every step that opened or shut
a channel between Algeria and Morocco, every war, accession, exit and recognition coded as a break or as mending one,
and steps on Western Sahara that are named one by one: the Court's opinion, the march, what Spain left and the republic,
Mauritania's exit from the war, the mission and the truce, the two proposals of 2007, the turns of Spain, France and
Mali, and the resolution of 2025 with the talks after it. Part III has the bodies at whose table four states of the
Sahel and Maghreb or more sit, and of the turning points since 2012 those with which a force, mission or pact began or
ended, the seizures of power in the central Sahel, how the armed groups of today came to be, exits that took effect,
ruptures between states of the region, and the last two offensives.
"""

from __future__ import annotations

import pandas as pd

from claimbook.judgement import Load
from claimbook.package.dates import earliest
from cooperation.measures.initiatives import african_led, core_scope
from cooperation.measures.standoff import CHANNELS, OPENS
from cooperation.measures.turning_points import SPANS
from cooperation.periods import COUP
from cooperation.rows import DisputeEvent, MistrustEvent, RegionEvent

PARTS = {
    "mistrust": "Part I: the mistrust",
    "dispute": "Part II: the dispute",
    "initiatives": "Part III: the initiatives",
}
KINDS = {
    "hostages": "hostages",
    "violence": "war and violence",
    "power": "seizures of power",
    "groups": "armed groups",
    "ties": "envoys and relations",
    "borders": "borders, visas, gas",
    "territory": "Western Sahara",
    "bodies": "bodies founded, joined, left",
    "forces": "forces from outside",
    "accords": "accords",
}
# The kind of an event by the code of its own table, and of those whose code says something else.
KIND_OF = {
    "kidnapping": "hostages",
    **dict.fromkeys(("war", "raid", "attack"), "violence"),
    "coup": "power",
    "armed-group": "groups",
    **dict.fromkeys(("diplomatic", "rupture"), "ties"),
    **dict.fromkeys(("border", "economic"), "borders"),
    **dict.fromkeys(("recognition", "un", "legal"), "territory"),
    **dict.fromkeys(("organisation", "exit", "alliance"), "bodies"),
    **dict.fromkeys(("intervention", "mission", "charge"), "forces"),
    **dict.fromkeys(("accord", "breach"), "accords"),
}
KIND_OF_ROW = {
    DisputeEvent.GREEN_MARCH: "territory",
    DisputeEvent.MADRID_ACCORDS: "territory",
    DisputeEvent.MAURITANIA_LEAVES_THE_WAR: "territory",
    DisputeEvent.SPAIN_ON_THE_PLAN: "territory",
    MistrustEvent.RENAMED_AQIM: "groups",
}
RELATION_FORMS = ("mediation", "joint operation", "recall", "return", "suspension")
BREAKS = ("war", "organisation", "recognition")
NOT_OF_GOVERNMENTS = ("private", "unproven", "disputed")
SEATS = ("political-process", "joint-staff", "intelligence")
TABLE_OF = 4
REGIONS = ("Maghreb", "Sahel")
# Named one by one: no code tells these steps on Western Sahara from others.
QUESTION = (
    DisputeEvent.COURT_OPINION,
    DisputeEvent.GREEN_MARCH,
    DisputeEvent.MADRID_ACCORDS,
    DisputeEvent.REPUBLIC_PROCLAIMED,
    DisputeEvent.MAURITANIA_LEAVES_THE_WAR,
    DisputeEvent.MISSION_CREATED,
    DisputeEvent.CEASEFIRE,
    DisputeEvent.FRONTS_PROPOSAL,
    DisputeEvent.AUTONOMY_PLAN,
    DisputeEvent.MOROCCO_ENTERS_AU,
    DisputeEvent.SPAIN_ON_THE_PLAN,
    DisputeEvent.FRANCE_ON_SOVEREIGNTY,
    DisputeEvent.TEXT_ON_THE_PLAN,
    DisputeEvent.MADRID_TALKS,
    DisputeEvent.MALI_WITHDRAWS_RECOGNITION,
)
SEIZURES = (
    RegionEvent.MALI_2012,
    RegionEvent.MALI_2020,
    RegionEvent.MALI_2021,
    RegionEvent.BURKINA_JANUARY,
    RegionEvent.BURKINA_SEPTEMBER,
    RegionEvent.NIGER_2023,
)
GROUPS = (
    RegionEvent.MURABITUN_FOUNDED,
    RegionEvent.PLEDGE_TO_THE_ISLAMIC_STATE,
    RegionEvent.JNIM_FOUNDED,
    RegionEvent.LIBERATION_FRONT_FOUNDED,
)
OFFENSIVES = (RegionEvent.BLOCKADE, RegionEvent.OFFENSIVE)
# Roles of those who took part in a turning point, or at whom it was aimed.
TOOK_PART = ("did", "against", "party")
# An actor of fewer events than this is not offered to choose by.
OFTEN = 6


def mistrust(events: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """Events of the mistrust before the coup.

    Parameters
    ----------
    events, acts : pandas.DataFrame
        Tables ``mistrust_events`` and ``mistrust_acts``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``events`` that the rule takes.
    """
    before = events[earliest(events["date"]) < COUP]
    seized = before[before["kind"] == "kidnapping"].sort_values("date").drop_duplicates("country")
    steps = acts.loc[acts["form"].isin(RELATION_FORMS), "event"]
    chosen = before["id"].isin([*seized["id"], *steps, MistrustEvent.RENAMED_AQIM])
    return before[chosen]


def dispute(events: pd.DataFrame) -> pd.DataFrame:
    """Events of the dispute between Algeria and Morocco.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``dispute_events``.

    Returns
    -------
    pandas.DataFrame
        The rows that the rule takes.
    """
    channels = {key for steps in CHANNELS.values() for key, _ in steps}
    breaks = (
        events["kind"].isin(BREAKS) & (events["direction"].abs() == OPENS[-1]) & ~events["act"].isin(NOT_OF_GOVERNMENTS)
    )
    return events[breaks | events["id"].isin(channels | set(QUESTION))]


def foundings(initiatives: pd.DataFrame, memberships: pd.DataFrame, states: pd.Index) -> pd.DataFrame:
    """Foundings of African-led bodies at whose table several states of the region sit.

    Parameters
    ----------
    initiatives, memberships : pandas.DataFrame
        Tables of these names.
    states : pandas.Index of str
        Codes of the states that are counted at a table.

    Returns
    -------
    pandas.DataFrame
        The rows of ``initiatives`` that the rule takes: neither bilateral, nor only declared, nor a body's new track,
        nor an organ of another that it takes.
    """
    seats = memberships[(memberships["role"] == "member") & memberships["actor"].isin(states)]
    tables = seats.groupby("initiative")["actor"].nunique()
    found = core_scope(african_led(initiatives))
    large = found["id"].map(tables).fillna(0) >= TABLE_OF
    plain = ~found[["bilateral", "relaunch", "declared_only"]].astype(bool).any(axis=1)
    sure = found["verification"] == "yes"
    taken = found[found["kind"].isin(SEATS) & large & plain & sure]
    return taken[~taken["body"].isin(taken["id"]) | (taken["body"] == taken["id"])]


def turns(events: pd.DataFrame, actors: pd.DataFrame, twins: pd.DataFrame, states: pd.Index) -> pd.DataFrame:
    """Turning points since 2012.

    Parameters
    ----------
    events, actors, twins : pandas.DataFrame
        Tables ``region_events``, ``region_event_actors`` and ``region_event_rows``.
    states : pandas.Index of str
        Codes of the states of the region.

    Returns
    -------
    pandas.DataFrame
        The rows of ``events`` that the rule takes; steps that were only announced are not among the exits and ruptures.
    """
    stood = {key for begins, ends in SPANS.values() for key in (begins, ends) if key}
    left = twins.loc[twins["table"].isin(["memberships", "organisation_memberships"]), "event"]
    sides = actors[actors["role"].isin(["did", "against"])]
    local = sides["actor"].isin(states).groupby(sides["event"]).sum()
    between = local.index[local >= 2]
    chosen = (
        events["id"].isin({*stood, *SEIZURES, *GROUPS, *OFFENSIVES})
        | (events["kind"].eq("exit") & events["id"].isin(left))
        | (events["kind"].eq("rupture") & events["stage"].eq("done") & events["id"].isin(between))
    )
    return events[chosen]


def _told(events: pd.DataFrame, links: pd.DataFrame, part: str, label: str = "") -> pd.DataFrame:
    """Rows of a table as events of the timeline, with those who took part."""
    taken = links[links["event"].isin(events["id"])].groupby("event")["actor"].agg(set)
    return pd.DataFrame(
        {
            "id": events["id"],
            "date": events["date"],
            "title": events["title"],
            "part": PARTS[part],
            "kind": events["id"].map(KIND_OF_ROW).fillna(events["kind"].map(KIND_OF)).map(KINDS),
            "who": [taken.get(key, set()) for key in events["id"]],
            "label": [f"{label}{key.lower()}" if label else "" for key in events["id"]],
        }
    )


def _founded(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Foundings as events: the name, and what the founding was, as far as sources agree."""
    how, short = initiatives["founded_event"].str.split(";").str[0], initiatives["short_name"]
    named = short.where(~short.str.isupper(), initiatives["name"] + " (" + short + ")")
    return initiatives.assign(date=initiatives["founded"], title=named + " founded: " + how, kind="organisation")


def _once(events: pd.DataFrame, twins: pd.DataFrame) -> pd.DataFrame:
    """The events without the turning points that code the same step as another of them."""
    return events[~events["id"].isin(twins.loc[twins["row"].isin(events["id"]), "event"])]


def events(load: Load) -> pd.DataFrame:
    """The events of the timeline.

    Parameters
    ----------
    load : callable
        Gives a table by its name.

    Returns
    -------
    pandas.DataFrame
        id, date, title, part and kind (as readers see them), who (names of those with :data:`OFTEN` events or more)
        and label (of the card that tells more, of turning points), by date; an event that two tables have stands once.
    """
    countries, twins, members = load("countries"), load("region_event_rows"), load("memberships")
    states = countries.loc[countries["status"] == "state"].set_index("iso3")["region"]
    quarrel = dispute(load("dispute_events"))
    bodies = foundings(load("initiatives"), members, states.index[states.isin(REGIONS)])
    since = turns(load("region_events"), load("region_event_actors"), twins, states.index)
    between_two = since["id"].isin(twins.loc[twins["table"] == "dispute_events", "event"]) & (
        since["kind"] == "rupture"
    )
    took_part = load("region_event_actors").query("role in @TOOK_PART")
    seats = members[members["role"] == "member"].rename(columns={"initiative": "event"})
    told = [
        _told(mistrust(load("mistrust_events"), load("mistrust_acts")), load("mistrust_event_actors"), "mistrust"),
        _told(quarrel, load("dispute_event_actors"), "dispute"),
        _told(_founded(bodies[~bodies["founded"].isin(quarrel["date"])]), seats, "initiatives"),
        _told(since[between_two], took_part, "dispute", "card-"),
        _told(since[~between_two], took_part, "initiatives", "card-"),
    ]
    chosen = _once(pd.concat(told), twins).assign(day=lambda table: earliest(table["date"]))
    return _named(chosen.sort_values(["day", "id"], ignore_index=True).drop(columns="day"), load("actors"))


def _named(chosen: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The events with the names of those who often took part."""
    names, times = actors.set_index("id")["name"], chosen["who"].explode().value_counts()
    often = set(times.index[times >= OFTEN])
    return chosen.assign(who=[sorted(names[[*(keys & often)]]) for keys in chosen["who"]])

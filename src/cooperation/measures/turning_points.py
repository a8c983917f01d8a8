"""Turning points of the region since 2012: what stood from when to when, and what happened on which day."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from claimbook.package.dates import earliest, latest, spoken
from cooperation.measures.architecture import SOURCING
from cooperation.measures.record import newer
from cooperation.rows import RegionEvent

# What stood, by the turning point with which it began and the one with which it ended; None: it stands.
SPANS: dict[str, tuple[str, str | None]] = {
    "serval": (RegionEvent.SERVAL_BEGINS, RegionEvent.BARKHANE_BEGINS),
    "barkhane": (RegionEvent.BARKHANE_BEGINS, RegionEvent.BARKHANE_ENDS),
    "takuba": (RegionEvent.TAKUBA_BEGINS, RegionEvent.TAKUBA_ENDS),
    "minusma": (RegionEvent.MINUSMA_BEGINS, RegionEvent.MINUSMA_ENDS),
    "wagner": (RegionEvent.WAGNER_ARRIVES, RegionEvent.WAGNER_ENDS),
    "africa_corps": (RegionEvent.WAGNER_ENDS, None),
    "accord": (RegionEvent.ACCORD_SIGNED, RegionEvent.ACCORD_ENDED),
    "alliance": (RegionEvent.ALLIANCE_FOUNDED, None),
}
# Rows of the chronicle, by the kinds of turning points that stand in them; steps only announced do not.
LANES = {"power": ("coup",), "rooms": ("exit",), "penalties": ("sanction",), "attacks": ("attack",)}
ANNOUNCED = "announced"
ROLES = {
    "did": "Took the step",
    "against": "Towards",
    "party": "Parties",
    "convener": "Convened by",
    "mediator": "Mediated by",
    "observer": "Observers",
    "ground": "On the soil of",
}


def standing(
    events: pd.DataFrame, closed: pd.Timestamp, spans: Mapping[str, tuple[str, str | None]] = SPANS
) -> pd.DataFrame:
    """What stood, from the first day that its beginning can mean to the last that its end can.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``region_events``.
    closed : pandas.Timestamp
        The cut-off, to which what has no end is drawn.
    spans : mapping of str to tuple
        Keys of the beginning and of the end, or None.

    Returns
    -------
    pandas.DataFrame
        key, began and ended (partial dates; ended missing while it stands), first, last and stands; in the order of
        ``spans``.

    Raises
    ------
    KeyError
        If a turning point is not in the table.
    """
    days = events.set_index("id")["date"]
    table = pd.DataFrame(
        [(key, days[begin], days[end] if end else None) for key, (begin, end) in spans.items()],
        columns=["key", "began", "ended"],
    )
    return table.assign(
        first=earliest(table["began"]), last=latest(table["ended"]).fillna(closed), stands=table["ended"].isna()
    )


def lanes(events: pd.DataFrame, closed: pd.Timestamp) -> pd.DataFrame:
    """Turning points of the kinds of :data:`LANES` that were more than announced, to the cut-off.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``region_events``.
    closed : pandas.Timestamp
        The cut-off.

    Returns
    -------
    pandas.DataFrame
        Rows of ``events`` with ``lane`` (key of :data:`LANES`) and ``day`` (first day that the date can mean), by day.
    """
    of = {kind: lane for lane, kinds in LANES.items() for kind in kinds}
    table = events.assign(lane=events["kind"].map(of), day=earliest(events["date"]))
    kept = table["lane"].notna() & (table["stage"] != ANNOUNCED) & (table["day"] <= closed)
    return table[kept].sort_values(["day", "id"], ignore_index=True)


def by(events: pd.DataFrame, actors: pd.DataFrame, kind: str, role: str = "did") -> pd.Series:
    """How many turning points of a kind each actor had a part in, most first; steps only announced are left out.

    Parameters
    ----------
    events, actors : pandas.DataFrame
        Tables ``region_events`` and ``region_event_actors``.
    kind, role : str
        Codes of theirs.

    Returns
    -------
    pandas.Series of int
        By the key of the actor.
    """
    chosen = events.loc[(events["kind"] == kind) & (events["stage"] != ANNOUNCED), "id"]
    return (
        actors.loc[actors["event"].isin(chosen) & (actors["role"] == role), "actor"]
        .value_counts()
        .sort_index(kind="stable")
        .sort_values(ascending=False, kind="stable")
    )


def who(actors: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Who had which part in each turning point, in words.

    Parameters
    ----------
    actors : pandas.DataFrame
        Table ``region_event_actors``.
    names : pandas.Series
        Names of the actors by key.

    Returns
    -------
    pandas.Series of str
        By the key of the turning point: names after the words of their role, in the order of :data:`ROLES`.
    """
    order = list(ROLES)
    table = actors.assign(name=actors["actor"].map(names), place=actors["role"].map(order.index))
    parts = table.sort_values(["event", "place", "name"]).groupby(["event", "place"])["name"].agg(", ".join)
    words = [f"{ROLES[order[place]]}: {part}." for (_, place), part in parts.items()]
    return pd.Series(words, index=parts.index.get_level_values("event")).groupby(level=0).agg(" ".join)


def said(statements: pd.DataFrame, names: pd.Series, cites: pd.Series) -> pd.Series:
    """What was said of each turning point, in words.

    Parameters
    ----------
    statements : pandas.DataFrame
        Table ``region_event_statements``.
    names : pandas.Series
        Names of the actors by key.
    cites : pandas.Series
        Citations by event, actor and number.

    Returns
    -------
    pandas.Series of str
        By the key of the turning point: each speaker, the day where a page says it, the words, the citation.
    """
    day = statements["date"].map(lambda date: f", {spoken(date)}" if pd.notna(date) else "")
    keys = pd.MultiIndex.from_frame(statements[["event", "actor", "number"]])
    doubt = (statements["verification"] == "yes").map({True: "", False: " (not fully sourced)"})
    words = statements["actor"].map(names) + day + ": " + statements["statement"] + doubt
    words = words + (" " + cites.reindex(keys).fillna("").reset_index(drop=True)).set_axis(statements.index)
    return words.str.strip().groupby(statements["event"]).agg(" ".join)


def cards(
    events: pd.DataFrame, names: pd.Series, parts: pd.Series, words: pd.Series, now: pd.Timestamp
) -> pd.DataFrame:
    """Turning points as cards, by day.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``region_events``, or rows of it.
    names : pandas.Series
        Names of the actors by key.
    parts, words : pandas.Series
        From :func:`who` and :func:`said`.
    now : pandas.Timestamp
        The cut-off; what is surely later says so in its title.

    Returns
    -------
    pandas.DataFrame
        key, title, and the lines What, Where, Who, What was said, Remark and Sourcing.
    """
    table = events.assign(day=earliest(events["date"])).sort_values(["day", "id"])
    span = table["date"].map(spoken) + table["date_end"].map(
        lambda date: f" to {spoken(date)}" if pd.notna(date) else ""
    )
    later = newer(table["date"], now).map({True: " (after the cut-off)", False: ""})
    where = table["country"].map(names)
    where = table["place"].str.cat(where, sep=", ").fillna(table["place"]).fillna(where)
    return pd.DataFrame(
        {
            "key": table["id"],
            "title": span + ": " + table["title"] + later,
            "What": table["summary"],
            "Where": where,
            "Who": table["id"].map(parts),
            "What was said": table["id"].map(words),
            "Remark": table["note"],
            "Sourcing": table["verification"].map(SOURCING),
        }
    )

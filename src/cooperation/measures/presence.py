"""Who sat in which forum: Algeria, Morocco, both or neither, and why not."""

from __future__ import annotations

import pandas as pd

from cooperation.tables import earliest

STATES = {"dza": "Algeria", "mar": "Morocco"}
SEATED = ["both", "Algeria only", "Morocco only", "neither", "unknown"]


def seats(presence: pd.DataFrame) -> pd.DataFrame:
    """Add who of the two was seated.

    Parameters
    ----------
    presence : pandas.DataFrame
        Table ``presence``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``presence`` that are not from memory, by date, with
        ``seated`` (one of :data:`SEATED`) and ``start`` (first day the date
        can mean).
    """
    table = presence[presence["verification"] != "memory"].copy()
    here = {state: table[state] == "present" for state in STATES}
    unknown = (table["dza"] == "unknown") | (table["mar"] == "unknown")
    table["seated"] = "neither"
    table.loc[here["dza"] & here["mar"], "seated"] = "both"
    table.loc[here["dza"] & ~here["mar"], "seated"] = "Algeria only"
    table.loc[~here["dza"] & here["mar"], "seated"] = "Morocco only"
    table.loc[unknown, "seated"] = "unknown"
    table["start"] = earliest(table["date"])
    return table.sort_values(["start", "id"], ignore_index=True)


def absences(seated: pd.DataFrame) -> pd.DataFrame:
    """List every absence with its kind.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.

    Returns
    -------
    pandas.DataFrame
        id, date, start, forum, actor (``DZA`` or ``MAR``), absence; one row
        for each time one of the two was out.
    """
    parts = []
    for state in STATES:
        out = seated.dropna(subset=f"{state}_absence")
        parts.append(out.assign(actor=state.upper(), absence=out[f"{state}_absence"]))
    table = pd.concat(parts, ignore_index=True)
    return table[["id", "date", "start", "forum", "actor", "absence"]]


def kept_out_by_host(seated: pd.DataFrame, host: str, absent: str) -> pd.DataFrame:
    """Forums at which the host did not admit or invite the other of the two.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.
    host, absent : str
        ``DZA`` or ``MAR``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``seated`` held in the host's country in which the other
        was refused or not invited. Rows with ``verification`` disputed are
        among them: whose decision it was is contested.
    """
    decided = seated[f"{absent.lower()}_absence"].isin(["refused", "not invited"])
    return seated[(seated["host"] == host) & decided]


def reasons(absent: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """The reasons given for absences, by date.

    Parameters
    ----------
    absent : pandas.DataFrame
        From :func:`absences`.
    stated : pandas.DataFrame
        Table ``presence_reasons``.

    Returns
    -------
    pandas.DataFrame
        id, date, start, forum, actor, absence, reason, stated_by; one row for
        each reason.
    """
    joined = absent.merge(stated, left_on=["id", "actor"], right_on=["presence", "actor"])
    return joined.drop(columns="presence").sort_values(["start", "id", "reason"], ignore_index=True)


def meetings_of_both(
    meetings: pd.DataFrame, participants: pd.DataFrame, initiatives: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """Who of the two is named at the meetings of the initiatives.

    Parameters
    ----------
    meetings, participants, initiatives, actors : pandas.DataFrame
        Tables ``meetings``, ``meeting_participants``, ``initiatives`` and
        ``actors``.

    Returns
    -------
    pandas.DataFrame
        The meetings with ``seated`` and ``led_by``. Only meetings whose page
        names single states count: where it names organisations alone, who sat
        there is not known, and ``seated`` is ``unknown``.
    """
    states = set(actors.loc[actors["kind"] == "state", "id"])
    named = participants.groupby("meeting")["actor"].agg(set)
    table = meetings.assign(
        led_by=meetings["initiative"].map(initiatives.set_index("id")["led_by"]), named=meetings["id"].map(named)
    )

    def seated(present):
        if not present & states:
            return "unknown"
        return {(True, True): "both", (True, False): "Algeria only", (False, True): "Morocco only"}.get(
            ("DZA" in present, "MAR" in present), "neither"
        )

    return table.assign(seated=table["named"].map(seated)).drop(columns="named")

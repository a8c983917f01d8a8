"""What stood for security cooperation on a day, who was in it, what trace it left, and how one wave of foundings compares with another."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from scipy.stats import MonteCarloMethod, chi2_contingency

from claimbook.package.dates import earliest, latest
from cooperation.measures.initiatives import belonging, dated, of_union, within, years
from cooperation.periods import SPANS
from cooperation.rows import Initiative
from cooperation.states import PAIR

PERIODS = ("early", "recent", "cascade", "after")
WAVES = ("recent", "cascade")
KINDS = (
    "border",
    "legal",
    "political-process",
    "force",
    "police",
    "intelligence",
    "joint-staff",
    "strategy",
    "training",
    "religious",
)
# The order in which a list of arrangements has their kinds: bodies that meet first, texts last.
LISTED = (
    "political-process",
    "force",
    "joint-staff",
    "intelligence",
    "police",
    "training",
    "border",
    "legal",
    "strategy",
    "religious",
)
BREADTHS = ("two", "several", "union")
ROLES = {
    "member": "Members",
    "participant": "Taking part",
    "observer": "Observers",
    "partner": "Partners",
    "suspended": "Suspended",
    "pledged": "Pledged",
    "withdrew": "Withdrew",
    "excluded": "Outside",
}
SOURCING = {
    "yes": "Core facts on a page read",
    "partial": "In part: one element rests on a weak page or on inference",
    "disputed": "Sources disagree on a core fact",
}
TRACES = {"acted": "action found", "met": "meetings alone", "named": "in force or named later", "none": "none found"}


def stood(initiatives: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Arrangements founded by a day and not ended before it.

    Parameters
    ----------
    initiatives : pandas.DataFrame
        Table ``initiatives``.
    day : pandas.Timestamp
        The day.

    Returns
    -------
    pandas.DataFrame
        Rows of :func:`cooperation.measures.initiatives.dated` whose founding
        date can mean that day or an earlier one and whose recorded end, if
        any, can mean that day or a later one. An end that was not found leaves
        an arrangement standing, so that this is an upper reading.
    """
    table = dated(initiatives)
    ended = latest(table["ended"])
    return table[(table["from_day"] <= day) & (ended.isna() | (ended >= day))].reset_index(drop=True)


def by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """Put arrangements in the order of a list: by kind, in the order of :data:`LISTED`, then by founding.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of ``initiatives`` with kind, from_day and id.

    Returns
    -------
    pandas.DataFrame
        The same rows.

    Raises
    ------
    ValueError
        If a kind has no place in the order.
    """
    place = table["kind"].map(LISTED.index)
    return table.assign(place=place).sort_values(["place", "from_day", "id"], ignore_index=True).drop(columns="place")


def breadth(table: pd.DataFrame) -> pd.Series:
    """How wide each arrangement is, one of :data:`BREADTHS`, by the index of the table.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``body`` and ``bilateral``.
    """
    wide = np.select([table["bilateral"].astype(bool), of_union(table)], [BREADTHS[0], BREADTHS[2]], BREADTHS[1])
    return pd.Series(wide, index=table.index)


def states_of(memberships: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """The states that ever belonged to each arrangement.

    Parameters
    ----------
    memberships, actors : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    pandas.Series
        Set of keys of states that belong
        (:func:`cooperation.measures.initiatives.belonging`), by the key of the
        initiative; arrangements without a named state are missing.
    """
    states = set(actors.loc[actors["kind"] == "state", "id"])
    own = belonging(memberships)
    return own[own["actor"].isin(states)].groupby("initiative")["actor"].agg(set)


def named(lead: str, names: pd.Series) -> list[str]:
    """Keys of the actors that the words on who led an arrangement name.

    Parameters
    ----------
    lead : str
        Cell of ``initiatives.lead_actor``, may be missing.
    names : pandas.Series
        Names by the key of the actor; the key itself counts as a name.

    Returns
    -------
    list of str
        Sorted keys. A longer name is read first, so that Guinea-Bissau is not
        taken for Guinea.
    """
    if pd.isna(lead):
        return []
    forms = sorted(
        [*((name, key) for key, name in names.items()), *((key, key) for key in names.index)],
        key=lambda form: (-len(form[0]), form[0]),
    )
    found = set()
    for form, key in forms:
        lead, hits = re.subn(rf"(?<!\w){re.escape(form)}(?!\w)", "", lead)
        if hits:
            found.add(key)
    return sorted(found)


def annotated(table: pd.DataFrame, members: pd.Series, actors: pd.DataFrame) -> pd.DataFrame:
    """Add who led each arrangement and which states belonged to it.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.dated`.
    members : pandas.Series
        From :func:`states_of`.
    actors : pandas.DataFrame
        Table ``actors``.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``leads`` (set of keys of the actors named as
        leading), ``hosts`` (the states among them, for arrangements of more
        than two states) and ``states`` (those that ever belonged), of which
        ``own`` leaves out what comes with the OAU and the AU.
    """
    names, kinds = actors.set_index("id")["name"], actors.set_index("id")["kind"]
    leads = [set(named(lead, names)) for lead in table["lead_actor"]]
    states = [members.get(key, set()) for key in table["id"]]
    return table.assign(
        leads=leads,
        states=states,
        hosts=[
            {key for key in lead if kinds[key] == "state"} if not two else set()
            for lead, two in zip(leads, table["bilateral"], strict=True)
        ],
        own=[set() if union else group for union, group in zip(of_union(table), states, strict=True)],
    )


def _sets(wave: pd.DataFrame) -> dict[str, list[set]]:
    """What each founding adds to the measures of :func:`width`."""
    return {
        "kinds": [{kind} for kind in wave["kind"]],
        "conveners": wave["leads"].tolist(),
        "hosts": wave["hosts"].tolist(),
        "states": wave["own"].tolist(),
    }


def width(wave: pd.DataFrame) -> dict[str, float]:
    """How wide a wave of foundings is.

    Parameters
    ----------
    wave : pandas.DataFrame
        Some rows of :func:`annotated`.

    Returns
    -------
    dict
        kinds (number of kinds), conveners (states and organisations named as
        leading, each once), hosts (states named as leading arrangements of more
        than two states), states (that belong to at least one; bodies of the OAU
        and the AU left out).
    """
    return {name: len(set().union(*sets)) for name, sets in _sets(wave).items()}


def waves(table: pd.DataFrame, periods: tuple[str, ...] = WAVES) -> pd.DataFrame:
    """Several waves of foundings, in the same measures.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`annotated`.
    periods : tuple of str
        Keys of periods.

    Returns
    -------
    pandas.DataFrame
        One row a period, by its key: foundings, per_year, what :func:`width`
        gives, and as shares of the foundings bilateral, with_DZA and with_MAR
        (the state belongs to it; bodies of the OAU and the AU, which Morocco
        could join in 2017 only, left out), led_DZA and led_MAR (the state is
        named as leading).
    """
    rows = {}
    for name in periods:
        wave = within(table, SPANS[name])
        rows[name] = {
            "foundings": len(wave),
            "per_year": len(wave) / years(SPANS[name]),
            **width(wave),
            "bilateral": float(wave["bilateral"].mean()),
            **{f"with_{key}": sum(key in group for group in wave["own"]) / len(wave) for key in PAIR},
            **{f"led_{key}": sum(key in lead for lead in wave["leads"]) / len(wave) for key in PAIR},
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _table_of(sets: list[set]) -> np.ndarray:
    """Booleans: a set in each row, a member of any of them in each column."""
    members = sorted(set().union(*sets))
    return np.array([[member in group for member in members] for group in sets], dtype=bool).reshape(len(sets), -1)


def thinned(wide: pd.DataFrame, narrow: pd.DataFrame, draws: int = 2000, seed: int = 2014) -> pd.DataFrame:
    """Width of a large wave if it had as few foundings as a small one.

    Parameters
    ----------
    wide, narrow : pandas.DataFrame
        Rows of :func:`annotated` of the large wave, or of both together (which
        asks whether the small one stands out from all), and of the small wave.
    draws, seed : int
        Random choices, without replacement, of as many foundings from the large wave as the small one has, and their seed.

    Returns
    -------
    pandas.DataFrame
        By the measures of :func:`width`: narrow (of the small wave), mean, low
        and high (of the draws; 2.5 and 97.5 per cent), as_low (share of draws
        no wider than the small wave).

    Raises
    ------
    ValueError
        If the small wave has more foundings than the large one.
    """
    if len(narrow) > len(wide):
        raise ValueError(f"cannot draw {len(narrow)} foundings from {len(wide)}")
    rng = np.random.default_rng(seed)
    chosen = np.array([rng.choice(len(wide), len(narrow), replace=False) for _ in range(draws)])
    # Sets of rows are counted in one table: a frame for each draw takes fifty times as long.
    drawn = pd.DataFrame({name: _table_of(sets)[chosen].any(axis=1).sum(axis=1) for name, sets in _sets(wide).items()})
    seen = pd.Series(width(narrow))
    return pd.DataFrame(
        {
            "narrow": seen,
            "mean": drawn.mean(),
            "low": drawn.quantile(0.025),
            "high": drawn.quantile(0.975),
            "as_low": (drawn <= seen).mean(),
        }
    )


def mix(table: pd.DataFrame) -> pd.DataFrame:
    """Foundings by kind and period.

    Parameters
    ----------
    table : pandas.DataFrame
        The initiatives that count, from :func:`cooperation.measures.initiatives.dated`.

    Returns
    -------
    pandas.DataFrame
        Numbers of foundings: kinds in the rows, in the order of :data:`KINDS`,
        :data:`PERIODS` in the columns.
    """
    counts = {name: within(table, SPANS[name])["kind"].value_counts() for name in PERIODS}
    return pd.DataFrame(counts).reindex(KINDS).fillna(0).astype(int)


def alike(counts: pd.DataFrame, draws: int = 9999, seed: int = 2014) -> float:
    """Chance of kinds at least as unevenly spread over the periods if kind and period had nothing to do with one another.

    Parameters
    ----------
    counts : pandas.DataFrame
        Kinds in the rows, periods in the columns, from :func:`mix`.
    draws, seed : int
        Random tables with the same margins, and their seed.

    Returns
    -------
    float
        p-value of Pearson's chi-squared statistic by Monte Carlo, as in scipy;
        for cells as small as these the usual approximation does not hold.
    """
    seen = counts[counts.sum(axis=1) > 0].to_numpy()
    method = MonteCarloMethod(n_resamples=draws, rng=np.random.default_rng(seed))
    return float(chi2_contingency(seen, correction=False, method=method).pvalue)


def precedents(
    table: pd.DataFrame, members: pd.Series, window: tuple[pd.Timestamp, pd.Timestamp], before: pd.DataFrame
) -> pd.DataFrame:
    """What the states of each new arrangement already shared.

    Parameters
    ----------
    table : pandas.DataFrame
        The initiatives that count, from :func:`cooperation.measures.initiatives.dated`.
    members : pandas.Series
        From :func:`states_of`.
    window : (pandas.Timestamp, pandas.Timestamp)
        First and last day of the foundings looked at.
    before : pandas.DataFrame
        What stood, from :func:`stood`, without bodies of the OAU and the AU.

    Returns
    -------
    pandas.DataFrame
        Foundings of the window that join two named states or more: id,
        short_name, kind, states (number), any (short names of what stood and
        already held all of them), same (those of the same kind). Legal texts
        that stood do not count as holding them.
    """
    older = before[(before["kind"] != "legal") & before["id"].isin(members.index)]
    rows = []
    for row in within(table, window).itertuples():
        group = members.get(row.id, set())
        if len(group) < 2:
            continue
        held = older[[group <= members[key] for key in older["id"]]]
        rows.append(
            {
                "id": row.id,
                "short_name": row.short_name,
                "kind": row.kind,
                "states": len(group),
                "any": held["short_name"].tolist(),
                "same": held.loc[held["kind"] == row.kind, "short_name"].tolist(),
            }
        )
    return pd.DataFrame(rows, columns=["id", "short_name", "kind", "states", "any", "same"])


def sessions(meetings: pd.DataFrame, summits: pd.DataFrame) -> pd.DataFrame:
    """Meetings of the bodies, with the summits of the Arab Maghreb Union among them.

    Parameters
    ----------
    meetings, summits : pandas.DataFrame
        Tables ``meetings`` and ``maghreb_summits``.

    Returns
    -------
    pandas.DataFrame
        id, initiative, date, city, level, first_day and last_day (what the
        date can mean), by day; meetings of no body and summits that did not
        take place are left out.
    """
    held = summits[summits["outcome"] == "held"].assign(initiative=Initiative.AMU, level="heads of state")
    columns = ["id", "initiative", "date", "city", "level"]
    table = pd.concat([meetings.loc[meetings["initiative"].notna(), columns], held[columns]], ignore_index=True)
    table = table.assign(first_day=earliest(table["date"]), last_day=latest(table["date"]))
    return table.sort_values(["first_day", "id"], ignore_index=True)


def traces(table: pd.DataFrame, met: pd.DataFrame, activities: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """What trace of activity each arrangement left between its founding and a day.

    Parameters
    ----------
    table : pandas.DataFrame
        What stood, from :func:`stood`.
    met : pandas.DataFrame
        From :func:`sessions`.
    activities : pandas.DataFrame
        Table ``activities``.
    day : pandas.Timestamp
        The day.

    Returns
    -------
    pandas.DataFrame
        id, short_name, kind, from_day, meetings (found after the founding act
        and up to the day), first_met, last_met (as written, missing if none),
        did (number of activities up to the day), trace (key of
        :data:`TRACES`): the first if an activity is recorded; the second if
        there is a meeting and no activity; the third if work is dated, a text
        came into force or the last evidence lies between the founding and the
        day; else the fourth. A meeting that may have been the founding act does not
        count.
    """
    later = met.merge(table[["id", "to_day"]].rename(columns={"id": "initiative"}), on="initiative")
    later = later[(later["first_day"] > later["to_day"]) & (later["first_day"] <= day)]
    found = later.groupby("initiative").agg(
        meetings=("date", "size"), first_met=("date", "first"), last_met=("date", "last")
    )
    did = activities.loc[earliest(activities["date"]) <= day, "initiative"].value_counts()
    rows = table[["id", "short_name", "kind", "from_day", "to_day", "operational", "status_latest_date"]].merge(
        found, left_on="id", right_index=True, how="left"
    )
    rows = rows.assign(meetings=rows["meetings"].fillna(0).astype(int), did=rows["id"].map(did).fillna(0).astype(int))
    named_later = pd.Series(False, index=rows.index)
    for column in ("operational", "status_latest_date"):
        first = earliest(rows[column])
        named_later |= (first > rows["to_day"]) & (first <= day)
    rows["trace"] = np.select([rows["did"] > 0, rows["meetings"] > 0, named_later], list(TRACES)[:3], list(TRACES)[3])
    return rows.drop(columns=["to_day", "operational", "status_latest_date"])


def numbering(numbers: pd.DataFrame, meetings: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """How many sessions of a series are on record, against how many the body itself had counted.

    Parameters
    ----------
    numbers, meetings : pandas.DataFrame
        Tables ``meeting_numbers`` and ``meetings``.
    day : pandas.Timestamp
        Last day that counts.

    Returns
    -------
    pandas.DataFrame
        series, recorded (meetings of the series on record up to the one with
        the highest number), counted (that number), last (its date, as
        written), share; by counted, highest first.
    """
    table = numbers.merge(meetings[["id", "date"]], left_on="meeting", right_on="id")
    table = table.assign(first_day=earliest(table["date"]))
    rows = []
    for series, part in table[table["first_day"] <= day].groupby("series"):
        if part["number"].isna().all():
            continue
        top = part.loc[part["number"].astype(float).idxmax()]
        recorded = int((part["first_day"] <= top["first_day"]).sum())
        rows.append(
            {
                "series": series,
                "recorded": recorded,
                "counted": int(top["number"]),
                "last": top["date"],
                "share": recorded / int(top["number"]),
            }
        )
    columns = ["series", "recorded", "counted", "last", "share"]
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["counted", "series"], ascending=[False, True], ignore_index=True
    )


def spelled(spells: pd.DataFrame, names: pd.Series) -> dict[str, str]:
    """Who belonged in which role.

    Parameters
    ----------
    spells : pandas.DataFrame
        Rows of ``memberships`` of one initiative.
    names : pandas.Series
        Names of the actors by key.

    Returns
    -------
    dict of str to str
        By role, in the order of :data:`ROLES`: names sorted, after the most
        common start; in brackets another start, a recorded end, and whether an
        actor outside was refused, ineligible or declined; members without a
        recorded start at the end. An actor whose row is not fully sourced
        carries a question mark.
    """
    said = {}
    for role, head in ROLES.items():
        part = spells[spells["role"] == role]
        if part.empty:
            continue
        starts = part["start"].value_counts()
        usual = starts.index[0] if len(starts) and (starts.iloc[0] > 1 or role != "excluded") else None
        words: list[str] = []
        undated: list[str] = []
        for row in (
            part.assign(name=part["actor"].map(names))
            .sort_values(["name", "start"], na_position="first")
            .to_dict("records")
        ):
            notes = [
                f"from {row['start']}" if pd.notna(row["start"]) and row["start"] != usual else "",
                f"to {row['end']}" if pd.notna(row["end"]) else "",
                row["exclusion"] if row["exclusion"] in ("refused", "ineligible", "declined") else "",
            ]
            note = ", ".join(note for note in notes if note)
            later = usual and pd.isna(row["start"])
            (undated if later else words).append(
                row["name"] + ("" if row["verification"] == "yes" else "?") + (f" ({note})" if note else "")
            )
        said[head] = (
            (f"from {usual}: " if usual else "")
            + ", ".join(words)
            + (f"; start not known: {', '.join(undated)}" if undated else "")
        )
    return said


def cards(
    table: pd.DataFrame,
    memberships: pd.DataFrame,
    met: pd.DataFrame,
    activities: pd.DataFrame,
    names: pd.Series,
    day: pd.Timestamp,
) -> pd.DataFrame:
    """What is on record of each arrangement, as lines of a card.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of :func:`stood`, in the order of the cards.
    memberships, activities : pandas.DataFrame
        The tables of these names.
    met : pandas.DataFrame
        From :func:`sessions`.
    names : pandas.Series
        Names of the actors by key.
    day : pandas.Timestamp
        Meetings up to this day are counted apart, and among them those after
        the founding act.

    Returns
    -------
    pandas.DataFrame
        key, title, and the lines Mandate, Led by, Founded, Seat, those of
        :data:`ROLES`, Meetings, Activity, Ended, Status, Sourcing. Missing or
        empty where nothing is recorded.
    """
    return pd.DataFrame(
        _card(
            row,
            spelled(memberships[memberships["initiative"] == row["id"]], names),
            met[met["initiative"] == row["id"]],
            activities[activities["initiative"] == row["id"]],
            day,
        )
        for row in table.to_dict("records")
    )


def _card(row: dict, roles: dict[str, str], held: pd.DataFrame, did: pd.DataFrame, day: pd.Timestamp) -> dict:
    """The lines of one card, in their order."""
    called, name = row["short_name"], row["name"]
    seen = row["status_latest_date"]
    return {
        "key": row["id"],
        "title": name if called in name else f"{called}: {name}",
        "Mandate": row["mandate"],
        "Led by": row["lead_actor"],
        "Founded": f"{row['founded']}: {row['founded_event']}.",
        "Seat": row["seat"] if row["seat"] != "none" else None,
        **dict.fromkeys(ROLES.values()),
        **roles,
        "Meetings": _met(held, row["to_day"], day),
        "Activity": " ".join(f"{item.date}: {item.what}" for item in did.sort_values("date").itertuples()),
        "Ended": row["ended"],
        "Status": f"{seen}: {row['status_latest']}." if pd.notna(seen) else None,
        "Sourcing": SOURCING[row["verification"]],
    }


def _met(held: pd.DataFrame, founded: pd.Timestamp, day: pd.Timestamp) -> str:
    """How many meetings are on record, from when to when, and how many by a day and after the founding."""
    if held.empty:
        return "None found in the sources read."
    span = f"from {held['date'].iloc[0]} to {held['date'].iloc[-1]}" if len(held) > 1 else held["date"].iloc[0]
    early = held["first_day"] <= day
    later = int((early & (held["first_day"] > founded)).sum())
    return f"{len(held)} on record, {span}; {early.sum()} by {day.date()}, of which {later} after the founding."

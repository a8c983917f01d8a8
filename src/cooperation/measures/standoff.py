"""The standoff over Western Sahara: events, channels, recognitions, votes of the Council, arms and trade."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import pandas as pd

from claimbook.package.dates import earliest, latest
from cooperation.rows import DisputeEvent

SPAN = 5
COUNCIL = 15
# The events that opened or closed a channel between the two states; a channel is not shown before the first of them.
CHANNELS = {
    "relations": (
        (DisputeEvent.RELATIONS_BROKEN_1976, False),
        (DisputeEvent.RELATIONS_RESTORED, True),
        (DisputeEvent.RELATIONS_SEVERED_2021, False),
    ),
    "border": ((DisputeEvent.RELATIONS_RESTORED, True), (DisputeEvent.BORDER_CLOSED, False)),
    "travel": (
        (DisputeEvent.VISAS_REQUIRED, False),
        (DisputeEvent.VISAS_DROPPED, True),
        (DisputeEvent.VISAS_RESTORED, False),
    ),
    "gas": ((DisputeEvent.PIPELINE_OPENED, True), (DisputeEvent.TRANSIT_OF_GAS_ENDED, False)),
    "airspace": ((DisputeEvent.AIRSPACE_CLOSED, False),),
}
CHANNEL_LABELS = {
    "relations": "diplomatic relations",
    "border": "land border",
    "travel": "travel without visas",
    "gas": "gas through Morocco",
    "airspace": "Algerian airspace",
}
ON = ("recognised", "resumed")
# Words for readers for the codes of ``dispute_events.act``.
ACTS = {
    "towards": "towards the other, or of both",
    "third party": "towards a third party",
    "private": "of a private person",
    "unproven": "unproven",
    "disputed": "disputed",
    "others": "of others",
}
# Directions of the events that open something between the two, and of those that close something.
OPENS, CLOSES = (1, 2), (-1, -2)


def relation(events: pd.DataFrame) -> pd.DataFrame:
    """Events between the two states by date, with their direction.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``dispute_events``.

    Returns
    -------
    pandas.DataFrame
        id, start (first day the date can mean), date, title, direction (-2 to
        2), act (of those of -2 and 2), verification, span (years, such as ``1963-64``; five of them but for
        the first and the last). Rows from memory are left out.
    """
    table = events[events["verification"] != "memory"]
    table = table.assign(start=earliest(table["date"])).sort_values(["start", "id"], ignore_index=True)
    years = table["start"].dt.year
    first, last = (
        (years // SPAN * SPAN).clip(lower=years.min()),
        (years // SPAN * SPAN + SPAN - 1).clip(upper=years.max()),
    )
    span = first.astype(str) + "-" + (last % 100).astype(str).str.zfill(2)
    return table.assign(span=span)[["id", "start", "date", "title", "direction", "act", "verification", "span"]]


def between_governments(events: pd.DataFrame) -> pd.Series:
    """Which steps are acts of one government towards the other, or of both together.

    A step towards an organisation, a forum or another party is none, and
    neither is the act of a private person, a charge that is not proven, or a
    step of which the accounts differ on what was done, or on whether it was
    aimed at the other. Steps that are not coded, since they neither break nor
    mend relations, are none.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``dispute_events``.

    Returns
    -------
    pandas.Series
        Keys of the steps.
    """
    return events.loc[events["act"].eq("towards").fillna(False), "id"]


def by_span(table: pd.DataFrame) -> pd.DataFrame:
    """Count events by span of years and direction.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`relation`.

    Returns
    -------
    pandas.DataFrame
        One row a span, in order, spans without an event among them; one
        column for each of -2, -1, 0, 1 and 2, and ``mean`` (of the codes;
        missing without events).
    """
    years = table["start"].dt.year
    edges = range(years.min() // SPAN * SPAN, years.max() + 1, SPAN)
    spans = [f"{max(edge, years.min())}-{min(edge + SPAN - 1, years.max()) % 100:02d}" for edge in edges]
    counts = pd.crosstab(table["span"], table["direction"].astype(int)).reindex(
        index=spans, columns=range(-2, 3), fill_value=0
    )
    return counts.assign(
        mean=table.astype({"direction": float}).groupby("span")["direction"].mean().reindex(spans)
    ).rename_axis(index="span", columns=None)


def balance(counts: pd.DataFrame) -> pd.DataFrame:
    """How many events of each span open something between the two, and how many close something.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`by_span`.

    Returns
    -------
    pandas.DataFrame
        opens, closes; one row a span, in order.
    """
    return pd.DataFrame({"opens": counts[list(OPENS)].sum(axis=1), "closes": counts[list(CLOSES)].sum(axis=1)})


def merged(spans: Iterable[str]) -> list[str]:
    """Spans of years with those that follow one another as one.

    Parameters
    ----------
    spans : iterable of str
        Such as the index of :func:`by_span`, in order.

    Returns
    -------
    list of str
        Such as ``1975-84``; both years in full where the century changes.
    """
    runs: list[list[int]] = []
    for span in spans:
        first = int(span[:4])
        last = first // 100 * 100 + int(span[-2:])
        if runs and first == runs[-1][1] + 1:
            runs[-1][1] = last
        else:
            runs.append([first, last])
    return [f"{first}-{last if first // 100 < last // 100 else f'{last % 100:02d}'}" for first, last in runs]


def talks(events: pd.DataFrame, actors: pd.DataFrame, since: str) -> pd.DataFrame:
    """Acts of the United Nations after a resolution that bring the two to a table.

    Parameters
    ----------
    events, actors : pandas.DataFrame
        Tables ``dispute_events`` and ``dispute_event_actors``.
    since : str
        Key of the resolution in ``events``.

    Returns
    -------
    pandas.DataFrame
        start, date, actors (set of keys) and verification of the acts of the
        United Nations whose ``direction`` is above zero, by date; rows from
        memory are left out.
    """
    named = actors.groupby("event")["actor"].agg(set)
    table = events[(events["kind"] == "un") & (events["direction"] > 0) & (events["verification"] != "memory")]
    table = table.assign(start=earliest(table["date"]), actors=table["id"].map(named))
    after = table["start"] > earliest(events.loc[events["id"] == since, "date"]).item()
    return table[after].sort_values("start", ignore_index=True)[["start", "date", "actors", "verification"]]


def channels(events: pd.DataFrame, until: str) -> pd.DataFrame:
    """Spells in which a channel between the two states was open or closed.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``dispute_events``.
    until : str
        Day on which the last spells are cut, ISO 8601.

    Returns
    -------
    pandas.DataFrame
        channel, open (boolean), start, end (timestamps), event (the one that
        began the spell), date (as precise as the table has it); in the order
        of :data:`CHANNELS`.
    """
    dates = events.set_index("id")["date"]
    rows = []
    for channel, steps in CHANNELS.items():
        days = [*earliest(dates[[key for key, _ in steps]]), pd.Timestamp(until)]
        rows += [
            (channel, state, days[place], days[place + 1], key, dates[key]) for place, (key, state) in enumerate(steps)
        ]
    return pd.DataFrame(rows, columns=["channel", "open", "start", "end", "event", "date"])


def _held(days: Sequence, steps: pd.DataFrame, ends: list[pd.Timestamp]) -> list[bool]:
    """Whether recognition held on each day of ``ends``, if each step was taken on its day or not at all (missing)."""
    taken = sorted((day, place) for place, day in enumerate(days) if pd.notna(day))
    actions = steps["action"].tolist()
    held = []
    for end in ends:
        before = [place for day, place in taken if day <= end]
        held.append(bool(before) and actions[before[-1]] in ON)
    return held


def recognition_stock(
    recognitions: pd.DataFrame, doubts: pd.DataFrame, regions: pd.DataFrame, now: pd.Timestamp
) -> pd.DataFrame:
    """States that recognise the SADR at the end of each year, and in the last year on the day given.

    A step counts from the last day that its date can mean. Steps known from
    memory alone and steps without a date do not count in ``states``. The
    bounds go through all readings of the doubtful steps of a state: on either
    date, taken or not taken.

    Parameters
    ----------
    recognitions, doubts, regions : pandas.DataFrame
        Tables ``recognitions``, ``recognition_doubts`` and ``state_regions``.
        Only states with a region count.
    now : pandas.Timestamp
        The day to which the record was searched, on which the last year ends: a later step does not count.

    Returns
    -------
    pandas.DataFrame
        region, year, states, low, high; by region and year.
    """
    region = regions.set_index("actor")["region"]
    table = recognitions[recognitions["actor"].isin(region.index) & (recognitions["action"] != "none recorded")]
    table = table.merge(doubts, left_on="id", right_on="recognition", how="left")
    table = table.assign(day=latest(table["date"]), other=latest(table["other_date"]))
    table = table.sort_values(["actor", "day", "id"], ignore_index=True)
    years = range(int(table["day"].dt.year.min()), now.year + 1)
    ends = [min(pd.Timestamp(year, 12, 31), now) for year in years]
    rows = []
    for actor, steps in table.groupby("actor"):
        resolved = steps["day"].where(steps["verification"] != "memory").tolist()
        options = []
        for step in steps.itertuples():
            days = [step.day] if pd.notna(step.day) else []
            days += [step.other] if pd.notna(step.other) else []
            options.append(days if days and step.doubt != "act" else [*days, pd.NaT])
        readings = pd.DataFrame([_held(days, steps, ends) for days in itertools.product(*options)])
        rows.append(
            pd.DataFrame(
                {
                    "region": region[actor],
                    "year": years,
                    "states": _held(resolved, steps, ends),
                    "low": readings.min().tolist(),
                    "high": readings.max().tolist(),
                }
            )
        )
    return pd.concat(rows).groupby(["region", "year"], as_index=False).sum()


def council_votes(resolutions: pd.DataFrame) -> pd.DataFrame:
    """Votes of the Security Council on Western Sahara, with those that were not in favour.

    Parameters
    ----------
    resolutions : pandas.DataFrame
        Table ``council_resolutions``.

    Returns
    -------
    pandas.DataFrame
        resolution, date, against, abstained, did_not_vote (numbers of the
        fifteen members), unanimous, renewal (whether it sets an end of the
        mandate), months, note; by date.
    """
    table = resolutions.sort_values(["date", "resolution"], ignore_index=True)
    out = COUNCIL - table[["votes_for", "votes_against", "abstentions"]].sum(axis=1)
    return pd.DataFrame(
        {
            "resolution": table["resolution"],
            "date": table["date"],
            "against": table["votes_against"],
            "abstained": table["abstentions"],
            "did_not_vote": out,
            "unanimous": table["votes_for"] == COUNCIL,
            "renewal": table["mandate_until"].notna(),
            "months": table["months"],
            "note": table["note"],
        }
    )


def cost_estimates(estimates: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Published estimates of what the missing Maghreb costs, with their values.

    Parameters
    ----------
    estimates, figures : pandas.DataFrame
        Tables ``cost_estimates`` and ``published_figures``.

    Returns
    -------
    pandas.DataFrame
        id, maker, counts, basis, low_figure, high_figure (keys of
        ``published_figures``), low, high (values), unit, year, verification.
    """
    values = figures.set_index("id")
    table = estimates.rename(columns={"low": "low_figure", "high": "high_figure"})
    table = table.assign(low=table["low_figure"].map(values["value"]), high=table["high_figure"].map(values["value"]))
    return table.assign(
        **{column: table["low_figure"].map(values[column]) for column in ("unit", "year", "verification")}
    )

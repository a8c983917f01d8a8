"""Events in the order of their days, as plain values for what shows them."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import bound, earliest

# Under which MyST-NB finds the events that a cell shows.
TIMELINE = "application/vnd.claimbook.timeline+json"
COLUMNS = ("date", "title", "part", "kind", "who", "label")
# Between two years that are written below the strip, at most so many of them and at least so many years.
MOST_TICKS, TICK = 7, 10


def in_order(events: pd.DataFrame) -> list[dict]:
    """Events as plain values, by the first day that their dates can mean.

    Parameters
    ----------
    events : pandas.DataFrame
        Columns ``date`` (partial), ``title``, ``part`` and ``kind`` (words for
        readers), ``who`` (a list of names) and ``label`` (of the place in
        the book that tells more; empty or missing if there is none).

    Returns
    -------
    list of dict
        The columns of each.

    Raises
    ------
    ValueError
        If there are no events, or a column is missing.
    """
    missing = [column for column in COLUMNS if column not in events]
    if missing:
        raise ValueError(f"timeline: column {', '.join(missing)} is missing")
    if events.empty:
        raise ValueError("timeline: no events to show")
    table = events.assign(day=earliest(events["date"]), label=events["label"].fillna(""))
    rows = table.sort_values("day", kind="stable")[[*COLUMNS]].to_dict("records")
    return [{**row, "who": list(row["who"])} for row in rows]


def choices(events: list[dict]) -> dict[str, list[str]]:
    """What events can be chosen by, each in the order of the alphabet."""
    return {
        "part": sorted({event["part"] for event in events}),
        "kind": sorted({event["kind"] for event in events}),
        "who": sorted({name for event in events for name in event["who"]}, key=str.casefold),
    }


def places(events: list[dict]) -> list[float]:
    """How far along the strip each event lies, in per cent of the time from the first to the last year."""
    days = [bound(event["date"], last=False) for event in events]
    start, end = (pd.Timestamp(year, 1, 1) for year in (days[0].year, days[-1].year + 1))
    return [round(100 * ((day - start) / (end - start)), 1) for day in days]


def ticks(events: list[dict]) -> list[tuple[int, float]]:
    """Years to be written below the strip, each with its place in per cent."""
    first, last = (bound(events[at]["date"], last=False).year for at in (0, -1))
    step = TICK * -(-(last - first) // (TICK * MOST_TICKS)) or TICK
    whole = last + 1 - first
    return [(year, round(100 * (year - first) / whole, 1)) for year in range(-(-first // step) * step, last + 1, step)]

"""How often was met: meetings on record around the article, against the time before."""

from __future__ import annotations

import math

import pandas as pd

from claimbook.package.dates import earliest, latest
from cooperation.measures.initiatives import AFRICAN, core_scope, rate_ratio, years
from cooperation.periods import CASCADE, SPANS, YEAR
from cooperation.rows import Initiative

SETS = {
    "all": "led_by == led_by",
    "african": AFRICAN,
    "african_old": f"{AFRICAN} and old",
    "other_african": f"{AFRICAN} and not nouakchott",
}
LEVELS = {
    "heads": ("heads of state", "heads of government"),
    "ministers": ("ministers",),
    "chiefs": ("chiefs of staff", "intelligence chiefs", "police chiefs"),
    "experts": ("experts", "ambassadors"),
}
LABELS = {
    "all": "all meetings",
    "african": "of African-led bodies",
    "african_old": "of African-led bodies founded before 2012",
    "other_african": "without the Nouakchott Process",
    "heads": "heads of state or government",
    "ministers": "ministers",
    "chiefs": "chiefs of staff, intelligence and police",
    "experts": "experts and ambassadors",
}
BODIES = {
    "nouakchott": "the Nouakchott Process",
    "african": "other African-led bodies",
    "others": "other bodies or none",
}


def dated(meetings: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Core meetings with the days that their date can mean and what is known of their body.

    Parameters
    ----------
    meetings, initiatives : pandas.DataFrame
        Tables of these names.

    Returns
    -------
    pandas.DataFrame
        Meetings of core scope by date: id, initiative, level, from_day,
        to_day, led_by (``none`` where the meeting belongs to no body), old
        (body founded before 2012), nouakchott (of the Nouakchott Process).
    """
    core = core_scope(meetings)
    bodies = initiatives.set_index("id")
    table = core.assign(
        from_day=earliest(core["date"]),
        to_day=latest(core["date"]),
        led_by=core["initiative"].map(bodies["led_by"]).fillna("none"),
        old=earliest(core["initiative"].map(bodies["founded"])) < CASCADE[0],
        nouakchott=core["initiative"] == Initiative.NOUAKCHOTT,
    )
    columns = ["id", "initiative", "level", "from_day", "to_day", "led_by", "old", "nouakchott"]
    return table.sort_values(["from_day", "id"], ignore_index=True)[columns]


def held(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Meetings that began in a window; a partial date counts if the window holds all of it."""
    return table[(table["from_day"] >= window[0]) & (table["to_day"] <= window[1])]


def set_against(table: pd.DataFrame, window: tuple, base: tuple):
    """Meetings in a window against those in a base.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.
    window, base : (pandas.Timestamp, pandas.Timestamp)
        First and last day of each.

    Returns
    -------
    (int, int, float, float, float)
        Meetings in the window and in the base, and the ratio of the yearly
        rates with its bounds, as
        :func:`cooperation.measures.initiatives.rate_ratio` gives them;
        missing if there are no meetings in either.
    """
    count, base_count = len(held(table, window)), len(held(table, base))
    if count + base_count == 0:
        return 0, 0, math.nan, math.nan, math.nan
    return count, base_count, *rate_ratio(count, years(window), base_count, years(base))


def ratios(table: pd.DataFrame) -> pd.DataFrame:
    """The twelve months to the article against the twelve before and against 2009-2011, set by set and level by level.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.

    Returns
    -------
    pandas.DataFrame
        group (of :data:`SETS`, then of :data:`LEVELS` among African-led
        bodies), year, before (meetings in the twelve months and in the twelve
        before), earlier (2009-2011), and the ratios of yearly rates with
        their bounds: ratio, low, high against the twelve months before;
        ratio_earlier, low_earlier, high_earlier against 2009-2011.
    """
    parts = {name: table.query(condition) for name, condition in SETS.items()}
    african = parts["african"]
    parts |= {name: african[african["level"].isin(levels)] for name, levels in LEVELS.items()}
    rows = []
    for group, part in parts.items():
        year, before, *change = set_against(part, YEAR, SPANS["year_before"])
        _, earlier, *since = set_against(part, YEAR, SPANS["three_years"])
        rows.append([group, year, before, earlier, *change, *since])
    columns = [
        "group",
        "year",
        "before",
        "earlier",
        "ratio",
        "low",
        "high",
        "ratio_earlier",
        "low_earlier",
        "high_earlier",
    ]
    return pd.DataFrame(rows, columns=columns)


def quarterly(table: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Meetings by quarter and kind of body.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        quarter (first day), then counts, one column each of :data:`BODIES`. A
        date known only to the year has no quarter and is left out.
    """
    known = table[table["from_day"].dt.to_period("Q") == table["to_day"].dt.to_period("Q")]
    kind = pd.Series("others", index=known.index).mask(known.eval(AFRICAN), "african")
    kind = kind.mask(known["nouakchott"], "nouakchott")
    quarters = pd.period_range(f"{first}Q1", f"{last}Q4", freq="Q")
    counts = pd.crosstab(known["from_day"].dt.to_period("Q"), kind).reindex(
        index=quarters, columns=list(BODIES), fill_value=0
    )
    counts.index = counts.index.start_time
    return counts.rename_axis("quarter").reset_index()


def found_first(history: pd.DataFrame, window: tuple, base: tuple) -> dict:
    """Rise of meetings by the first list, the second, and both together.

    Parameters
    ----------
    history : pandas.DataFrame
        Table ``capture_history``.
    window, base : (pandas.Timestamp, pandas.Timestamp)
        First and last day of each.

    Returns
    -------
    dict of str to tuple
        List (key of :data:`cooperation.measures.initiatives.LISTS`) to
        meetings in window and base, ratio, low and high, as
        :func:`set_against`; core scope, whoever led.
    """
    table = core_scope(history[history["kind"] == "meeting"])
    table = table.assign(from_day=earliest(table["date"]), to_day=latest(table["date"]))
    either = table["in_first"] | table["in_second"]
    lists = {"first": table["in_first"], "second": table["in_second"], "first_two": either}
    return {name: set_against(table[inside], window, base) for name, inside in lists.items()}

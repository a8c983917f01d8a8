"""Foundings of initiatives: by year, by window and by definition of what counts."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from claimbook.package.dates import earliest, latest

ARTICLE = pd.Timestamp(2014, 5, 14)
BASELINE = (pd.Timestamp(1990, 1, 1), pd.Timestamp(2011, 12, 31))
RECENT = (pd.Timestamp(2010, 1, 1), pd.Timestamp(2011, 12, 31))
WINDOWS = {
    "twelve months to the article": (pd.Timestamp(2013, 5, 15), ARTICLE),
    "calendar 2013": (pd.Timestamp(2013, 1, 1), pd.Timestamp(2013, 12, 31)),
    "coup of 22 March 2012 to the article": (pd.Timestamp(2012, 3, 22), ARTICLE),
    "January 2012 to the article": (pd.Timestamp(2012, 1, 1), ARTICLE),
}
LED, SCOPE = "african", "core"
# What the report is about, as conditions for ``pandas.DataFrame.query``.
AFRICAN, CORE = f"led_by == '{LED}'", f"scope == '{SCOPE}'"
OR_MIXED = "led_by != 'external'"
DEFINITIONS = {
    "African-led, all": AFRICAN,
    "African-led or mixed": OR_MIXED,
    "without bilateral deals": f"{AFRICAN} and not bilateral",
    "without mere announcements": f"{AFRICAN} and not declared_only",
    "without relaunches": f"{AFRICAN} and not relaunch",
    "strictest: none of the three": f"{AFRICAN} and not bilateral and not declared_only and not relaunch",
}
BASES = {
    "1990-2011": BASELINE,
    "2000-2011": (pd.Timestamp(2000, 1, 1), pd.Timestamp(2011, 12, 31)),
    "2010-2011": RECENT,
}
CHOICES = {
    "Record": {
        "first list": "search == 'first'", "first two lists": "search != 'later'", "all searches": "search == search",
    },
    "Led": {"by Africans": AFRICAN, "or with outsiders": OR_MIXED},
    "Deals of two states": {"counted": "id == id", "left out": "not bilateral"},
    "Announcements": {"counted": "id == id", "left out": "not declared_only"},
    "Relaunches": {"counted": "id == id", "left out": "not relaunch"},
    "Sourcing": {"any grade": "id == id", "fully sourced": "verification == 'yes'"},
    "Scope": {"core": CORE, "wider as well": "id == id"},
}
DATES = {"founding act": "founded", "authorisation": "authorised", "first activity": "operational"}
YEAR = 365.25


def african_led(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of initiatives, or of what belongs to them, that Africans lead; column ``led_by``."""
    return table[table.eval(AFRICAN)]


def core_scope(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that are of core scope; column ``scope``."""
    return table[table.eval(CORE)]


def dated(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Add the first and the last day that the founding date can mean.

    Parameters
    ----------
    initiatives : pandas.DataFrame
        Table ``initiatives``.

    Returns
    -------
    pandas.DataFrame
        The same rows by founding, with ``from_day`` and ``to_day``.
    """
    table = initiatives.assign(from_day=earliest(initiatives["founded"]), to_day=latest(initiatives["founded"]))
    return table.sort_values(["from_day", "id"], ignore_index=True)


def searched(table: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Add which search found each initiative.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.
    history : pandas.DataFrame
        Table ``capture_history``.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``search``: ``first`` or ``second`` for the two
        frozen lists (first, if in both), ``later`` for what was found since.
    """
    lists = history[history["kind"] == "initiative"]
    first, second = (set(lists.loc[lists[column], "initiative"].dropna()) for column in ("in_first", "in_second"))
    names = [("first" if key in first else "second" if key in second else "later") for key in table["id"]]
    return table.assign(search=names)


def within(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Initiatives founded in a window, first and last day included.

    A date known only to the month or year counts by its first day; see
    :func:`ambiguous` for those on the edge.
    """
    return table[table["from_day"].between(*window)]


def ambiguous(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Initiatives whose founding date may lie in or out of a window."""
    first, last = window
    inside = table["from_day"].between(first, last)
    whole = inside & table["to_day"].between(first, last)
    touches = (table["from_day"] <= last) & (table["to_day"] >= first)
    return table[touches & ~whole]


def years(window: tuple[pd.Timestamp, pd.Timestamp]) -> float:
    """Length of a window in years."""
    first, last = window
    return ((last - first).days + 1) / YEAR


def rate_ratio(count: int, time: float, base_count: int, base_time: float, level: float = 0.95):
    """Ratio of two Poisson rates with its exact conditional interval.

    Given the sum of both counts, the first is binomial; the interval is that
    of Clopper and Pearson, carried over to the ratio.

    Parameters
    ----------
    count, base_count : int
        Events in the window and in the baseline.
    time, base_time : float
        Their lengths, in the same unit.
    level : float
        Confidence level.

    Returns
    -------
    (float, float, float)
        Ratio, lower and upper bound.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Biometrika 31, 313-323.
    """
    bounds = binomtest(count, count + base_count).proportion_ci(level, method="exact")
    scale = base_time / time

    def ratio(share):
        return float("inf") if share == 1 else scale * share / (1 - share)

    return ratio(count / (count + base_count)), ratio(bounds.low), ratio(bounds.high)


def compared(counted: pd.DataFrame, window: tuple, base: tuple):
    """Foundings in a window against those in a baseline.

    Parameters
    ----------
    counted : pandas.DataFrame
        The initiatives that count, from :func:`dated`.
    window, base : (pandas.Timestamp, pandas.Timestamp)
        First and last day of each.

    Returns
    -------
    (int, int, float, float, float)
        Foundings in the window and in the baseline, and the ratio of the
        yearly rates with its bounds, as :func:`rate_ratio` gives them.
    """
    count, base_count = len(within(counted, window)), len(within(counted, base))
    return count, base_count, *rate_ratio(count, years(window), base_count, years(base))


def specifications(table: pd.DataFrame) -> pd.DataFrame:
    """Answer the question once for every window and definition.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.

    Returns
    -------
    pandas.DataFrame
        window, definition, count, per_year, base_count, base_per_year, ratio,
        low, high (95 per cent); rates in foundings a year. Baseline: 1990 to
        2011, by the same definition.
    """
    rows = []
    for window, span in WINDOWS.items():
        for definition, condition in DEFINITIONS.items():
            count, base, ratio, low, high = compared(table.query(condition), span, BASELINE)
            rows.append({
                "window": window, "definition": definition, "count": count, "per_year": count / years(span),
                "base_count": base, "base_per_year": base / years(BASELINE), "ratio": ratio, "low": low, "high": high,
            })
    return pd.DataFrame(rows)


def readings(table: pd.DataFrame) -> pd.DataFrame:
    """Answer the question once for every combination of reasonable choices.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`searched`.

    Returns
    -------
    pandas.DataFrame
        One row a reading, by ratio: one column a choice (Window, Base, Date
        and those of :data:`CHOICES`), count, base_count, ratio, low, high
        (95 per cent, as :func:`rate_ratio` gives them). Where nothing was
        founded in the base, the ratio is missing and stands last.

    References
    ----------
    Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification
    curve analysis. Nature Human Behaviour 4, 1208-1214.
    """
    spans = {**{("Window", name): span for name, span in WINDOWS.items()}, **{("Base", name): span for name, span in BASES.items()}}
    held = {choice: {option: table.eval(rule).to_numpy(dtype=bool) for option, rule in options.items()} for choice, options in CHOICES.items()}
    rows = []
    for date, column in DATES.items():
        day = earliest(table[column].fillna(table["founded"]))
        inside = {key: day.between(*span).to_numpy() for key, span in spans.items()}
        for options in itertools.product(*held.values()):
            kept = np.logical_and.reduce([held[choice][option] for choice, option in zip(held, options, strict=True)])
            numbers = {key: int((kept & when).sum()) for key, when in inside.items()}
            rows += [
                [window, base, date, *options, numbers["Window", window], numbers["Base", base], years(BASES[base]) / years(WINDOWS[window])]
                for window in WINDOWS for base in BASES
            ]
    result = pd.DataFrame(rows, columns=["Window", "Base", "Date", *CHOICES, "count", "base_count", "scale"])
    both = result["count"] + result["base_count"]
    bounds = proportion_confint(result["count"], both, method="beta")
    for name, share in zip(("ratio", "low", "high"), (result["count"] / both, *bounds), strict=True):
        result[name] = result["scale"] * share / (1 - share).where(result["base_count"] > 0)
    return result.drop(columns="scale").sort_values(["ratio", *result.columns[:10]], ignore_index=True)


def by_choice(table: pd.DataFrame) -> pd.DataFrame:
    """What each option of each choice does to the ratio, over all other choices.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`readings`.

    Returns
    -------
    pandas.DataFrame
        choice, option, readings, median, low, high (fifth and 95th
        percentile of the ratio), above (share of readings with a ratio above
        one), sure (share whose interval lies above one).
    """
    rows = []
    for choice in ("Window", "Base", "Date", *CHOICES):
        for option in table[choice].drop_duplicates():
            part = table[(table[choice] == option) & table["ratio"].notna()]
            low, median, high = part["ratio"].quantile([0.05, 0.5, 0.95])
            rows.append([choice, option, len(part), median, low, high, (part["ratio"] > 1).mean(), (part["low"] > 1).mean()])
    return pd.DataFrame(rows, columns=["choice", "option", "readings", "median", "low", "high", "above", "sure"])
